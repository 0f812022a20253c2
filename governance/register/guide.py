"""微信群操作指引: what people do in WeChat themselves, step by step with pictures drawn for it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe


@dataclass(frozen=True)
class Task:
    """One thing done in WeChat: who does it, the steps as its picture numbers them, and what to know besides."""

    code: str
    title: str | Promise
    who: str | Promise
    steps: tuple[str | Promise, ...]
    note: str | Promise

    @property
    def picture(self) -> str:
        """The drawing among the static files; it shows the steps by their numbers."""
        return f"portal/guide/{self.code}.svg"


TASKS = (
    Task(
        "create",
        _("Create a group"),
        _("The designated admin, once the group is approved"),
        (
            _("On WeChat's first page tap “＋” at the top right, then “Start a group chat” (发起群聊)."),
            _("Tick the members and tap “Done” (完成)."),
            _("In the new group tap “…” at the top right, then “Group name” (群聊名称)."),
            _("Type the approved name exactly as it stands in the portal and save it."),
        ),
        _("Whoever creates the group is its owner. Come back to the portal afterwards and confirm the establishment."),
    ),
    Task(
        "invitation",
        _("Switch invitation confirmation on"),
        _("Group owner or group admin"),
        (
            _("In the group tap “…” at the top right."),
            _("Tap “Group management” (群管理)."),
            _("Switch on “Invitation confirmation” (群聊邀请确认)."),
        ),
        _("From then on nobody joins unless the owner or an admin lets him in."),
    ),
    Task(
        "notice",
        _("Set the group notice"),
        _("Group owner or group admin"),
        (
            _("Copy the ready text of the notice in the portal."),
            _("In the group tap “…” at the top right, then “Group notice” (群公告)."),
            _("Paste the text, tap “Done” (完成), then “Publish” (发布)."),
        ),
        _("Everybody in the group is told of a new notice."),
    ),
    Task(
        "nickname",
        _("Change your nickname in a group"),
        _("Each member himself; nobody else can do it for him"),
        (
            _("In the group tap “…” at the top right."),
            _("Tap “My name in this group” (我在群里的昵称)."),
            _("Type the nickname as the regulation asks for it and confirm."),
        ),
        _("It changes in this group only. Your name in WeChat stays as it is."),
    ),
    Task(
        "owner",
        _("Hand the group to another owner"),
        _("The group owner, before he leaves or changes his post"),
        (
            _("In the group tap “…” at the top right, then “Group management” (群管理)."),
            _("Tap “Transfer ownership” (群主管理权转让)."),
            _("Choose the new owner among the members and confirm."),
        ),
        _("It holds at once, and only the new owner can give it back. Choose whom the office has designated."),
    ),
)


@require_safe
def wechat_guide(request: HttpRequest) -> HttpResponse:
    """The same for everybody."""
    return render(request, "register/wechat_guide.html", {"tasks": TASKS})

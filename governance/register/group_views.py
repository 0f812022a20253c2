"""The page of a group in three tabs: overview, members, history."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from governance.commands.log.links import log_url
from governance.commands.log.queries import OWN, reach_of
from governance.desk.context import today

from .group_page import Head, head_of, history_of, overview_of, visible_groups
from .members_page import members_page

TABS = {
    "overview": lambda: pgettext("group", "Overview"),
    "members": lambda: pgettext("group", "Members"),
    "history": lambda: pgettext("group", "History"),
}


@require_safe
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """One tab of the group's page; 404 for a group the reader may not see."""
    found = get_object_or_404(visible_groups(request.user, on=today(request)), pk=pk)
    head = head_of(found, request.user, now=timezone.now())
    tab = request.GET.get("tab", "")
    if tab == "members":
        return render(request, "register/group_members.html", context_of(head, tab, page=members_page(head)))
    if tab == "history":
        read_on = log_url(found) if reach_of(request.user, on=head.reader.on) != OWN else ""
        history = context_of(head, tab, lines=history_of(head), log_url=read_on)
        return render(request, "register/group_history.html", history)
    page = overview_of(head, request.user)
    return render(request, "register/group.html", context_of(head, "overview", page=page))


def context_of(head: Head, chosen: str, **content: object) -> dict[str, object]:
    counts = {"members": head.group.member_count}
    tabs = [
        {"label": label(), "url": f"?tab={name}", "active": name == chosen, "count": counts.get(name)}
        for name, label in TABS.items()
        if name != "members" or not head.group.has_ended
    ]
    return {"head": head, "tabs": tabs, **content}

"""A group created under another name: its page, and what the designating office and the admin do about it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ..actions import naming as actions
from ..models import CreatedName
from ..permissions import today_of
from ..queries.created_name import name_page, names_visible_to

LONGEST_REMARK = 300


def visible_name(request: HttpRequest, pk: int) -> CreatedName:
    return get_object_or_404(names_visible_to(request.user, on=today_of(request.user)), pk=pk)


@require_safe
def created_name(request: HttpRequest, pk: int) -> HttpResponse:
    """The approved name and the name in WeChat, who decides, what was decided."""
    return show(request, visible_name(request, pk))


def show(request: HttpRequest, found: CreatedName, status: int = 200, **said: str) -> HttpResponse:
    phrases = [_("Please keep to the approved name."), _("The name could be mistaken for another group.")]
    page = name_page(found, request.user, now=timezone.now())
    context = {"page": page, "created": found, "group": found.group, "phrases": phrases, **said}
    return render(request, "groups/created_name.html", context, status=status)


@require_POST
def created_name_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The group is called so from now on."""
    found = visible_name(request, pk)
    actions.accept_name(found, by=request.user, now=timezone.now())
    messages.success(request, _("The group is now called “%(name)s”.") % {"name": found.name})
    return redirect("desk")


@require_POST
def created_name_object(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the group to be renamed in WeChat."""
    found = visible_name(request, pk)
    remark = request.POST.get("opinion", "").strip()
    if len(remark) > LONGEST_REMARK:
        sentence = _("At most %(limit)s characters, please.") % {"limit": LONGEST_REMARK}
        return show(request, found, status=422, opinion=remark, opinion_error=sentence)
    actions.object_to_name(found, by=request.user, now=timezone.now(), remark=remark)
    messages.success(request, _("The admin is asked to rename the group."))
    return redirect("desk")


@require_POST
def created_name_renamed(request: HttpRequest, pk: int) -> HttpResponse:
    """The admin has renamed it in WeChat."""
    found = visible_name(request, pk)
    actions.rename(found, by=request.user, now=timezone.now())
    messages.success(request, _("Recorded: the group is called “%(name)s”.") % {"name": found.approved_name})
    return redirect(found.group)

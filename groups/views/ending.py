"""Revoking an approval, stating that a group was never established: a page each, with the reason."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.workflow import raise_wrong_state

from ..actions import ending
from ..models import Group
from ..permissions import check_can_abandon, check_can_revoke
from ..queries.ending import EndingPage, abandoning_page, revoking_page
from .creation_decisions import MOST_SAID
from .designation import visible_group

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


@reads_and_writes
def group_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the approval back before the group is established."""
    group = visible_group(request, pk)
    check_can_revoke(request.user, group)
    return step(request, group, ending.revoke, revoking_page(group), _("The approval of “%(name)s” is revoked."))


@reads_and_writes
def group_abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """State that the group was never established."""
    group = visible_group(request, pk)
    check_can_abandon(request.user, group)
    done = _("“%(name)s” is recorded as never established.")
    return step(request, group, ending.abandon, abandoning_page(group), done)


def step(
    request: HttpRequest, group: Group, act: Callable[..., None], page: EndingPage, done: str
) -> HttpResponse:
    """The page; carried out, or again with what is missing (422)."""
    if group.state != Group.State.APPROVED:
        raise_wrong_state(group)
    if request.method != "POST":
        return render(request, "groups/group_end.html", {"group": group, "page": page})
    reason = request.POST.get("opinion", "")
    try:
        if len(reason.strip()) > MOST_SAID:
            raise ValidationError({"opinion": _("At most %(limit)s characters, please.") % {"limit": MOST_SAID}})
        act(group, by=request.user, now=timezone.now(), reason=reason)
    except ValidationError as errors:
        said = {"opinion": reason, "opinion_error": " ".join(errors.messages)}
        return render(request, "groups/group_end.html", {"group": group, "page": page, **said}, status=422)
    messages.success(request, done % {"name": group.name})
    return redirect(group)

"""Inviting many: whom, how far it is, what came of it, and the slips to print."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from governance.directory.permissions import check_can_keep_directory, today_of
from governance.jobs import actions as jobs
from governance.jobs.queries import shown_job

from ..actions import resetting
from ..actions.inviting import AT_ONCE, invite_many
from ..permissions import links_in_reach, own_rounds
from ..queries.given import given_by
from ..queries.rounds import links_of, round_of, sheet_of
from ..queries.without_login import ALL, INVITED, MOST_PICKED, NOT_INVITED, choice_for, wanted_from, without_login

WAYS = (
    (NOT_INVITED, gettext_lazy("Not invited yet")),
    (INVITED, gettext_lazy("Invited, not yet signed in")),
    (ALL, gettext_lazy("All without a login")),
)


@require_safe
def invitations_new(request: HttpRequest) -> HttpResponse:
    """Everybody without a login, fifty a page, to be ticked, or all that the filter finds."""
    return choosing(request)


def choosing(request: HttpRequest, *, complaint: str = "", status: int = 200) -> HttpResponse:
    check_can_keep_directory(request.user)
    asked = request.POST if request.method == "POST" else request.GET
    choice = choice_for(request.user, asked, now=timezone.now(), on=today_of(request.user))
    context = {"choice": choice, "wanted": choice.wanted, "ways": WAYS, "complaint": complaint}
    return render(request, "logins/invitations_new.html", context, status=status)


@require_POST
def invitations_make(request: HttpRequest) -> HttpResponse:
    """Invite those ticked, or all that the filter finds; few at once, many in the background."""
    check_can_keep_directory(request.user)
    now, on = timezone.now(), today_of(request.user)
    picked = {int(pk) for pk in request.POST.getlist("person") if pk.isascii() and pk.isdigit() and len(pk) < 19}
    if request.POST.get("scope") == "all" and picked:
        both = _("Some people are ticked. To invite only them, press that button; to invite all, take the ticks away.")
        return choosing(request, complaint=both, status=422)
    if request.POST.get("scope") == "all":
        wanted = wanted_from(request.POST, request.user.organisation_id)
        asked = wanted.asked
        few = without_login(request.user.organisation_id, wanted, now=now, on=on).order_by()[: AT_ONCE + 1].count()
    else:
        asked, few = {"picked": sorted(picked)[:MOST_PICKED]}, len(picked)
    if not few:
        return choosing(request, complaint=_("Nobody is chosen: tick whom you want to invite."), status=422)
    job = invite_many(asked, by=request.user, now=now)
    if few <= AT_ONCE:
        jobs.run(job.pk, now=now)
    return redirect("invitation_round", job.uuid)


@require_safe
@never_cache
def invitation_round(request: HttpRequest, uuid: uuid.UUID) -> HttpResponse:
    """How far it is, then what came of it; 404 for everybody but whoever invited."""
    job, now = get_object_or_404(own_rounds(request.user), uuid=uuid), timezone.now()
    progress = shown_job(job, now=now)
    context = {"shown": progress, "round": round_of(job, request.GET, now=now) if progress.is_ended else None}
    return render(request, "logins/invitation_round.html", context)


@require_safe
@never_cache
def invitation_slips(request: HttpRequest, uuid: uuid.UUID) -> HttpResponse:
    """The links that still work as slips of paper, ten to a sheet."""
    job = get_object_or_404(own_rounds(request.user), uuid=uuid)
    context = {"sheet": sheet_of(links_of(job), request.GET, now=timezone.now()), "job": job}
    return render(request, "logins/invitation_slips.html", context)


@require_safe
def invitations_given(request: HttpRequest) -> HttpResponse:
    """Every link made, by how it stands."""
    check_can_keep_directory(request.user)
    context = {"given": given_by(request.user, request.GET, now=timezone.now())}
    return render(request, "logins/invitations_given.html", context)


@require_POST
def invitation_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an open link back."""
    found = get_object_or_404(links_in_reach(request.user), pk=pk)
    resetting.revoke(found, by=request.user, now=timezone.now())
    messages.success(request, _("The link of {name} no longer works.").format(name=found.person.name))
    return redirect("invitations_given")

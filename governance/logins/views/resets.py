"""Another password for somebody whose login is guarded: a second person consents or refuses."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from governance.audit.queries import history_of
from governance.audit.verbs import worded
from governance.directory.models import Invitation
from governance.directory.permissions import today_of
from governance.workflow import refusal

from ..actions import resetting
from ..guarded import guarding_offices
from ..permissions import check_can_consent, check_can_refuse, resets_in_reach
from ..queries.resets import waiting_for


@require_safe
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Who asks for whom, who has it since when, and what consenting means."""
    found = get_object_or_404(resets_in_reach(request.user), pk=pk)
    waits, now = found.state == Invitation.State.AWAITING, timezone.now()
    context = {
        "invitation": found,
        "waits": waits,
        "waiting": waiting_for(found, now=now),
        "guarding": guarding_offices(found.person, on=today_of(request.user)),
        "why_not_consent": refusal(check_can_consent, request.user, found),
        "may_refuse": waits and not refusal(check_can_refuse, request.user, found),
        "concerns_me": found.person.user_id == request.user.pk,
        "is_mine": found.issued_by_id == request.user.pk,
        "events": [{"text": worded(event), "at": event.at, "opinion": event.note} for event in history_of(found)],
    }
    return render(request, "logins/reset.html", context)


@require_POST
def reset_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes: whoever asked sees the link from now on."""
    found = get_object_or_404(resets_in_reach(request.user), pk=pk)
    resetting.consent(found, by=request.user, now=timezone.now())
    messages.success(request, _("You have consented. {name} gets the link now.").format(name=found.issued_by.name))
    return redirect("reset", found.pk)


@require_POST
def reset_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """No: the link opens nothing."""
    found = get_object_or_404(resets_in_reach(request.user), pk=pk)
    opinion = request.POST.get("opinion", "").replace("\0", "").strip()[:1000]
    resetting.refuse(found, by=request.user, now=timezone.now(), opinion=opinion)
    messages.success(request, _("You have refused. The password stays as it is."))
    return redirect("reset", found.pk)

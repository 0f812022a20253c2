"""代录: entering a decision given by word or in writing, contesting it, putting it right."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.directory.queries import holders_of

from ..actions import recording
from ..actions.recording import Instruction
from ..forms.recording import RecordingForm
from ..models import Consent, CreationRequest, RecordedDecision
from ..permissions import check_can_record, today_of, waiting_step
from .creation import render_request, visible_request
from .creation_decisions import numbers


@require_http_methods(["GET", "HEAD", "POST"])
def creation_request_record(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for what the approver said; sent, it is his decision, marked as recorded."""
    found, on = visible_request(request, pk), today_of(request.user)
    check_can_record(request.user, found)
    step = waiting_step(found)
    holders = holders_of(step.office, on=on).exclude(pk=found.submitter_id)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RecordingForm(*sent, holders=holders, on=on)
    if sent and form.is_valid():
        said = form.cleaned_data | {"consents": numbers(request.POST.getlist("consents"))}
        try:
            recorded = recording.record_decision(found, Instruction(**said), by=request.user, now=timezone.now())
        except ValidationError as errors:
            form.add_error(None, errors)
        else:
            said = {"name": recorded.approver.name}
            messages.success(request, _("Recorded. %(name)s is told and may contest it.") % said)
            return redirect(found)
    asked = found.consents.filter(office=step.office, state=Consent.State.ASKED).select_related("person")
    context = {"found": found, "form": form, "step": step, "consents": asked, "status": 422 if sent else 200}
    return render(request, "groups/creation_request_record.html", context, status=context["status"])


def visible_recorded(request: HttpRequest, pk: int) -> RecordedDecision:
    """The recorded decision, for whoever may see its request."""
    seen = CreationRequest.objects.visible_to(request.user, on=today_of(request.user))
    found = RecordedDecision.objects.select_related("creation_request", "approver", "office__company", "step__office")
    return get_object_or_404(found, pk=pk, creation_request__in=seen)


@require_safe
def recorded_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """A recorded decision has no page of its own: it stands on its request's."""
    return redirect(visible_recorded(request, pk).creation_request)


@require_POST
def recorded_decision_contest(request: HttpRequest, pk: int) -> HttpResponse:
    """The approver says that he did not decide so."""

    def act(found: RecordedDecision, words: str) -> None:
        recording.contest(found, by=request.user, now=timezone.now(), reason=words)

    return respond(request, pk, act, _("Your objection is noted, and those concerned are told."))


@require_POST
def recorded_decision_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """The recording office says how it was put right."""

    def act(found: RecordedDecision, words: str) -> None:
        recording.settle(found, by=request.user, now=timezone.now(), settlement=words)

    return respond(request, pk, act, _("Noted, and the approver is told."))


def respond(request: HttpRequest, pk: int, act: Callable[[RecordedDecision, str], None], words: str) -> HttpResponse:
    """Carry it out; where it cannot be, the request's page with the sentence."""
    found = visible_recorded(request, pk)
    try:
        act(found, request.POST.get("opinion", "")[:1000])
    except ValidationError as errors:
        shown = visible_request(request, found.creation_request_id)
        return render_request(request, shown, errors=ValidationError(errors.messages), status=422)
    messages.success(request, words)
    return redirect(found.creation_request)

"""What one does to a creation request: one POST, one action."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance.directory.models import Office
from governance.notifications.actions import circulate

from ..actions import copying, creation
from ..forms.creation import CirculationForm
from ..models import Consent, CreationRequest
from ..permissions import check_can_circulate, round_steps, today_of
from .creation import render_request, visible_request

MOST_SAID = 1000  # characters of an opinion


def numbers(values: list[str]) -> set[int]:
    """Primary keys that were ticked; nonsense is nobody's."""
    return {int(value) for value in values if value.isdecimal() and len(value) < 19}


def decide(
    request: HttpRequest, pk: int, act: Callable[[CreationRequest, str, set[int]], object]
) -> tuple[CreationRequest, HttpResponse | None]:
    """Carry a decision out; where it cannot be, the page again with what was typed and ticked, and the sentence."""
    found = visible_request(request, pk)
    opinion, ticked = request.POST.get("opinion", "").strip(), numbers(request.POST.getlist("consents"))
    try:
        if len(opinion) > MOST_SAID:
            raise ValidationError({"opinion": _("At most %(limit)s characters, please.") % {"limit": MOST_SAID}})
        act(found, opinion, ticked)
        inform(request, found)
    except ValidationError as errors:
        return found, render_request(request, found, opinion=opinion, ticked=ticked, errors=errors, status=422)
    return found, None


def inform(request: HttpRequest, found: CreationRequest) -> None:
    """Show it to the offices that were ticked beside the step just taken."""
    pks = numbers(request.POST.getlist("inform"))
    if pks and found.number:
        offices = Office.objects.filter(pk__in=pks, organisation_id=request.user.organisation_id)
        circulate(found, [], offices=offices, by=request.user, now=timezone.now())


@require_POST
def creation_request_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit a draft, or resubmit what was sent back, as it stands."""

    def act(found: CreationRequest, _opinion: str, _ticked: set[int]) -> None:
        creation.submit(found, by=request.user, now=timezone.now())

    found, wrong = decide(request, pk, act)
    if wrong is None:
        messages.success(request, submitted_words(found))
    return wrong or redirect(found)


def submitted_words(found: CreationRequest) -> str:
    """What a submission has led to."""
    if found.state == CreationRequest.State.APPROVED:
        return _("Submitted as %(number)s; no approval is needed.") % {"number": found.number}
    return _("Submitted as %(number)s.") % {"number": found.number}


@require_POST
def creation_request_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes; only the consents that were ticked are given."""


    def act(found: CreationRequest, opinion: str, ticked: set[int]) -> None:
        creation.approve(found, by=request.user, now=timezone.now(), opinion=opinion, consents=ticked)

    found, wrong = decide(request, pk, act)
    if wrong is None:
        messages.success(request, approved_words(found))
    return wrong or redirect("desk")


def approved_words(found: CreationRequest) -> str:
    """What an approval has led to, and who does not join by it."""
    if found.state != CreationRequest.State.APPROVED:
        return _("Agreed: “%(name)s”. The next office has it now.") % {"name": found.name}
    words = _("Approved: “%(name)s”. The group admin is designated next.") % {"name": found.name}
    asked = any(step.asks_consents for step in round_steps(found))
    if asked and (declined := found.consents.filter(state=Consent.State.DECLINED).count()):
        words += _(" People not ticked, who do not join: %(count)s.") % {"count": declined}
    return words


@require_POST
def creation_request_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the submitter, with the reason."""

    def act(found: CreationRequest, opinion: str, _ticked: set[int]) -> None:
        creation.send_back(found, by=request.user, now=timezone.now(), opinion=opinion)

    found, wrong = decide(request, pk, act)
    if wrong is None:
        messages.success(request, _("Sent back: “%(name)s”.") % {"name": found.name})
    return wrong or redirect("desk")


@require_POST
def creation_request_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, with the reason."""

    def act(found: CreationRequest, opinion: str, _ticked: set[int]) -> None:
        creation.refuse(found, by=request.user, now=timezone.now(), opinion=opinion)

    found, wrong = decide(request, pk, act)
    if wrong is None:
        messages.success(request, _("Not approved: “%(name)s”.") % {"name": found.name})
    return wrong or redirect("desk")


@require_POST
def creation_request_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The submitter takes it back; a draft is discarded the same way."""

    def act(found: CreationRequest, opinion: str, _ticked: set[int]) -> None:
        creation.withdraw(found, by=request.user, now=timezone.now(), opinion=opinion)

    found, wrong = decide(request, pk, act)
    if wrong is None:
        messages.success(request, _("Withdrawn: “%(name)s”.") % {"name": found.name})
    return wrong or redirect(found)


@require_POST
def creation_request_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A new draft with what this request says; with `submit` it is submitted at once where everything still fits."""
    found, now = visible_request(request, pk), timezone.now()
    act = copying.submit_anew if "submit" in request.POST else copying.copy
    copied = act(found, by=request.user, now=now)
    if copied.request.state != CreationRequest.State.DRAFT:
        messages.success(request, submitted_words(copied.request))
        return redirect(copied.request)
    for sentence in copied.unfit:
        messages.warning(request, sentence)
    words = _("A draft copied from %(number)s: look it over, then submit it.")
    messages.info(request, words % {"number": found.number})
    return redirect("creation_request_edit", pk=copied.request.pk)


@require_POST
def creation_request_circulate(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it to others, who need not do anything about it."""
    found = visible_request(request, pk)
    check_can_circulate(request.user, found)
    form = CirculationForm(request.POST, organisation_id=request.user.organisation_id, on=today_of(request.user))
    if not form.is_valid():
        sentences = [sentence for said in form.errors.values() for sentence in said]
        return render_request(request, found, errors=ValidationError(sentences), status=422)
    said = form.cleaned_data
    shown = circulate(
        found,
        said["people"],
        offices=said["offices"].select_related("company"),
        by=request.user,
        now=timezone.now(),
        note=said["note"],
    )
    if shown:
        messages.success(request, _("Circulated to people: %(count)s.") % {"count": len(shown)})
    else:
        messages.info(request, _("They had been shown this before."))
    return redirect(found)

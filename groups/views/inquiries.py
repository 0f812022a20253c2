"""征求意见: the page on which an approver asks, and the answers."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..actions import inquiries
from ..forms.creation import PeopleSearch
from ..forms.inquiries import InquiryForm
from ..models import CreationRequest, Inquiry
from ..permissions import check_can_ask, today_of
from ..queries.creation_talk import chosen_people
from .creation import render_request, visible_request
from .creation_decisions import numbers


@require_http_methods(["GET", "HEAD", "POST"])
def creation_request_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom to ask and what. Finding people sends the form too, so that nothing typed is lost; it writes nothing."""
    found = visible_request(request, pk)
    check_can_ask(request.user, found)
    if request.method != "POST" or "search" in request.POST:
        return show_form(request, found)
    form = InquiryForm(request.POST, organisation_id=request.user.organisation_id)
    if not form.is_valid():
        return show_form(request, found, errors=form.errors, status=422)
    people, question = form.cleaned_data["people"], form.cleaned_data["question"]
    try:
        asked = inquiries.ask(found, people, question, by=request.user, now=timezone.now())
    except ValidationError as wrong:
        return show_form(request, found, errors=wrong.message_dict, status=422)
    if asked:
        names = "、".join(inquiry.person.name for inquiry in asked)
        messages.success(request, _("Asked: %(names)s. You can decide without waiting.") % {"names": names})
    else:
        messages.info(request, _("They have been asked already and have not answered yet."))
    return redirect(found)


def show_form(
    request: HttpRequest, found: CreationRequest, *, errors: dict[str, list[str]] | None = None, status: int = 200
) -> HttpResponse:
    """The form with what was typed and ticked; people found by the search stand below those that are ticked."""
    on, organisation_id = today_of(request.user), request.user.organisation_id
    chosen = chosen_people(organisation_id, numbers(request.POST.getlist("people")))
    hits = PeopleSearch(request.POST).people(organisation_id, on=on)
    context = {
        "found": found,
        "find": request.POST.get("find", ""),
        "chosen": chosen,
        "people": [person for person in hits if person not in chosen],
        "searched": "search" in request.POST,
        "question": request.POST.get("question", ""),
        "errors": errors or {},
    }
    return render(request, "groups/creation_request_ask.html", context, status=status)


def visible_inquiry(request: HttpRequest, pk: int) -> Inquiry:
    """The inquiry, for whoever may see its request."""
    seen = CreationRequest.objects.visible_to(request.user, on=today_of(request.user))
    inquiries = Inquiry.objects.select_related("creation_request", "person")
    return get_object_or_404(inquiries, pk=pk, creation_request__in=seen)


@require_safe
def inquiry(request: HttpRequest, pk: int) -> HttpResponse:
    """An inquiry has no page of its own: it is answered before the request."""
    return redirect(visible_inquiry(request, pk).creation_request)


@require_POST
def inquiry_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the opinion that was asked for."""
    answer = request.POST.get("answer", "")

    def act(found: Inquiry) -> None:
        inquiries.answer(found, answer, by=request.user, now=timezone.now())

    return respond(request, pk, act, _("Thank you: your opinion is with whoever decides."))


@require_POST
def inquiry_no_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has no view."""

    def act(found: Inquiry) -> None:
        inquiries.have_no_view(found, by=request.user, now=timezone.now())

    return respond(request, pk, act, _("Noted: you have no view."))


def respond(request: HttpRequest, pk: int, act: Callable[[Inquiry], None], words: str) -> HttpResponse:
    """Carry the answer out; where it cannot be, the request again with what was typed and the sentence."""
    found = visible_inquiry(request, pk)
    try:
        act(found)
    except ValidationError as errors:
        shown = visible_request(request, found.creation_request_id)
        typed = {"answer": request.POST.get("answer", "")}
        return render_request(request, shown, typed=typed, errors=errors, status=422)
    messages.success(request, words)
    return redirect("desk")

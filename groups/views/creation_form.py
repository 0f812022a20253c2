"""Choosing a type and filling in a creation request; the preview beside the form comes from the same address."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.files.queries import hanging_on

from ..actions import drafting
from ..forms.creation import CreationRequestForm, as_data, initial_of
from ..models import CreationRequest, GroupType
from ..permissions import check_can_edit, check_can_request, today_of
from ..queries.creation import preview
from ..queries.creation_page import last_word, steps_of
from ..queries.creation_panel import PreviewPanel, panel_of
from ..queries.creation_talk import offices_to_inform
from ..queries.creation_types import type_called, type_cards
from ..queries.terms import Terms, terms_in_force
from .creation import visible_request
from .creation_decisions import inform, submitted_words

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])
PROPOSED = ("company", "department", "project", "year", "name_suffix")  # what a link may fill in


@require_safe
def creation_request_types(request: HttpRequest) -> HttpResponse:
    """The types of group there are: those one may ask for, and why not the others."""
    cards = type_cards(request.user, on=today_of(request.user))
    context = {
        "open_cards": [card for card in cards if not card.refusal],
        "other_cards": [card for card in cards if card.refusal],
    }
    return render(request, "groups/creation_request_types.html", context)


@reads_and_writes
def creation_request_new(request: HttpRequest, type: str) -> HttpResponse:
    """A new request of one type."""
    group_type = type_called(request.user.organisation_id, type)
    if group_type is None:
        raise Http404
    on = today_of(request.user)
    terms = terms_in_force(group_type, on=on)
    check_can_request(request.user, terms)
    proposed = {name: request.GET[name] for name in PROPOSED if request.GET.get(name)}
    return form_page(request, group_type, terms, on=on, initial=proposed)


@reads_and_writes
def creation_request_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft, or what was sent back."""
    found = visible_request(request, pk)
    check_can_edit(request.user, found)
    on = today_of(request.user)
    terms = terms_in_force(found.group_type, on=on)
    check_can_request(request.user, terms, found.company)
    return form_page(request, found.group_type, terms, on=on, initial=initial_of(found), found=found)


def form_page(
    request: HttpRequest,
    group_type: GroupType,
    terms: Terms,
    *,
    on: date,
    initial: dict[str, Any],
    found: CreationRequest | None = None,
) -> HttpResponse:
    """The form with its preview: shown, previewed anew, or sent."""
    options = {"terms": terms, "user": request.user, "on": on, "hanging": hanging_on(found) if found else None}
    status = 200
    if request.method == "POST" and request.POST.get("action") in ("draft", "submit"):
        form = CreationRequestForm(
            request.POST, request.FILES, submitting=request.POST["action"] == "submit", **options
        )
        saved = save(request, form, group_type, found)
        if saved is not None:
            return redirect(saved)
        reading, status = form, 422
    else:
        values = request.POST or (request.GET if request.htmx else as_data(initial))
        form = CreationRequestForm(initial=values if request.POST else initial, **options)
        reading = CreationRequestForm(values, **options)
    offices = [] if request.htmx else offices_to_inform(group_type.organisation_id, None, on=on)
    context = {"offices": offices, "form": form, "group_type": group_type, "terms": terms, "found": found}
    context |= {
        "panel": panel_for(reading, found, on=on),
        "last_word": last_word(found, steps_of(found)) if found else None,
    }
    template = "groups/_creation_request_preview.html" if request.htmx else "groups/creation_request_form.html"
    return render(request, template, context | {"reading": reading}, status=status)


def panel_for(reading: CreationRequestForm, found: CreationRequest | None, *, on: date) -> PreviewPanel | None:
    """The preview of what the form says now; None until it is clear for which company."""
    sketched = reading.sketch()
    if sketched is None:
        return None
    sketched.pk = found.pk if found else None
    exceptional = len(reading.cleaned_data.get("exceptional", []))
    return panel_of(preview(reading.terms, sketched, on=on, exceptional=exceptional), reading.user, on=on)


def save(
    request: HttpRequest, form: CreationRequestForm, group_type: GroupType, found: CreationRequest | None
) -> CreationRequest | None:
    """What was written; None when the form has to be shown again with its errors."""
    if not form.is_valid():
        return None
    submit = request.POST["action"] == "submit"
    try:
        saved = drafting.write(
            group_type,
            form.content(),
            by=request.user,
            now=timezone.now(),
            creation_request=found,
            attachments=form.cleaned_data["attachments"],
            detached=[int(pk) for pk in form.cleaned_data.get("detach", [])],
            submit=submit,
        )
    except ValidationError as errors:
        form.add_error(None, errors)
        return None
    if submit:
        inform(request, saved)
    messages.success(request, submitted_words(saved) if submit else _("The draft is saved. Nobody else sees it yet."))
    return saved

"""The list of creation requests, and the page of one."""

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..forms.creation import PeopleSearch
from ..models import CreationRequest
from ..permissions import today_of
from ..queries.creation_list import request_list, waiting_count, wanted_by
from ..queries.creation_page import for_page, request_page
from ..queries.creation_talk import offices_to_inform
from ..queries.creation_types import types_of

State = CreationRequest.State
SHOWN_STATES = (
    State.SUBMITTED,
    State.SENT_BACK,
    State.LAPSED,
    State.DRAFT,
    State.APPROVED,
    State.REFUSED,
    State.WITHDRAWN,
)


BOXES = ("opinion", "comment", "answer")


def visible_request(request: HttpRequest, pk: int) -> CreationRequest:
    """The request, with what its page shows; 404 for what one may not see."""
    visible = CreationRequest.objects.visible_to(request.user, on=today_of(request.user))
    return get_object_or_404(for_page(visible), pk=pk)


@require_safe
def creation_requests(request: HttpRequest) -> HttpResponse:
    """All requests one may see, newest first, fifty a page."""
    on = today_of(request.user)
    types = types_of(request.user.organisation_id)
    wanted = wanted_by(request.GET, [found.pk for found in types])
    page, rows = request_list(request.user, wanted, request.GET, on=on, now=timezone.now())
    context = {
        "page": page,
        "rows": rows,
        "wanted": wanted,
        "waiting": waiting_count(request.user, on=on),
        "types": types,
        "states": [(state.value, state.label) for state in SHOWN_STATES],
    }
    return render(request, "groups/creation_request_list.html", context)


@require_safe
def creation_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what is asked for, who has it, what was said, what the reader can do."""
    found = visible_request(request, pk)
    if request.htmx and "find" in request.GET:
        return render(request, "groups/_creation_request_circulate.html", circulation(request, found))
    return render_request(request, found)


def render_request(
    request: HttpRequest,
    found: CreationRequest,
    *,
    opinion: str = "",
    ticked: Collection[int] = (),
    typed: Mapping[str, str] | None = None,
    errors: ValidationError | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with what was typed and ticked when an error sends the form back (422)."""
    now = timezone.now()
    context = {
        "page": request_page(found, request.user, now=now, ticked=ticked),
        "opinion": opinion,
        "typed": typed or {},
        "answer_phrases": [_("Agreed."), _("No objection.")],
        "phrases": [
            _("Approved."),
            _("Please follow the procedure."),
            _("Please complete the list."),
            _("Please revise and resubmit."),
        ],
        **said_wrong(errors),
        **circulation(request, found),
    }
    return render(request, "groups/creation_request_detail.html", context, status=status)


def said_wrong(errors: ValidationError | None) -> dict[str, object]:
    """The sentences of an error: what is about a box stands at the box, everything else above the page."""
    if errors is None:
        return {}
    if not hasattr(errors, "error_dict"):
        return {"errors": errors.messages}
    by_field = errors.message_dict
    at_boxes = {f"{name}_error": " ".join(by_field.pop(name, [])) for name in BOXES}
    return {**at_boxes, "errors": [sentence for found in by_field.values() for sentence in found]}


def circulation(request: HttpRequest, found: CreationRequest) -> dict[str, object]:
    """The offices and the search for people to show it to."""
    search, on = PeopleSearch(request.GET), today_of(request.user)
    people = search.people(request.user.organisation_id, on=on)
    offices = offices_to_inform(found.organisation_id, found.company_id, on=on)
    shown = {"find": request.GET.get("find", ""), "people": people, "searched": "find" in request.GET}
    return {"found": found, "offices": offices, **shown}

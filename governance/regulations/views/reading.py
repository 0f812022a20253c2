"""Pages of the regulations and of what they leave open."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from governance.workflow import raise_wrong_state, refusal

from ..actions import answer
from ..format.answers import AnswerErrors
from ..forms import AnswerForm, DayForm, stamp
from ..models import OpenQuestion
from ..permissions import (
    check_can_acknowledge,
    check_can_answer,
    check_can_load,
    check_can_see_acknowledgements,
    today_of,
)
from ..queries import regulations_of, version_in_force
from ..queries.acknowledgements import acknowledged_at
from ..queries.versions import versions_page
from ..question_pages import listed_questions, question_page, questions_of
from ..regulation_pages import (
    RegulationPage,
    found_clauses,
    listed_regulations,
    printed_regulation,
    regulation_page,
    version_shown,
)


@require_safe
def regulations(request: HttpRequest) -> HttpResponse:
    """The regulations of the organisation, those in force and those that wait for their day."""
    listed = listed_regulations(request.user, on=today_of(request.user))
    context = {"listed": listed, "may_load": not refusal(check_can_load, request.user)}
    return render(request, "regulations/regulation_list.html", context)


@require_safe
def regulation(request: HttpRequest, pk: int) -> HttpResponse:
    """One version article by article; ?version= shows another than the one in force, ?q= only what it asks for."""
    page, asked = visible_page(request, pk), request.GET.get("q", "").strip()[:60]
    context = {
        "page": page,
        "asked": asked,
        "found": found_clauses(page, asked),
        "acknowledged_at": acknowledged_at(page.version, request.user),
        "may_acknowledge": not refusal(check_can_acknowledge, request.user, page.version),
        "sees_acknowledgements": not refusal(check_can_see_acknowledgements, request.user),
    }
    return render(request, "regulations/regulation_detail.html", context)


@require_safe
def regulation_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The same version as a document on paper, our readings as notes behind the text."""
    page = visible_page(request, pk)
    return render(request, "regulations/regulation_print.html", {"page": page, "printed": printed_regulation(page)})


@require_safe
def regulation_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version with its days in force; ?from= and ?to= show what differs between two, ?on= leads to a day's."""
    found = get_object_or_404(regulations_of(request.user.organisation_id), pk=pk)
    on = today_of(request.user)
    form = DayForm(request.GET) if "on" in request.GET else DayForm(initial={"on": on})
    if form.is_bound and form.is_valid():
        version = version_in_force(found, on=form.cleaned_data["on"])
        if version is not None:
            return redirect(version)
        form.add_error("on", _("No version was in force on that day."))
    page = versions_page(found, request.GET, on=on)
    context = {"page": page, "form": form, "may_load": not refusal(check_can_load, request.user)}
    return render(request, "regulations/regulation_versions.html", context, status=422 if form.errors else 200)


def visible_page(request: HttpRequest, pk: int) -> RegulationPage:
    """The version asked for; 404 for another organisation's, or one that was never loaded."""
    found = get_object_or_404(regulations_of(request.user.organisation_id), pk=pk)
    on = today_of(request.user)
    version = version_shown(found, request.GET.get("version", ""), on=on)
    if version is None:
        raise Http404
    return regulation_page(version, on=on)


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """What the regulations leave open, the open ones first."""
    listed = listed_questions(request.user)
    opened = sum(shown.question.state == OpenQuestion.State.OPEN for shown in listed)
    mine = sum(shown.mine for shown in listed)
    return render(request, "regulations/question_list.html", {"listed": listed, "opened": opened, "mine": mine})


def visible_question(request: HttpRequest, pk: int) -> OpenQuestion:
    return get_object_or_404(questions_of(request.user), pk=pk)


@require_safe
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: what is open, what holds meanwhile, the instruction and its history."""
    return show(request, visible_question(request, pk))


def show(request: HttpRequest, found: OpenQuestion, form: AnswerForm | None = None, status: int = 200) -> HttpResponse:
    page = question_page(found, request.user)
    answerable = not page.refusal and found.state != OpenQuestion.State.SUPERSEDED
    context = {
        "page": page,
        "question": found,
        "form": (form or AnswerForm(question=found)) if answerable else None,
    }
    return render(request, "regulations/question_detail.html", context, status=status)


@require_POST
def question_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the instruction, or replace the one that was shown."""
    found = visible_question(request, pk)
    check_can_answer(request.user, found)
    form = AnswerForm(request.POST, question=found)
    valid = form.is_valid()
    if found.state == OpenQuestion.State.SUPERSEDED or form.seen != stamp(found):
        raise_wrong_state(found)
    if not valid:
        return show(request, found, form, status=422)
    try:
        answer(
            found,
            by=request.user,
            now=timezone.now(),
            answers=form.answers(),
            instruction=form.cleaned_data["instruction"],
            seen_at=found.answered_at,
        )
    except AnswerErrors as errors:
        form.take(errors)
        return show(request, found, form, status=422)
    messages.success(request, _("The instruction is recorded and holds from now on."))
    return redirect(found)

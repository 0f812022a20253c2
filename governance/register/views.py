"""The register of groups (微信群台账)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from governance.desk.context import today
from governance.directory.queries import offices_held
from governance.jobs.actions import start
from governance.workflow import refusal
from groups.permissions import check_can_take_over_groups

from . import queries
from .conditions import STEPS
from .export import KIND
from .filters import Filters
from .lede import lede_of


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Fifty groups a page; htmx asks for the list alone, by the same address."""
    template = "register/_list.html" if request.htmx else "register/register.html"
    return render(request, template, register_context(request))


def register_context(request: HttpRequest) -> dict[str, object]:
    now, on, filters = timezone.now(), today(request), Filters.read(request.GET)
    offices = offices_held(request.user, on=on)
    page = queries.register_page(request.user, filters, request.GET, on=on, now=now)
    counts, found = queries.counts_of(request.user, filters, page, on=on, now=now)
    choices = queries.choices_of(request.user.organisation_id) if offices else None
    return {
        "page": page,
        "filters": filters,
        "counts": counts,
        "summary": queries.summary_of(page, found),
        "choices": choices,
        "steps": [(name, words) for name, (words, _condition) in STEPS.items()],
        "holds_office": bool(offices),
        "lede": lede_of(counts, choices, offices),
        "start_url": reverse("creation_request_types") if offices else "",
        "planning_url": reverse("planning") if any(office.oversees for office in offices) else "",
        "existing_url": "" if refusal(check_can_take_over_groups, request.user) else reverse("existing_groups"),
    }


@require_POST
def register_export(request: HttpRequest) -> HttpResponse:
    """The lines the filters let through as a workbook, made in the background."""
    filters = Filters.read(request.POST)
    job = start(KIND, by=request.user, now=timezone.now(), arguments=filters.chosen)
    return redirect(job)

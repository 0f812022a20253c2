"""Pages of the planning of groups."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from governance.desk.context import today
from governance.jobs.actions import start

from .planning import SHOWN, check_can_plan, planning
from .planning_export import KIND


@require_safe
def planning_page(request: HttpRequest) -> HttpResponse:
    """What should exist and does not, what is there twice, what lacks a purpose or is past its end."""
    found = planning(request.user, on=today(request))
    context = {
        "found": found,
        "missing": found.missing[:SHOWN],
        "twins": found.twins[:SHOWN],
        "lacking": found.lacking[:SHOWN],
        "shown": SHOWN,
    }
    return render(request, "register/planning.html", context)


@require_POST
def planning_export(request: HttpRequest) -> HttpResponse:
    """Everything found as a workbook, made in the background."""
    check_can_plan(request.user, on=today(request))
    return redirect(start(KIND, by=request.user, now=timezone.now(), arguments={}))

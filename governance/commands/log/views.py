"""The page of the operations log, and its export."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from governance.directory.permissions import today_of
from governance.jobs.actions import start

from .export import KIND
from .filters import Filters
from .links import asked_by_link
from .queries import kinds_for, log_page, reach_of


@require_safe
def operations_log(request: HttpRequest) -> HttpResponse:
    """Fifty events a page; everybody reads at least his own doings."""
    user, on, filters = request.user, today_of(request.user), Filters.read(request.GET)
    found = log_page(user, filters, request.GET, on=on)
    context = {
        "page": found.page,
        "too_many": found.too_many,
        "filters": filters,
        "kinds": kinds_for(user, on=on),
        "reach": reach_of(user, on=on),
        "asked": asked_by_link(filters, user, on=on),
    }
    return render(request, "commands/operations_log.html", context)


@require_POST
def operations_log_export(request: HttpRequest) -> HttpResponse:
    """What the filters let through as a workbook, made in the background."""
    filters = Filters.read(request.POST)
    return redirect(start(KIND, by=request.user, now=timezone.now(), arguments=filters.chosen))

"""The working calendars: a list, one with its year, and the two edits, each with a look at what would move."""

from datetime import MAXYEAR
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.calendar.models import WorkCalendar
from governance.directory.models import Company
from governance.directory.permissions import check_can_keep_calendars, today_of
from governance.duties.actions.recomputing import foresee
from governance.workflow import refusal

from . import actions
from .announcement import as_text
from .forms import CalendarForm, HoursForm, YearForm, hours_of
from .patterns import WEEKDAYS, hours_words
from .queries import (
    calendars_of,
    companies_by,
    companies_of,
    counted,
    days_of_year,
    history,
    months_of,
    rows_of,
    working_days,
)

FIRST, LAST = 2000, 2100


def own_calendar(request: HttpRequest, pk: int) -> WorkCalendar:
    return get_object_or_404(WorkCalendar.objects.filter(organisation_id=request.user.organisation_id), pk=pk)


@require_safe
def calendars(request: HttpRequest) -> HttpResponse:
    """Every calendar, and which company works by which."""
    companies = companies_of(request.user)
    context = {
        "rows": rows_of(request.user, companies, on=today_of(request.user)),
        "companies": companies,
        "why_not": refusal(check_can_keep_calendars, request.user),
    }
    return render(request, "worktime/calendars.html", context)


@require_safe
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One calendar and the year the reader asks for, else this one."""
    found = own_calendar(request, pk)
    on = today_of(request.user)
    year = int(asked) if (asked := request.GET.get("year", "")).isascii() and asked.isdigit() else on.year
    year = year if FIRST <= year <= LAST else on.year
    working, days = counted(found), days_of_year(found, year)
    entered = sorted(working.known_years)
    offered = sorted({*(known for known in entered if known >= on.year - 1), on.year, on.year + 1, year})
    context = {
        "calendar": found,
        "hours": hours_words(found),
        "year": year,
        "entered": year in working.known_years,
        "tabs": [{"label": str(n), "url": f"?year={n}", "active": n == year, "count": None} for n in offered],
        "months": months_of(year, working, days),
        "weekdays": WEEKDAYS,
        "working_days": working_days(year, working),
        "companies": companies_by(found),
        "events": history(found),
        "why_not": refusal(check_can_keep_calendars, request.user),
    }
    return render(request, "worktime/calendar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_year(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Enter a year, or enter it anew: first a look at what would move, then the entering."""
    found = own_calendar(request, pk)
    check_can_keep_calendars(request.user)
    if not FIRST <= year <= min(LAST, MAXYEAR):
        raise Http404
    if request.method == "POST":
        form = YearForm(request.POST, year=year)
        if not form.is_valid():
            return year_page(request, found, year, form, status=422)
        days = list(form.announcement.days.values())
        if request.POST.get("action") == "enter":
            moved = actions.enter_year(found, year, days, by=request.user, now=timezone.now())
            messages.success(request, actions.said(moved))
            return redirect(f"{request.path.removesuffix(f'{year}/')}?year={year}")
        working = counted(found, year=year, days=days)
        preview = {
            "moved": foresee(found, working),
            "months": months_of(year, working, days),
            "working_days": working_days(year, working),
            "off": sum(not day.is_working for day in days),
            "worked": sum(day.is_working for day in days),
            "unread": form.announcement.unread,
        }
        return year_page(request, found, year, form, preview=preview)
    form = YearForm(year=year, initial={"days": as_text(days_of_year(found, year))})
    return year_page(request, found, year, form)


def year_page(
    request: HttpRequest, found: WorkCalendar, year: int, form: YearForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {"calendar": found, "year": year, "form": form, "weekdays": WEEKDAYS}
    return render(request, "worktime/calendar_year.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_hours(request: HttpRequest, pk: int) -> HttpResponse:
    """Other working days of the week, other hours; first a look at what would move."""
    found = own_calendar(request, pk)
    check_can_keep_calendars(request.user)
    form = HoursForm(request.POST or None, initial=hours_of(found))
    context = {"calendar": found, "form": form}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("action") == "change":
            moved = actions.change_hours(found, form.hours, by=request.user, now=timezone.now())
            messages.success(request, actions.said(moved))
            return redirect("calendar", found.pk)
        would_be = WorkCalendar(pk=found.pk, organisation_id=found.organisation_id, **form.hours)
        would_be.is_default = found.is_default
        context |= {"moved": foresee(found, counted(would_be)), "hours": hours_words(would_be)}
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    return render(request, "worktime/calendar_hours.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_new(request: HttpRequest) -> HttpResponse:
    """A calendar of its own for those who work otherwise."""
    check_can_keep_calendars(request.user)
    likely = {"pattern": "six", "opens": "09:00", "closes": "18:00"}
    form = CalendarForm(request.POST or None, initial=likely, organisation_id=request.user.organisation_id)
    if request.method == "POST" and form.is_valid():
        made = actions.add_calendar(
            request.user.organisation, form.cleaned_data["name"], form.hours, by=request.user, now=timezone.now()
        )
        return redirect("calendar", made.pk)
    return render(
        request, "worktime/calendar_new.html", {"form": form}, status=422 if request.method == "POST" else 200
    )


@require_POST
def company_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """By which calendar a company works from now on; what is open is counted again."""
    company = get_object_or_404(Company.objects.filter(organisation_id=request.user.organisation_id), pk=pk)
    check_can_keep_calendars(request.user)
    chosen = request.POST.get("calendar", "")
    found = next((one for one in calendars_of(request.user) if str(one.pk) == chosen), None)
    if found is None:
        raise Http404
    moved = actions.use_calendar(company, found, by=request.user, now=timezone.now())
    messages.success(request, actions.said(moved))
    return redirect("calendars")

"""The set-up for HR: what is done, what is next, and the steps that have no page elsewhere."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.directory.models import Company
from governance.directory.permissions import check_can_keep_directory, today_of
from governance.regulations.actions import load
from governance.regulations.format import RegulationErrors
from governance.regulations.models import RegulationVersion

from . import actions, entrance, tokens
from .forms import UPLOAD, CompaniesForm, OfficeForm, RegulationForm
from .shipped import shipped_regulations
from .steps import named_offices, steps_for, vacant_offices

GET_AND_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_not_required
def set_up(request: HttpRequest) -> HttpResponse:
    """HR sees how far the set-up is; in an empty portal it begins here with the token; else one signs in first."""
    if request.user.is_authenticated:
        return overview(request)
    if not tokens.is_open():
        return redirect_to_login(request.path)
    if tokens.is_claimed_by(entrance.claim_of(request)):
        return redirect("set_up_person")
    return entrance.welcome(request)


def overview(request: HttpRequest) -> HttpResponse:
    check_can_keep_directory(request.user)
    steps = steps_for(request.user.organisation, on=today_of(request.user))
    context = {
        "steps": steps,
        "path": [{"label": step.title, "state": step.state} for step in steps],
        "left": sum(not step.done for step in steps),
        "following": next((step for step in steps if step.state == "now"), None),
    }
    return render(request, "desk/set_up.html", context)


@GET_AND_POST
def companies(request: HttpRequest) -> HttpResponse:
    """The project companies that the staff list names."""
    check_can_keep_directory(request.user)
    organisation = request.user.organisation
    form = CompaniesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        names = form.cleaned_data["names"]
        added = actions.add_project_companies(organisation, names, by=request.user, now=timezone.now())
        sentence = ngettext("{n} company was added.", "{n} companies were added.", len(added))
        messages.success(request, sentence.format(n=len(added)) if added else _("These companies are there already."))
        return redirect("set_up_companies")
    context = {"form": form, "companies": Company.objects.filter(organisation=organisation).order_by("kind", "code")}
    return render(request, "desk/set_up_companies.html", context, status=422 if form.errors else 200)


@GET_AND_POST
def regulation(request: HttpRequest) -> HttpResponse:
    """Load a shipped regulation or a file of one's own; what is wrong with it stands line by line."""
    check_can_keep_directory(request.user)
    shipped = shipped_regulations()
    form = RegulationForm(request.POST if request.method == "POST" else None, request.FILES or None, shipped=shipped)
    problems = []
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["which"] == UPLOAD:
            filename, source = form.cleaned_data["file"].name, form.cleaned_data["file"].read()
        else:
            chosen = next(found for found in shipped if found.code == form.cleaned_data["which"])
            filename, source = chosen.path.name, chosen.path.read_bytes()
        try:
            version = load(
                source,
                filename=filename,
                organisation=request.user.organisation,
                by=request.user,
                now=timezone.now(),
            )
        except RegulationErrors as refused:
            problems = refused.problems
        else:
            sentence = _("{regulation}, version {version}, is loaded.")
            messages.success(request, sentence.format(regulation=version.regulation, version=version.version))
            return redirect("set_up")
    versions = RegulationVersion.objects.filter(organisation=request.user.organisation).defer("data", "source")
    context = {"form": form, "problems": problems, "versions": versions.select_related("regulation").order_by("-pk")}
    return render(request, "desk/set_up_regulation.html", context, status=422 if form.errors or problems else 200)


@GET_AND_POST
def offices(request: HttpRequest) -> HttpResponse:
    """Which offices of the regulation nobody holds yet; one that only answers name is entered here."""
    check_can_keep_directory(request.user)
    organisation, on = request.user.organisation, today_of(request.user)
    form = OfficeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            office = actions.add_office(organisation, **form.cleaned_data, by=request.user, now=timezone.now())
        except ValidationError as refused:
            form.add_error("name", refused)
        else:
            messages.success(request, _("The office is there. Record who holds it."))
            return redirect("office", office.pk)
    vacant = vacant_offices(organisation, on=on)
    context = {"form": form, "vacant": vacant, "count": len(named_offices(organisation))}
    return render(request, "desk/set_up_offices.html", context, status=422 if form.errors else 200)


@require_POST
def put_away(request: HttpRequest) -> HttpResponse:
    """The desk no longer speaks of the set-up; its pages stay."""
    actions.put_away(request.user.organisation, by=request.user, now=timezone.now())
    messages.success(request, _("The desk no longer shows the set-up. Its pages stay where they are."))
    return redirect("desk")

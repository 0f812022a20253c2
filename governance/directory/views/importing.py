"""Importing people: upload, look at what would change, confirm."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from governance.files.kinds import FileRefused

from ..actions import importing
from ..forms import ConfirmForm, ImportForm
from ..models import PeopleImport
from ..permissions import check_can_import_people
from ..queries.imports import imports_of, preview_of, recent_imports

TEMPLATE = settings.BASE_DIR / "samples" / "people-template.xlsx"


def people_import(request: HttpRequest) -> HttpResponse:
    """What a file must hold; POST uploads one and leads to its comparison."""
    check_can_import_people(request.user)
    form = ImportForm(request.POST or None, request.FILES or None, organisation=request.user.organisation)
    if request.method == "POST" and form.is_valid():
        try:
            started = importing.start(
                form.cleaned_data["file"],
                complete=form.cleaned_data["complete"],
                by=request.user,
                now=timezone.now(),
            )
        except FileRefused as refused:
            form.add_error("file", refused)
        else:
            return redirect("people_import_preview", started.uuid)
    context = {"form": form, "imports": recent_imports(request.user)}
    return render(request, "directory/people_import.html", context, status=422 if form.errors else 200)


@require_safe
def people_import_template(request: HttpRequest) -> HttpResponse:
    """An empty workbook with headings, two examples and explanations."""
    check_can_import_people(request.user)
    return FileResponse(TEMPLATE.open("rb"), as_attachment=True, filename=_("People to import.xlsx"))


def found_import(request: HttpRequest, uuid: str) -> PeopleImport:
    check_can_import_people(request.user)
    return get_object_or_404(imports_of(request.user), uuid=uuid)


@require_safe
def people_import_preview(request: HttpRequest, uuid: str) -> HttpResponse:
    """What confirming would change, by tabs."""
    return preview(request, found_import(request, uuid))


def preview(request: HttpRequest, found: PeopleImport, *, status: int = 200, complaint: str = "") -> HttpResponse:
    context = {"shown": preview_of(found, request.GET), "complaint": complaint}
    return render(request, "directory/people_import_preview.html", context, status=status)


@require_POST
def people_import_confirm(request: HttpRequest, uuid: str) -> HttpResponse:
    """Carry out what was shown; when the directory changed since, show the new comparison instead (409)."""
    found, now = found_import(request, uuid), timezone.now()
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return preview(request, found, status=422, complaint=_("Type the number of people leaving as digits."))
    try:
        importing.confirm(found, **form.cleaned_data, by=request.user, now=now)
    except ValidationError as missing:
        return preview(request, found, status=422, complaint=" ".join(missing.messages))
    except importing.PlanChanged:
        importing.compare(found, by=request.user, now=now)
        complaint = _("The directory changed since this was shown. Nothing was imported. Look at the new comparison.")
        return preview(request, found, status=409, complaint=complaint)
    return redirect("people_import_preview", found.uuid)


@require_POST
def people_import_compare(request: HttpRequest, uuid: str) -> HttpResponse:
    """Compare the uploaded file with the directory once more."""
    found = found_import(request, uuid)
    importing.compare_again(found, by=request.user, now=timezone.now())
    return redirect("people_import_preview", found.uuid)


@require_POST
def people_import_discard(request: HttpRequest, uuid: str) -> HttpResponse:
    """Import nothing and remove the file."""
    found = found_import(request, uuid)
    importing.discard(found, by=request.user, now=timezone.now())
    messages.success(request, _("Nothing was imported; the uploaded file was removed."))
    return redirect("people_import")

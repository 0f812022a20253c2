"""既有群: upload the list of the groups there are, look at it, choose what is unclear, confirm."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from governance.files.kinds import FileRefused

from ..actions import existing as actions
from ..forms.existing import ConfirmForm, UploadForm
from ..importing.plan import Choices
from ..models import GroupsImport
from ..permissions import check_can_take_over_groups, today_of
from ..queries.amnesty import amnesties_of
from ..queries.existing import imports_of, preview_of, recent_imports, taken_over_page

TEMPLATE = settings.BASE_DIR / "samples" / "groups-template.xlsx"


def existing_groups(request: HttpRequest) -> HttpResponse:
    """What a list must hold; POST uploads one and leads to its comparison."""
    check_can_take_over_groups(request.user)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        try:
            started = actions.start(form.cleaned_data["file"], by=request.user, now=timezone.now())
        except FileRefused as refused:
            form.add_error("file", refused)
        else:
            return redirect(started)
    context = {"form": form, "imports": recent_imports(request.user)}
    context["amnesties"] = amnesties_of(request.user.organisation, on=today_of(request.user))
    return render(request, "groups/existing_groups.html", context, status=422 if form.errors else 200)


@require_safe
def existing_groups_template(request: HttpRequest) -> HttpResponse:
    """An empty workbook with headings, examples and explanations."""
    check_can_take_over_groups(request.user)
    return FileResponse(TEMPLATE.open("rb"), as_attachment=True, filename=_("Existing groups.xlsx"))


def found_import(request: HttpRequest, uuid: str) -> GroupsImport:
    check_can_take_over_groups(request.user)
    return get_object_or_404(imports_of(request.user), uuid=uuid)


@require_safe
def existing_groups_preview(request: HttpRequest, uuid: str) -> HttpResponse:
    """Before confirming: what would be registered. Afterwards: the groups and what is open on each."""
    return show(request, found_import(request, uuid))


def show(
    request: HttpRequest,
    found: GroupsImport,
    *,
    status: int = 200,
    complaint: str = "",
    choices: Choices | None = None,
) -> HttpResponse:
    on = today_of(request.user)
    context = {"import": found, "complaint": complaint}
    if found.state == GroupsImport.State.READ:
        context["shown"] = preview_of(found, request.GET, on=on, choices=choices)
    elif found.state == GroupsImport.State.CONFIRMED:
        context["page"] = taken_over_page(found, request.GET, on=on)
    return render(request, "groups/existing_groups_preview.html", context, status=status)


@require_POST
def existing_groups_confirm(request: HttpRequest, uuid: str) -> HttpResponse:
    """Register what was shown; when something changed since, show the new comparison instead (409)."""
    found, form = found_import(request, uuid), ConfirmForm(request.POST)
    digest = form.cleaned_data["digest"] if form.is_valid() else ""
    try:
        actions.confirm(found, digest=digest, choices=request.POST.dict(), by=request.user, now=timezone.now())
    except ValidationError as missing:
        complaint = " ".join(missing.messages)
        found.refresh_from_db()
        return show(request, found, status=422, complaint=complaint, choices=request.POST.dict())
    except actions.PlanChanged:
        complaint = _("Something changed since this was shown. Nothing was registered. Look at the new comparison.")
        found.refresh_from_db()
        return show(request, found, status=409, complaint=complaint)
    return redirect(found)


@require_POST
def existing_groups_discard(request: HttpRequest, uuid: str) -> HttpResponse:
    """Register nothing and remove what was read."""
    found = found_import(request, uuid)
    actions.discard(found, by=request.user, now=timezone.now())
    messages.success(request, _("Nothing was registered; what was read of the file was removed."))
    return redirect("existing_groups")

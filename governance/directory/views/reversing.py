"""Reversing an import of people: look at what it would do, confirm."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ..actions import reversing
from ..actions.importing import PlanChanged
from ..forms import ReverseForm
from ..models import PeopleImport
from ..permissions import check_can_import_people
from ..queries.imports import imports_of
from ..queries.reversals import preview_of


def people_import_reverse(request: HttpRequest, uuid: str) -> HttpResponse:
    """What reversing would restore, remove, mark as left and leave alone; POST does it as it was shown."""
    check_can_import_people(request.user)
    found = get_object_or_404(imports_of(request.user), uuid=uuid)
    if request.method != "POST":
        return shown(request, found)
    form, now = ReverseForm(request.POST), timezone.now()
    if not form.is_valid():
        return shown(request, found, status=422, complaint=_("Type the number of people concerned as digits."))
    try:
        reversing.confirm(found, **form.cleaned_data, by=request.user, now=now)
    except ValidationError as missing:
        return shown(request, found, status=422, complaint=" ".join(missing.messages))
    except PlanChanged:
        complaint = _("Something changed since this was shown. Nothing was reversed. Look at it once more.")
        return shown(request, found, status=409, complaint=complaint)
    if found.state == PeopleImport.State.REVERSED:
        messages.success(request, _("The import is reversed."))
    return redirect("people_import_preview", found.uuid)


def shown(request: HttpRequest, found: PeopleImport, *, status: int = 200, complaint: str = "") -> HttpResponse:
    context: dict[str, object] = {"import": found, "complaint": complaint}
    try:
        reversal = reversing.reversal_of(found, by=request.user, now=timezone.now())
    except ValidationError as impossible:
        context["impossible"] = " ".join(impossible.messages)
    else:
        context["shown"] = preview_of(found, reversal, request.GET)
    return render(request, "directory/people_import_reverse.html", context, status=status)

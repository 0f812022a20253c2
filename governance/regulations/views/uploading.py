"""Uploading a regulation: the file, what it would change, one confirmation."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.workflow import raise_wrong_state

from ..actions import uploading
from ..format import RegulationErrors
from ..forms import ConfirmForm, UploadForm
from ..models import RegulationUpload
from ..permissions import check_can_load, today_of
from ..queries.uploads import preview_of, recent_uploads, uploads_of


@require_http_methods(["GET", "HEAD", "POST"])
def regulation_upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; what is wrong with it stands line by line, else its comparison comes next."""
    check_can_load(request.user)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    problems = []
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            started = uploading.start(file.read(), filename=file.name, by=request.user, now=timezone.now())
        except RegulationErrors as refused:
            problems = refused.problems
        except uploading.AlreadyLoaded as known:
            sentence = _("This very file is loaded already: {regulation}, version {version}. Nothing was done.")
            form.add_error("file", sentence.format(regulation=known.version.regulation, version=known.version.version))
        else:
            return redirect(started)
    context = {"form": form, "problems": problems, "uploads": recent_uploads(request.user)}
    status = 422 if form.errors or problems else 200
    return render(request, "regulations/regulation_upload.html", context, status=status)


def found_upload(request: HttpRequest, uuid: str) -> RegulationUpload:
    check_can_load(request.user)
    return get_object_or_404(uploads_of(request.user), uuid=uuid)


@require_safe
def regulation_preview(request: HttpRequest, uuid: str) -> HttpResponse:
    """What the file would change against the version in force, what stays, from when."""
    return show(request, found_upload(request, uuid))


def show(
    request: HttpRequest, upload: RegulationUpload, form: ConfirmForm | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, object] = {"upload": upload}
    if upload.state == RegulationUpload.State.CHECKED:
        on = today_of(request.user)
        context["preview"] = preview = preview_of(upload, on=on)
        context["form"] = form or ConfirmForm(preview=preview, today=on)
    return render(request, "regulations/regulation_preview.html", context, status=status)


@require_POST
def regulation_load(request: HttpRequest, uuid: str) -> HttpResponse:
    """Load what was shown: the whole file, or nothing."""
    upload = found_upload(request, uuid)
    if upload.state != RegulationUpload.State.CHECKED:
        raise_wrong_state(upload)
    on = today_of(request.user)
    preview = preview_of(upload, on=on)
    form = ConfirmForm(request.POST, preview=preview, today=on)
    if not form.is_valid():
        return show(request, upload, form, status=422)
    try:
        version = uploading.confirm(
            upload,
            seen=form.cleaned_data["seen"],
            published_on=form.cleaned_data.get("published_on"),
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return show(request, upload, form, status=422)
    sentence = _("{regulation}, version {version}, is loaded. Those who act under it are told.")
    messages.success(request, sentence.format(regulation=version.regulation, version=version.version))
    return redirect(version)


@require_POST
def regulation_discard(request: HttpRequest, uuid: str) -> HttpResponse:
    """Load nothing and remove the file's text."""
    uploading.discard(found_upload(request, uuid), by=request.user, now=timezone.now())
    messages.success(request, _("Nothing was loaded; the file was removed."))
    return redirect("regulation_upload")

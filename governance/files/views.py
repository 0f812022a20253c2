"""Serving a stored file: through a permission, logged, and without a chance to do anything in the browser."""

import uuid

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from . import actions
from .kinds import SHOWN_INLINE
from .models import StoredFile
from .permissions import may_open

POLICY = "default-src 'none'; sandbox"


@require_safe
def file(request: HttpRequest, uuid: uuid.UUID) -> HttpResponseBase:
    """Pictures are shown, everything else is saved. 404 for whoever may not see what the file hangs on.

    Writes one line into the operations log, the only thing a GET ever writes (docs/decisions/0011-files.md).
    """
    stored = get_object_or_404(StoredFile, uuid=uuid)
    if not may_open(request.user, stored):
        raise Http404
    try:
        content = stored.content.open("rb")
    except FileNotFoundError:
        raise Http404
    if request.method == "GET":
        actions.open_file(stored, by=request.user, now=timezone.now())
    response = FileResponse(
        content,
        as_attachment=stored.content_type not in SHOWN_INLINE,
        filename=stored.name,
        content_type=served_as(stored.content_type),
    )
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def served_as(content_type: str) -> str:
    """Text goes out as plain bytes: its encoding is its sender's, and no browser shall guess."""
    return "application/octet-stream" if content_type.startswith("text/") else content_type

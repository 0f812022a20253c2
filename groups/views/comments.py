"""Commenting on a request."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..actions import comments
from ..models import Comment, CreationRequest
from ..permissions import today_of
from .creation import render_request, visible_request


@require_POST
def creation_request_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something; what cannot be said comes back with what was typed."""
    found = visible_request(request, pk)
    text = request.POST.get("comment", "")
    try:
        comments.comment(found, text, by=request.user, now=timezone.now())
    except ValidationError as errors:
        return render_request(request, found, typed={"comment": text}, errors=errors, status=422)
    messages.success(request, _("Your comment stands in the history."))
    return redirect(found)


@require_POST
def comment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own comment back."""
    seen = CreationRequest.objects.visible_to(request.user, on=today_of(request.user))
    found = get_object_or_404(Comment.objects.select_related("creation_request"), pk=pk, creation_request__in=seen)
    comments.remove(found, by=request.user, now=timezone.now())
    messages.success(request, _("Your comment was removed."))
    return redirect(found.creation_request)

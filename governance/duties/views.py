"""The one thing one does to a duty itself; all else is done to what it is about."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance.accounts.returning import page_before

from . import actions
from .permissions import visible_duties


@require_POST
def duty_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """The ready text was sent in WeChat: noted in the history, back to the page it was copied from."""
    now = timezone.now()
    duty = get_object_or_404(visible_duties(request.user, on=timezone.localdate(now)), pk=pk)
    actions.mark_sent(duty, by=request.user, now=now)
    messages.success(request, _("Noted that you sent this in WeChat."))
    return redirect(page_before(request, otherwise=duty.path))

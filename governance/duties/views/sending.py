"""What one does to a duty itself: note that it was sent on, pass a nudge on. All else is done to what it is about."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from governance.accounts.returning import page_before
from governance.workflow import refusal

from .. import actions
from ..models import Nudge
from ..permissions import check_can_pass_on, visible_duties, visible_nudges
from ..queries import people_having
from ..ready_text import ready_text_for


@require_POST
def duty_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """The ready text was sent in WeChat: noted in the history, back to the page it was copied from."""
    now = timezone.now()
    duty = get_object_or_404(visible_duties(request.user, on=timezone.localdate(now)), pk=pk)
    actions.mark_sent(duty, by=request.user, now=now)
    messages.success(request, _("Noted that you sent this in WeChat."))
    return redirect(page_before(request, otherwise=duty.path))


def visible_nudge(request: HttpRequest, pk: int) -> Nudge:
    """The nudge with what it is about; 404 for what one may not see."""
    found = visible_nudges(request.user, on=timezone.localdate())
    return get_object_or_404(found.select_related("duty__office__company", "duty__person", "nudged_by", "via"), pk=pk)


@require_safe
def nudge(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom to remind of what, who asked for it, and the text to pass on."""
    found, now = visible_nudge(request, pk), timezone.now()
    people = people_having(found.duty, now=now)
    one = people[0] if len(people) == 1 else None
    language = one.user.language if one and one.user_id else None
    context = {
        "nudge": found,
        "duty": found.duty,
        "people": people,
        "text": ready_text_for(found.duty, name=one.name if one else "", language=language),
        "waits": found.passed_on_at is None and found.duty.closed_at is None,
        "refusal": refusal(check_can_pass_on, request.user, found),
    }
    return render(request, "duties/nudge.html", context)


@require_POST
def nudge_passed_on(request: HttpRequest, pk: int) -> HttpResponse:
    """The executive was told: noted, and whoever asked for it hears so."""
    found = visible_nudge(request, pk)
    actions.pass_on(found, by=request.user, now=timezone.now())
    messages.success(request, _("Noted that the reminder was passed on."))
    return redirect("desk")

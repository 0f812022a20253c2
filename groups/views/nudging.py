"""催办 on the page of a request."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance.calendar.queries import working_time
from governance.calendar.templatetags.when import day_words, when_words
from governance.duties.actions import nudge
from governance.duties.models import Duty
from governance.workflow import WrongState

from ..permissions import check_can_nudge
from ..queries.creation_page import terms_for
from ..queries.nudging import again_on, last_nudge, office_between, waiting_step_of
from .creation import visible_request


@require_POST
def creation_request_nudge(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind whoever has it, once a working day; what comes too late or too soon is answered by a sentence."""
    found, now = visible_request(request, pk), timezone.now()
    check_can_nudge(request.user, found)
    waiting = waiting_step_of(found, now=now)
    meant = request.POST.get("duty", "")
    if waiting is None or meant not in ("", str(waiting.duty.pk)):
        messages.info(request, _("It has gone on meanwhile: nobody needs to be reminded of that step."))
        return redirect(found)
    if not waiting.people:
        messages.info(request, _("Nobody has it at present who could be reminded."))
        return redirect(found)
    on = working_time(found.organisation_id).local_day(now)
    via = office_between(waiting, terms_for(found, on=on), request.user, on=on)
    try:
        made = nudge(waiting.duty, by=request.user, now=now, via=via)
    except WrongState:
        messages.info(request, _("It has gone on meanwhile: nobody needs to be reminded of that step."))
        return redirect(found)
    if made is None:
        messages.info(request, nudged_before(waiting.duty, now=now))
    elif via is not None:
        messages.success(request, _("%(office)s has your reminder and passes it on.") % {"office": via})
    else:
        messages.success(request, _("Reminded: %(who)s.") % {"who": waiting.names})
    return redirect(found)


def nudged_before(duty: Duty, *, now: object) -> str:
    """Who has reminded today, and from when again."""
    last, today = last_nudge(duty), working_time(duty.organisation_id, duty.calendar_id).local_day(now)
    return _("%(who)s sent a reminder %(at)s already. The next is possible from %(day)s.") % {
        "who": last.nudged_by.name,
        "at": when_words(last.nudged_at, now),
        "day": day_words(again_on(duty, last, now=now), today),
    }

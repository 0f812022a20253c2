"""What tests of requests look at: the row as another request reads it, and everything an action may have written."""

from datetime import timedelta

from governance.audit.models import Event
from governance.duties.models import Duty
from governance.notifications.models import Notice
from groups.actions import creation
from groups.models import Group
from tests.factories import NOW

LATER = NOW + timedelta(days=1)


def fresh(subject):
    return type(subject).objects.get(pk=subject.pk)


def open_duties():
    """What waits, the regulation's open questions apart."""
    return Duty.objects.open().exclude(verb="instruct")


def told():
    """Who was told what, the regulation's open questions apart."""
    notices = Notice.objects.exclude(kind="duty-instruct").select_related("person")
    return [(notice.kind, notice.person.name) for notice in notices.order_by("pk")]


def written():
    """Everything that a refused action must leave as it is."""
    return (Event.objects.count(), Duty.objects.count(), Duty.objects.open().count(), Notice.objects.count(), Group.objects.count())


def decide(verb, request, *, by, now=LATER, **said):
    opinion = {} if verb == "withdraw" else {"opinion": "请补充名单。"}
    getattr(creation, verb)(request, by=by, now=now, **opinion | said)


def states(request):
    return {consent.person.name: consent.state for consent in request.consents.select_related("person")}

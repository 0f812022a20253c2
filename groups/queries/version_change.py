"""What a new version of the regulation means for the requests and groups there are."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from governance.directory.models import Person
from governance.regulations.models import Regulation

from ..models import CreationRequest, Group, GroupType

State = CreationRequest.State
UNDER_WAY = [State.SUBMITTED, State.SENT_BACK, State.LAPSED]


def sentences_on_change(regulation: Regulation, data: dict[str, Any]) -> Iterator[str]:
    """Requests under way keep their version until they are submitted again; groups stay; types that end are named."""
    requests = CreationRequest.objects.filter(group_type__regulation=regulation)
    waiting = requests.filter(state=State.SUBMITTED).count()
    yield ngettext(
        "{n} request waits for a decision: it keeps the version it was submitted under.",
        "{n} requests wait for a decision: they keep the version they were submitted under.",
        waiting,
    ).format(n=waiting)
    if back := requests.filter(state__in=[State.SENT_BACK, State.LAPSED]).count():
        yield ngettext(
            "{n} request is back with its submitter: submitted again, it goes by the version in force that day.",
            "{n} requests are back with their submitters: submitted again, they go by the version in force that day.",
            back,
        ).format(n=back)
    types = {entry["code"]: entry for entry in data["group_types"]}
    known = list(GroupType.objects.filter(regulation=regulation, retired=False))
    ending = [found for found in known if types.get(found.code, {"state": "closed"})["state"] == "closed"]
    if ending:
        groups = Group.objects.open().filter(group_type__in=ending).count()
        names = pgettext("between names in a row", ", ").join(str(found) for found in ending)
        words = _("No longer asked for: {names}. Groups there are of these types: {groups}; they stay as they are.")
        yield words.format(names=names, groups=groups)


def people_concerned(regulation: Regulation) -> models.QuerySet[Person]:
    """The admins of the regulation's groups, and who submitted what is under way."""
    admins = Group.objects.open().filter(group_type__regulation=regulation).values("admin")
    submitters = CreationRequest.objects.filter(group_type__regulation=regulation, state__in=UNDER_WAY)
    return Person.objects.filter(models.Q(pk__in=admins) | models.Q(pk__in=submitters.values("submitter")))

"""Who has a group or a request now: the open duty about it, or about its designation or filing."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, F, OuterRef, Subquery, When

from governance.duties.models import Duty
from governance.duties.queries import open_of
from groups.models import CreatedName, CreationRequest, Designation, Filing, Group


def about_groups(groups: Iterable[int], requests: Iterable[int] = ()) -> models.QuerySet[Duty]:
    """Open duties about the groups and requests, each with the group it is about (`group_pk`; empty for a request)."""
    groups = list(groups)
    wanted = open_of(Group, groups) | open_of(CreationRequest, list(requests))
    for model in (Designation, Filing, CreatedName):
        wanted |= open_of(model, model.objects.filter(group__in=groups).order_by().values("pk"))
    group_pk = Case(*group_cases(), output_field=models.BigIntegerField())
    return Duty.objects.open().filter(wanted).for_listing().annotate(group_pk=group_pk).order_by("due_at", "pk")


def group_cases() -> list[When]:
    """How a duty's subject leads to its group."""
    cases = [When(subject_type=ContentType.objects.get_for_model(Group), then=F("subject_id"))]
    for model in (Designation, Filing, CreatedName):
        of_subject = model.objects.filter(pk=OuterRef("subject_id")).order_by().values("group_id")
        cases.append(When(subject_type=ContentType.objects.get_for_model(model), then=Subquery(of_subject)))
    return cases


def waiting_by_group(groups: Iterable[int]) -> dict[int, Duty]:
    """The duty that waits about each group: one statement for a whole page."""
    return {duty.group_pk: duty for duty in about_groups(groups)}


def waiting_by_request(requests: Iterable[CreationRequest]) -> dict[int, Duty]:
    """The duty that waits about each request or the group that came of it (`group` is fetched with the request)."""
    requests = list(requests)
    by_group = {request.group.pk: request.pk for request in requests if hasattr(request, "group")}
    duties = about_groups(by_group, [request.pk for request in requests])
    return {by_group.get(duty.group_pk, duty.subject_id): duty for duty in duties}

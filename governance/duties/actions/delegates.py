"""流程代理人: naming one and ending it, and telling both what that means."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from governance.accounts.models import User
from governance.directory.actions import delegates
from governance.directory.models import Office, Person, Tenure
from governance.notifications.actions import notify

from ..models import Duty


@transaction.atomic
def name_delegate(
    person: Person,
    delegate: Person,
    *,
    starts_on: date,
    ends_on: date,
    office: Office | None = None,
    by: User,
    now: datetime,
) -> list[Tenure]:
    """The delegate decides for the person from a day to a day, what is open already included; both are told once."""
    named = delegates.name_delegate(
        person, delegate, starts_on=starts_on, ends_on=ends_on, office=office, by=by, now=now
    )
    tell_both(named, person, "named", now=now, count=open_for(named))
    return named


@transaction.atomic
def end_delegation(delegation: Tenure, *, by: User, now: datetime) -> None:
    """The delegate no longer decides from this minute on; both are told. Ended already, nothing happens."""
    if delegates.end_delegation(delegation, by=by, now=now):
        tell_both([delegation], delegation.stands_for.person, "ended", now=now)


def open_for(tenures: Iterable[Tenure]) -> int:
    """How many duties wait for the offices."""
    return Duty.objects.open().filter(office__in=[tenure.office_id for tenure in tenures]).count()


def tell_both(tenures: list[Tenure], person: Person, what: str, *, now: datetime, **facts: object) -> None:
    """One message to the delegate, one to the absent holder."""
    first = tenures[0]
    said = {
        "offices": [tenure.office.official_name for tenure in tenures],
        "offices_en": [tenure.office.name_en or tenure.office.official_name for tenure in tenures],
        "holder": person.name,
        "delegate": first.person.name,
        "starts_on": first.starts_on.isoformat(),
        "ends_on": first.ends_on.isoformat(),
    }
    key = f"delegate-{what}:{first.pk}"
    notify([first.person], f"delegate-{what}", first, now=now, key=key, path=reverse("desk"), **said, **facts)
    notify([person], f"delegate-{what}-holder", first, now=now, key=key, path=reverse("my_page"), **said, **facts)

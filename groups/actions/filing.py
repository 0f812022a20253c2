"""备案: filed, acknowledged with a number, or asked to be completed; never refused (Art. 4.5)."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.audit.actions import record
from governance.calendar.queries import working_time
from governance.directory.actions.numbering import next_number
from governance.duties.actions import close, hand_over
from governance.duties.actions.handing_over import Clock
from governance.files.actions import attach, store
from governance.files.rules import CheckedFile
from governance.notifications.actions import notify
from governance.workflow import move

from ..models import Filing, Group
from ..permissions import check_can_acknowledge, check_can_complete
from ..queries.terms import Terms, terms_under

State = Filing.State


def file(group: Group, terms: Terms, *, event: str, now: datetime) -> Filing:
    """Lay the event before the filing office, which has then to acknowledge it."""
    rule = terms.type.filing
    office = terms.office(rule.office, group.company)
    filing = Filing.objects.create(
        organisation_id=group.organisation_id,
        group=group,
        event=event,
        office=office,
        article=rule.article,
        filed_at=now,
    )
    record("file", filing, by=None, at=now, became=filing.state, article=rule.article)
    ask_office(filing, terms, now=now)
    return filing


def ask_office(filing: Filing, terms: Terms, *, now: datetime, by: User | None = None) -> None:
    clock = terms.clock("filing")
    days = terms.type.filing.within_days or clock.days
    hand_over(
        filing,
        "acknowledge",
        to=filing.office,
        by=by,
        now=now,
        outcome="complete" if by else "",
        clock=Clock(days, article=filing.article, ladder=clock.ladder),
        calendar_id=filing.group.company.calendar_id,
        fallback=terms.interpreting_office,
        facts={"number": filing.group.creation_request.number, "supplement": bool(filing.supplement)},
    )


@transaction.atomic
def acknowledge(filing: Filing, *, by: User, now: datetime) -> None:
    """The office has taken note: the filing gets its number, 〔2026〕31号, and is closed."""
    office = check_can_acknowledge(by, filing)
    year = working_time(filing.organisation_id).local_day(now).year
    running = next_number(filing.organisation, f"filing-{office.pk}", year)
    number = f"〔{year}〕{running}号"
    move(
        filing,
        State.ACKNOWLEDGED,
        by=by,
        at=now,
        office=office,
        article=filing.article,
        number_given=number,
        changes={
            "number": number,
            "acknowledged_at": now,
            "acknowledged_by": by,
            "acknowledged_for": office.absent,
        },
    )
    close(filing, by=by, now=now, outcome="acknowledge")
    people = {person.pk: person for person in (filing.group.admin, filing.group.creation_request.submitter) if person}
    notify(
        people.values(),
        "filing-acknowledged",
        filing,
        now=now,
        key=f"filing-acknowledged:{filing.pk}",
        title=filing.group.name,
        number=number,
    )


@transaction.atomic
def ask_completion(filing: Filing, *, by: User, now: datetime, remark: str) -> None:
    """The office wants something completed (补正); the group's admin has it."""
    office = check_can_acknowledge(by, filing)
    if not remark.strip():
        raise ValidationError({"remark": _("Please say what is missing.")})
    move(
        filing,
        State.RETURNED,
        by=by,
        at=now,
        office=office,
        opinion=remark.strip(),
        article=filing.article,
        changes={"remark": remark.strip()},
    )
    hand_over(
        filing,
        "complete",
        to=filing.group.admin or filing.group.creation_request.submitter,
        by=by,
        now=now,
        outcome="ask_completion",
        calendar_id=filing.group.company.calendar_id,
        facts={"remark": remark.strip(), "number": filing.group.creation_request.number},
    )


@transaction.atomic
def complete(
    filing: Filing, *, by: User, now: datetime, supplement: str, attachments: Iterable[CheckedFile] = ()
) -> None:
    """The admin supplies what was missing, in words and files; the office has it again."""
    check_can_complete(by, filing)
    if not supplement.strip():
        raise ValidationError({"supplement": _("Please write down what you complete.")})
    move(
        filing,
        State.FILED,
        by=by,
        at=now,
        opinion=supplement.strip(),
        article=filing.article,
        changes={"supplement": supplement.strip()},
    )
    for upload in attachments:
        attach(store(upload, organisation=filing.organisation, by=by, now=now), filing)
    terms = terms_under(filing.group.version, filing.group.group_type.code)
    ask_office(filing, terms, now=now, by=by)

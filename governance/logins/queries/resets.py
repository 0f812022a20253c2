"""Who is asked to consent to another password."""

from dataclasses import dataclass
from datetime import datetime

from governance.directory.models import Invitation, Person
from governance.duties.models import Duty
from governance.duties.queries import is_late, people_having
from governance.duties.ready_text import ready_text_for


@dataclass(frozen=True)
class Waiting:
    """The open duty: who has it, and the words to pass it on in WeChat."""

    duty: Duty
    people: list[Person]
    late: bool
    text: str

    @property
    def who(self) -> str:
        names = "、".join(person.name for person in self.people)
        return f"{self.duty.office} {names}" if self.duty.office_id else names


def waiting_for(invitation: Invitation, *, now: datetime) -> Waiting | None:
    """Three statements; None when nothing waits."""
    duty = Duty.objects.open().of_subject(invitation).for_listing().first()
    if duty is None:
        return None
    return Waiting(duty, people_having(duty, now=now), is_late(duty, now), ready_text_for(duty))

"""The access table of those who stand in: delegates, passing a step on, handing over what was given to a person.

Columns and outcomes as in `table.py`.
"""

from typing import Any

from django.utils import timezone

from tests.access.table import ONLY_POST, Row, pk


def of_president(things: Any) -> dict[str, Any]:
    return {"pk": things.world.president.person.pk}


def a_delegate(things: Any, people: Any) -> dict[str, Any]:
    on = timezone.localdate().isoformat()
    return {"delegate": people["mvp"].person.number, "starts_on": on, "ends_on": on}


def to_a_colleague(things: Any, people: Any) -> dict[str, Any]:
    return {"person": things.colleague.person.pk, "reason": "请代为办理。"}


def to_a_successor(things: Any, people: Any) -> dict[str, Any]:
    return {"duties": [things.given.pk], "successor": people["staff"].person.number}


#                                             anon staff hr  hr2 pres mvp po  gm  adm aud other
ROWS = [
    Row("get", "delegate_name", "in 403 200 200 200 403 403 403 403 403 404", of_president),
    Row("get", "delegate_name", "in 403 403 403 403 403 403 403 403 403 404", pk("person"), note="holds no office"),
    Row("post", "delegate_name", "in 403 422 422 422 403 403 403 403 403 404", of_president),
    Row("post", "delegate_name", "in 403 to to to 403 403 403 403 403 404", of_president, a_delegate, "from today"),
    Row("get", "delegate_end", ONLY_POST, pk("delegation")),
    Row("post", "delegate_end", "in 403 to to to 403 403 403 403 403 404", pk("delegation")),
    Row("get", "duty_pass", "in 404 403 403 403 404 200 404 404 403 404", pk("staff_step")),
    Row("post", "duty_pass", "in 404 403 403 403 404 422 404 404 403 404", pk("staff_step")),
    Row("post", "duty_pass", "in 404 403 403 403 404 to 404 404 403 404", pk("staff_step"), to_a_colleague, "passed"),
    Row("get", "duty_pass", "in 404 403 403 403 404 403 404 404 403 404", pk("duty"), note="a decision"),
    Row("get", "person_handover", "in 403 200 200 403 200 403 403 403 403 404", pk("person")),
    Row("post", "person_handover", "in 403 422 422 403 422 403 403 403 403 404", pk("person")),
    Row("post", "person_handover", "in 403 to to 403 to 403 403 403 403 404", pk("person"), to_a_successor, "to staff"),
]

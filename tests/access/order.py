"""The rows of the access table about keeping order: the operations log, duplicates. Columns as in `table.py`."""

from typing import Any

from tests.access.table import ALL, KEEPERS, ONLY_GET, ONLY_POST, Row, of_import, says


def of_pair(things: Any) -> dict[str, Any]:
    return {"pk": things.person.pk, "other": things.invitation.person_id}


def of_pair_with_hr(things: Any) -> dict[str, Any]:
    return {"pk": things.person.pk, "other": things.world.hr_admin.person.pk}


def of_reversible(things: Any) -> dict[str, Any]:
    return {"uuid": things.reversible.uuid}


ROWS = [
    Row("get", "operations_log", ALL),
    Row("post", "operations_log", ONLY_GET),
    Row("get", "operations_log_export", ONLY_POST),
    Row("post", "operations_log_export", "in to to to to to to to to to to"),
    Row("get", "people_import_reverse", "in 403 409 409 403 403 403 403 403 403 404", of_import, note="not confirmed"),
    Row("post", "people_import_reverse", "in 403 422 422 403 403 403 403 403 403 404", of_reversible),
    Row("get", "people_import_reverse", "in 403 200 200 403 403 403 403 403 403 404", of_reversible, note="confirmed"),
    Row("get", "duplicates", KEEPERS),
    Row("post", "duplicates", "in 403 422 422 403 403 403 403 403 403 422"),
    Row("get", "person_merge", "in 403 200 200 403 403 403 403 403 403 404", of_pair),
    Row("get", "person_merge", "in 403 403 200 403 403 403 403 403 403 404", of_pair_with_hr, note="one is hr"),
    Row("post", "person_merge", "in 403 422 422 403 403 403 403 403 403 404", of_pair, says(typed="别人")),
    Row("get", "two_people", ONLY_POST, of_pair),
    Row("post", "two_people", "in 403 to to 403 403 403 403 403 403 404", of_pair),
]

"""Existing groups: what each address answers to whom. Lists are HR's alone; what is open lies with many."""

from collections.abc import Callable
from typing import Any

from tests.access.table import ALL, KEEPERS, ONLY_GET, ONLY_POST, Row, pk, says


def of_groups_import(things: Any) -> dict[str, Any]:
    return {"uuid": things.groups_import.uuid}


def ticks(name: str, **fields: Any) -> Callable[[Any, Any], dict[str, Any]]:
    return lambda things, people: {"groups": [getattr(things, name).pk], **fields}


#                                                       anon staff hr  hr2 pres mvp po  gm  adm aud other
ROWS = [
    # --- existing groups: HR's alone ----------------------------------------------------------------------------------
    Row("get", "existing_groups", KEEPERS),
    Row("post", "existing_groups", "in 403 422 422 403 403 403 403 403 403 422"),
    Row("get", "existing_groups_template", KEEPERS),
    Row("post", "existing_groups_template", ONLY_GET),
    Row("get", "existing_groups_preview", "in 403 200 200 403 403 403 403 403 403 404", of_groups_import),
    Row("post", "existing_groups_preview", ONLY_GET, of_groups_import),
    Row("get", "existing_groups_confirm", ONLY_POST, of_groups_import),
    Row(
        "post",
        "existing_groups_confirm",
        "in 403 409 409 403 403 403 403 403 403 404",
        of_groups_import,
        says(digest="0" * 64),
    ),
    Row("get", "existing_groups_discard", ONLY_POST, of_groups_import),
    Row("post", "existing_groups_discard", "in 403 to to 403 403 403 403 403 403 404", of_groups_import),
    Row("get", "existing_groups_open", ALL),
    Row("post", "existing_groups_open", ONLY_GET),
    Row("get", "existing_groups_approve", ONLY_POST),
    Row(
        "post",
        "existing_groups_approve",
        "in 422 403 403 422 to 403 422 403 403 422",
        data=ticks("never_approved"),
        note="a tick at what one does not see is no tick",
    ),
    Row("get", "existing_groups_type", ONLY_POST),
    Row("post", "existing_groups_type", "in 403 422 422 403 403 403 403 403 403 422", data=ticks("typeless")),
    Row("get", "existing_groups_designate", ONLY_POST),
    Row(
        "post",
        "existing_groups_designate",
        "in 422 403 403 422 409 403 422 403 403 422",
        data=ticks("never_approved"),
        note="it has its admin",
    ),
    Row("get", "existing_groups_accept", ONLY_POST),
    Row("post", "existing_groups_accept", "in 422 409 409 422 409 409 422 409 409 422", data=ticks("never_approved")),
    Row("get", "existing_group", "in 404 200 200 404 200 200 404 200 200 404", pk("never_approved")),
    Row("post", "existing_group", ONLY_GET, pk("never_approved")),
    Row("get", "existing_group_refuse", ONLY_POST, pk("never_approved")),
    Row("post", "existing_group_refuse", "in 404 403 403 404 422 403 404 403 403 404", pk("never_approved")),
    Row("get", "existing_group_name", ONLY_POST, pk("named_twice")),
    Row("post", "existing_group_name", "in 404 422 422 404 404 403 404 404 403 404", pk("named_twice")),
    Row("get", "existing_group_leave_out", ONLY_POST, pk("named_twice")),
    Row("post", "existing_group_leave_out", "in 404 to to 404 404 403 404 404 403 404", pk("named_twice")),
    Row("get", "existing_group_owner", ONLY_POST, pk("ownerless")),
    Row("post", "existing_group_owner", "in 404 to to 404 403 403 404 403 403 404", pk("ownerless")),
    Row("get", "existing_group_ask_again", ONLY_POST, pk("not_approved")),
    Row("post", "existing_group_ask_again", "in 404 422 422 404 403 403 404 403 403 404", pk("not_approved")),
    Row("get", "existing_group_dissolve", ONLY_POST, pk("not_approved")),
    Row("post", "existing_group_dissolve", "in 404 to to 404 403 403 404 403 403 404", pk("not_approved")),
    Row("get", "amnesties", "in 403 200 200 403 403 200 403 403 403 200"),
    Row("post", "amnesties", "in 403 to to 403 403 to 403 403 403 to"),
    Row("get", "amnesty_complete", ONLY_POST, lambda things: {"pk": things.world.project.pk}),
    Row(
        "post",
        "amnesty_complete",
        "in 403 to to 403 403 403 403 403 403 404",
        lambda things: {"pk": things.world.project.pk},
    ),
]

"""The rows of the access table about copies of requests and groups that come to nothing. Columns as in `table.py`."""

from tests.access.table import ONLY_GET, ONLY_POST, Row, pk, says

ROWS = [
    Row("get", "creation_request_copy", ONLY_POST, pk("refused")),
    Row("post", "creation_request_copy", "in 403 to to 404 403 403 404 404 403 404", pk("refused")),
    Row("get", "group_revoke", "in 404 403 403 200 404 200 404 404 403 404", pk("to_designate")),
    Row("post", "group_revoke", "in 404 403 403 422 404 422 404 404 403 404", pk("to_designate"), note="silent"),
    Row(
        "post",
        "group_revoke",
        "in 404 403 403 to 404 to 404 404 403 404",
        pk("to_designate"),
        says(opinion="暂不需要。"),
    ),
    Row(
        "post",
        "group_revoke",
        "in 404 403 403 404 403 403 404 403 403 404",
        lambda things: {"pk": things.filed.group_id},
        says(opinion="暂不需要。"),
        note="established",
    ),
    Row("get", "group_abandon", "in 404 200 200 404 403 403 404 403 403 404", pk("to_establish")),
    Row("get", "group_abandon", "in 404 403 403 403 404 403 404 404 403 404", pk("to_designate"), note="in-time"),
    Row("post", "group_abandon", "in 404 422 422 404 403 403 404 403 403 404", pk("to_establish"), note="silent"),
    Row(
        "post",
        "group_abandon",
        "in 404 to to 404 403 403 404 403 403 404",
        pk("to_establish"),
        says(opinion="无人建群。"),
    ),
    Row("get", "created_name", "in 404 200 200 404 200 200 404 200 200 404", pk("created_name")),
    Row("post", "created_name", ONLY_GET, pk("created_name")),
    Row("get", "created_name_accept", ONLY_POST, pk("created_name")),
    Row("post", "created_name_accept", "in 404 403 403 404 to 403 404 403 403 404", pk("created_name")),
    Row("get", "created_name_object", ONLY_POST, pk("created_name")),
    Row("post", "created_name_object", "in 404 403 403 404 to 403 404 403 403 404", pk("created_name")),
    Row("get", "created_name_renamed", ONLY_POST, pk("created_name")),
    Row("post", "created_name_renamed", "in 404 403 403 404 403 403 404 409 403 404", pk("created_name"), note="early"),
]

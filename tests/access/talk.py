"""The rows of the access table about what is said around a request. Columns as in `table.py`."""

from tests.access.table import ONLY_GET, ONLY_POST, Row, pk, says

ROWS = [
    Row("get", "creation_request_comment", ONLY_POST, pk("submitted")),
    Row("post", "creation_request_comment", "in 404 422 422 422 404 422 404 404 403 404", pk("submitted"), note="silent"),
    Row(
        "post",
        "creation_request_comment",
        "in 404 to to to 404 to 404 404 403 404",
        pk("submitted"),
        says(comment="请再核对。"),
    ),
    Row(
        "post",
        "creation_request_comment",
        "in 409 409 409 404 409 409 404 404 409 404",
        pk("refused"),
        says(comment="晚了。"),
        note="late",
    ),
    Row("get", "comment_remove", ONLY_POST, pk("comment")),
    Row("post", "comment_remove", "in 404 403 to 403 404 403 404 404 403 404", pk("comment")),
    # asked is `hr2`, who had commented
    Row("get", "creation_request_ask", "in 404 403 403 200 404 403 404 404 403 404", pk("submitted")),
    Row("post", "creation_request_ask", "in 404 403 403 422 404 403 404 404 403 404", pk("submitted"), note="silent"),
    Row("get", "creation_request_ask", "in 409 409 409 404 409 409 404 404 409 404", pk("refused"), note="late"),
    Row("get", "inquiry", "in 404 to to to 404 to 404 404 to 404", pk("inquiry")),
    Row("post", "inquiry", ONLY_GET, pk("inquiry")),
    Row("get", "inquiry_answer", ONLY_POST, pk("inquiry")),
    Row("post", "inquiry_answer", "in 404 403 422 403 404 403 404 404 403 404", pk("inquiry"), note="silent"),
    Row(
        "post",
        "inquiry_answer",
        "in 404 403 to 403 404 403 404 404 403 404",
        pk("inquiry"),
        says(answer="合适。"),
    ),
    Row("get", "inquiry_no_view", ONLY_POST, pk("inquiry")),
    Row("get", "creation_request_nudge", ONLY_POST, pk("submitted")),
    Row("post", "creation_request_nudge", "in 404 to to 403 404 403 404 404 403 404", pk("submitted")),
    Row("post", "creation_request_nudge", "in 403 to to 404 403 403 404 404 403 404", pk("refused"), note="late"),
    Row("get", "nudge", "in 404 200 200 404 404 200 404 404 200 404", pk("nudge")),
    Row("post", "nudge", ONLY_GET, pk("nudge")),
    Row("get", "nudge_passed_on", ONLY_POST, pk("nudge")),
    Row("post", "nudge_passed_on", "in 404 403 403 404 404 to 404 404 403 404", pk("nudge")),
    Row("post", "inquiry_no_view", "in 404 403 to 403 404 403 404 404 403 404", pk("inquiry")),
]

ROWS += [
    Row("get", "creation_request_record", "in 404 403 403 403 404 200 404 404 403 404", pk("submitted")),
    Row("post", "creation_request_record", "in 404 403 403 403 404 422 404 404 403 404", pk("submitted"), note="silent"),
    Row("get", "creation_request_record", "in 409 409 409 404 409 409 404 404 409 404", pk("refused"), note="late"),
    Row("get", "recorded_decision", "in 404 to to 404 to to 404 404 to 404", pk("recorded")),
    Row("post", "recorded_decision", ONLY_GET, pk("recorded")),
    Row("get", "recorded_decision_contest", ONLY_POST, pk("recorded")),
    Row("post", "recorded_decision_contest", "in 404 403 403 404 422 403 404 404 403 404", pk("recorded"), note="silent"),
    Row(
        "post",
        "recorded_decision_contest",
        "in 404 403 403 404 to 403 404 404 403 404",
        pk("recorded"),
        says(opinion="我没有同意。"),
    ),
    Row("get", "recorded_decision_settle", ONLY_POST, pk("recorded")),
    Row("post", "recorded_decision_settle", "in 404 403 403 404 403 422 404 404 403 404", pk("recorded"), note="silent"),
    Row(
        "post",
        "recorded_decision_settle",
        "in 404 403 403 404 403 409 404 404 403 404",
        pk("recorded"),
        says(opinion="已核实。"),
        note="not contested",
    ),
]

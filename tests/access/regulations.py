"""The rows of the access table about new versions, questions on articles, interpretations. Columns as in `table.py`."""

from typing import Any

from tests.access.table import ALL, ONLY_GET, ONLY_POST, SAME_ORGANISATION, Row, pk, says

LOADERS = "in 403 200 200 403 403 200 403 403 403 200"


def of_regulation(things: Any) -> dict[str, Any]:
    return {"pk": things.version.regulation_id}


def of_upload(things: Any) -> dict[str, Any]:
    return {"uuid": things.regulation_upload.uuid}


ROWS = [
    Row("get", "regulation_versions", SAME_ORGANISATION, of_regulation),
    Row("post", "regulation_versions", ONLY_GET, of_regulation),
    Row("get", "regulation_upload", LOADERS),
    Row("post", "regulation_upload", "in 403 422 422 403 403 422 403 403 403 422"),
    Row("get", "regulation_preview", "in 403 200 200 403 403 200 403 403 403 404", of_upload),
    Row("post", "regulation_preview", ONLY_GET, of_upload),
    Row("get", "regulation_load", ONLY_POST, of_upload),
    Row("post", "regulation_load", "in 403 422 422 403 403 422 403 403 403 404", of_upload),
    Row("post", "regulation_load", "in 403 409 409 403 403 409 403 403 403 404", of_upload,
        says(seen=0, published_on="2099-01-01"), note="something else was loaded since"),
    Row("post", "regulation_load", "in 403 to to 403 403 to 403 403 403 404", of_upload,
        lambda things, people: {"seen": things.version.pk, "published_on": "2099-01-01"}, note="as shown"),
    Row("get", "regulation_discard", ONLY_POST, of_upload),
    Row("post", "regulation_discard", "in 403 to to 403 403 to 403 403 403 404", of_upload),
    Row("get", "regulation_acknowledge", ONLY_POST, of_regulation),
    Row("post", "regulation_acknowledge", "in to to to to to to to to to 404", of_regulation),
    Row("get", "regulation_acknowledgements", "in 403 200 200 403 403 200 200 403 200 404", of_regulation),
    Row("post", "regulation_acknowledgements", ONLY_GET, of_regulation),
    Row("get", "article_question_new", "in 200 200 200 200 200 200 200 200 200 404", of_regulation),
    Row("post", "article_question_new", "in 422 422 422 422 422 422 422 422 422 404", of_regulation),
    Row("post", "article_question_new", "in to to to to to to to to to 404", of_regulation,
        says(article="7.p2", text="实习生怎么写部门？"), note="asked"),
    Row("get", "article_questions", ALL),
    Row("post", "article_questions", ONLY_GET),
    Row("get", "article_question", "in 200 200 200 404 404 404 404 404 404 404", pk("article_question")),
    Row("post", "article_question", ONLY_GET, pk("article_question")),
    Row("get", "article_question_answer", ONLY_POST, pk("article_question")),
    Row("post", "article_question_answer", "in 403 422 422 404 404 404 404 404 404 404", pk("article_question")),
    Row("post", "article_question_answer", "in 403 to to 404 404 404 404 404 404 404", pk("article_question"),
        says(answer="写所在部门。", how="private"), note="answered"),
    Row("get", "article_question_withdraw", ONLY_POST, pk("article_question")),
    Row("post", "article_question_withdraw", "in to 403 403 404 404 404 404 404 404 404", pk("article_question")),
    Row("get", "interpretation", SAME_ORGANISATION, pk("interpretation")),
    Row("post", "interpretation", ONLY_GET, pk("interpretation")),
    Row("get", "interpretation_replace", ONLY_POST, pk("interpretation")),
    Row("post", "interpretation_replace", "in 403 422 422 403 403 403 403 403 403 404", pk("interpretation")),
    Row("post", "interpretation_replace", "in 403 to to 403 403 403 403 403 403 404", pk("interpretation"),
        says(text="改写。", reason="更清楚。"), note="replaced"),
    Row("get", "interpretation_withdraw", ONLY_POST, pk("interpretation")),
    Row("post", "interpretation_withdraw", "in 403 422 422 403 403 403 403 403 403 404", pk("interpretation")),
    Row("post", "interpretation_withdraw", "in 403 to to 403 403 403 403 403 403 404", pk("interpretation"),
        says(opinion="有误。"), note="withdrawn"),
]

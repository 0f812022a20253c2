"""The access table, written by hand: what each kind of person gets at each address by each method.

Columns: `anon` nobody signed in; `staff` an employee whom nothing here concerns (but one circulated request); `hr` the
submitter, of HR & Administration; `hr2` a colleague there; `pres` the president; `mvp` the marketing vice president;
`po` the President's Office; `gm` another project's General Manager's Office; `adm` the designated admin; `aud` an
auditor; `other` HR of another organisation.

`in`: sent to sign-in. `to`: done, and sent on. 404: does not exist for them. 403: seen but not theirs, with the reason.
405: not by this method. 409: too late. 422: something is missing, said at the field.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

ROLES = ["anon", "staff", "hr", "hr2", "pres", "mvp", "po", "gm", "adm", "aud", "other"]


@dataclass(frozen=True)
class Row:
    method: str
    name: str
    outcomes: str
    where: Callable[[Any], dict[str, Any]] = lambda things: {}
    data: Callable[[Any, Any], dict[str, Any]] | None = None
    note: str = ""


def pk(name: str) -> Callable[[Any], dict[str, Any]]:
    return lambda things: {"pk": getattr(things, name).pk}


def says(**fields: Any) -> Callable[[Any, Any], dict[str, Any]]:
    return lambda things, people: fields


#                                                       anon staff hr  hr2 pres mvp po  gm  adm aud other
ONLY_POST = "in 405 405 405 405 405 405 405 405 405 405"
ONLY_GET = "in 405 405 405 405 405 405 405 405 405 405"
SAME_ORGANISATION = "in 200 200 200 200 200 200 200 200 200 404"
KEEPERS = "in 403 200 200 403 403 403 403 403 403 200"
ALL = "in 200 200 200 200 200 200 200 200 200 200"


def of_type(things: Any) -> dict[str, Any]:
    return {"type": "planning_group"}


def of_tenure(things: Any) -> dict[str, Any]:
    return {"pk": things.office.pk, "tenure_pk": things.tenure.pk}


def of_year(things: Any) -> dict[str, Any]:
    return {"pk": things.calendar.pk, "year": 2027}


def of_company(things: Any) -> dict[str, Any]:
    return {"pk": things.world.project.pk}


def of_calendar(things: Any, people: Any) -> dict[str, Any]:
    return {"calendar": things.calendar.pk}


def of_import(things: Any) -> dict[str, Any]:
    return {"uuid": things.people_import.uuid}


def of_job(things: Any) -> dict[str, Any]:
    return {"uuid": things.job.uuid}


# allauth's own addresses: sign-in, devices and passwords are the same for everybody; tests/accounts/ tries them.
OPEN = [
    "account_change_password",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_set_password",
    "account_signup",
    "usersessions_list",
]

ROWS = [
    # --- desk, inbox, language ----------------------------------------------------------------------------------------
    Row("get", "desk", ALL),
    Row("post", "desk", ONLY_GET),
    Row("get", "inbox", ALL),
    Row("post", "inbox", ONLY_GET),
    Row("get", "inbox_seen", ONLY_POST),
    Row("post", "inbox_seen", "in to to to to to to to to to to"),
    Row("get", "inbox_open", ONLY_POST, pk("notice")),
    Row("post", "inbox_open", "in 404 404 404 to 404 404 404 404 404 404", pk("notice")),
    Row("get", "circulation_open", ONLY_POST, pk("circulation")),
    Row("post", "circulation_open", "in to 404 404 404 404 404 404 404 404 404", pk("circulation")),
    Row("get", "duty_sent", ONLY_POST, pk("duty")),
    Row("get", "set_language_choice", "405 405 405 405 405 405 405 405 405 405 405"),
    Row("post", "set_language_choice", "to to to to to to to to to to to", data=says(language="en")),
    # --- how the portal runs ------------------------------------------------------------------------------------------
    Row("get", "operations", "in 403 200 200 403 403 403 403 403 200 200"),
    Row("post", "operations", ONLY_GET),
    Row("get", "deliveries_send_again", ONLY_POST),
    Row("post", "deliveries_send_again", "in 403 to to 403 403 403 403 403 403 to"),
    Row("get", "delivery_send_again", ONLY_POST, pk("delivery")),
    Row("post", "delivery_send_again", "in 403 to to 403 403 403 403 403 403 404", pk("delivery")),
    # --- set-up: here somebody can sign in already ----------------------------------------------------------------------
    Row("get", "set_up", KEEPERS),
    Row("post", "set_up", "405 405 405 405 405 405 405 405 405 405 405"),
    Row("get", "set_up_enter", "to to to to to to to to to to to", lambda things: {"token": "made-up"}),
    Row("post", "set_up_enter", "405 405 405 405 405 405 405 405 405 405 405", lambda things: {"token": "made-up"}),
    Row("get", "set_up_begin", "405 405 405 405 405 405 405 405 405 405 405"),
    Row("post", "set_up_begin", "to to to to to to to to to to to", data=says(token="made-up")),
    Row("get", "set_up_organisation", "to to to to to to to to to to to"),
    Row("post", "set_up_organisation", "409 to to to to to to to to to to", data=says(name="别家", language="en")),
    Row("get", "set_up_person", "to to to to to to to to to to to"),
    Row("post", "set_up_person", "422 to to to to to to to to to to"),
    Row("get", "set_up_companies", KEEPERS),
    Row("post", "set_up_companies", "in 403 422 422 403 403 403 403 403 403 422"),
    Row("get", "set_up_regulation", KEEPERS),
    Row("post", "set_up_regulation", "in 403 422 422 403 403 403 403 403 403 422"),
    Row("get", "set_up_offices", KEEPERS),
    Row("post", "set_up_offices", "in 403 422 422 403 403 403 403 403 403 422"),
    Row("get", "set_up_put_away", ONLY_POST),
    Row("post", "set_up_put_away", "in 403 to to 403 403 403 403 403 403 to"),
    # --- files and jobs -----------------------------------------------------------------------------------------------
    Row("get", "file", "in 404 200 200 200 404 200 404 404 200 404", lambda things: {"uuid": things.file.uuid}),
    Row("post", "file", ONLY_GET, lambda things: {"uuid": things.file.uuid}),
    Row("get", "jobs", ALL),
    Row("post", "jobs", ONLY_GET),
    # --- creation requests --------------------------------------------------------------------------------------------
    Row("get", "creation_requests", ALL),
    Row("post", "creation_requests", ONLY_GET),
    Row("get", "creation_request_types", ALL),
    Row("post", "creation_request_types", ONLY_GET),
    Row(
        "get",
        "creation_request_new",
        "in 403 200 200 403 403 403 403 403 403 200",
        lambda things: {"type": "planning_group"},
    ),
    Row("get", "creation_request", "in 404 200 404 404 404 404 404 404 404 404", pk("draft"), note="draft"),
    Row("get", "creation_request", "in 404 200 200 200 404 200 404 404 200 404", pk("submitted"), note="submitted"),
    Row("get", "creation_request", "in 200 200 200 404 200 200 404 404 200 404", pk("refused"), note="circulated"),
    Row("post", "creation_request", ONLY_GET, pk("submitted")),
    Row("get", "creation_request_print", "in 404 200 404 404 404 404 404 404 404 404", pk("draft"), note="draft"),
    Row("get", "creation_request_print", "in 404 200 200 200 404 200 404 404 200 404", pk("submitted")),
    Row("post", "creation_request_print", ONLY_GET, pk("submitted")),
    Row("get", "creation_request_edit", "in 404 200 404 404 404 404 404 404 404 404", pk("draft"), note="draft"),
    Row(
        "get", "creation_request_edit", "in 404 200 403 404 403 403 404 404 403 404", pk("sent_back"), note="sent-back"
    ),
    Row("get", "creation_request_edit", "in 404 409 403 403 404 403 404 404 403 404", pk("submitted"), note="late"),
    Row("get", "creation_request_submit", ONLY_POST, pk("draft")),
    Row("post", "creation_request_submit", "in 404 to 404 404 404 404 404 404 404 404", pk("draft")),
    Row("post", "creation_request_submit", "in 404 409 403 403 404 403 404 404 403 404", pk("submitted"), note="late"),
    Row("get", "creation_request_approve", ONLY_POST, pk("submitted")),
    Row("post", "creation_request_approve", "in 404 403 403 to 404 403 404 404 403 404", pk("submitted")),
    Row("post", "creation_request_approve", "in 409 409 409 404 409 409 404 404 409 404", pk("refused"), note="late"),
    Row("get", "creation_request_send_back", ONLY_POST, pk("submitted")),
    Row(
        "post",
        "creation_request_send_back",
        "in 404 403 403 422 404 403 404 404 403 404",
        pk("submitted"),
        note="silent",
    ),
    Row(
        "post",
        "creation_request_send_back",
        "in 404 403 403 to 404 403 404 404 403 404",
        pk("submitted"),
        says(opinion="请补充名单。"),
    ),
    Row("get", "creation_request_refuse", ONLY_POST, pk("submitted")),
    Row(
        "post", "creation_request_refuse", "in 404 403 403 422 404 403 404 404 403 404", pk("submitted"), note="silent"
    ),
    Row(
        "post",
        "creation_request_refuse",
        "in 404 403 403 to 404 403 404 404 403 404",
        pk("submitted"),
        says(opinion="暂不需要。"),
    ),
    Row("get", "creation_request_withdraw", ONLY_POST, pk("submitted")),
    Row("post", "creation_request_withdraw", "in 404 to 403 403 404 403 404 404 403 404", pk("submitted")),
    Row("get", "creation_request_circulate", ONLY_POST, pk("submitted")),
    # --- after the approval -------------------------------------------------------------------------------------------
    Row(
        "get",
        "designation_new",
        "in 404 403 403 403 404 200 404 404 403 404",
        lambda things: {"pk": things.to_designate.pk},
    ),
    Row("get", "designation", "in 404 200 200 404 200 200 404 200 200 404", pk("proposed")),
    Row("post", "designation", ONLY_GET, pk("proposed")),
    Row("get", "designation_accept", ONLY_POST, pk("proposed")),
    Row("post", "designation_accept", "in 404 403 403 404 403 403 404 to 403 404", pk("proposed")),
    Row("get", "designation_decline", ONLY_POST, pk("proposed")),
    Row(
        "post", "designation_decline", "in 404 403 403 404 403 403 404 to 403 404", pk("proposed"), says(reply="出差。")
    ),
    Row("get", "establishment", "in 404 403 403 404 403 403 404 200 403 404", pk("to_establish")),
    Row("get", "filing", "in 404 200 200 404 200 200 404 200 200 404", pk("filed")),
    Row("post", "filing", ONLY_GET, pk("filed")),
    Row("get", "filing_print", "in 404 200 200 404 200 200 404 200 200 404", pk("filed")),
    Row("post", "filing_print", ONLY_GET, pk("filed")),
    Row("get", "filing_acknowledge", ONLY_POST, pk("filed")),
    Row("post", "filing_acknowledge", "in 404 to to 404 403 403 404 403 403 404", pk("filed")),
    Row("get", "filing_ask_completion", ONLY_POST, pk("filed")),
    Row(
        "post",
        "filing_ask_completion",
        "in 404 to to 404 403 403 404 403 403 404",
        pk("filed"),
        says(remark="请补充客户人数。"),
    ),
    Row("get", "filing_complete", ONLY_POST, pk("returned")),
    Row(
        "post",
        "filing_complete",
        "in 404 to 403 404 403 403 404 to 403 404",
        pk("returned"),
        says(supplement="客户 9 人，来自认购名单。"),
    ),
    # --- register -----------------------------------------------------------------------------------------------------
    Row("get", "register", ALL),
    Row("post", "register", ONLY_GET),
    Row("get", "group", "in 404 200 200 200 404 200 404 404 200 404", pk("to_designate"), note="planning"),
    Row("get", "group", "in 404 200 200 404 200 200 404 200 200 404", pk("to_establish"), note="platform"),
    Row("post", "group", ONLY_GET, pk("to_designate")),
    # --- the same address for the other method, and what is left ------------------------------------------------------
    Row("get", "register_export", ONLY_POST),
    Row("post", "register_export", "in to to to to to to to to to to"),
    Row("post", "duty_sent", "in 404 to to to 404 to 404 404 to 404", pk("duty")),
    Row("post", "creation_request_new", "in 403 422 422 403 403 403 403 403 403 422", of_type, says(action="submit")),
    Row(
        "post",
        "creation_request_edit",
        "in 404 422 404 404 404 404 404 404 404 404",
        pk("draft"),
        says(action="submit"),
    ),
    Row("post", "creation_request_circulate", "in 404 422 422 422 404 422 404 404 422 404", pk("submitted")),
    Row("post", "designation_new", "in 404 403 403 403 404 422 404 404 403 404", pk("to_designate")),
    Row("post", "establishment", "in 404 403 403 404 403 403 404 422 403 404", pk("to_establish")),
    # --- roster orders --------------------------------------------------------------------------------------------------
    Row("get", "my_roster_orders", ALL),
    Row("post", "my_roster_orders", ONLY_GET),
    Row("get", "roster_orders", "in 404 200 200 404 200 200 404 200 200 404", lambda things: {"pk": things.filed.group_id}),
    Row("post", "roster_orders", ONLY_GET, lambda things: {"pk": things.filed.group_id}),
    Row("get", "roster_orders_done", ONLY_POST, lambda things: {"pk": things.filed.group_id}),
    Row(
        "post",
        "roster_orders_done",
        "in 404 403 403 404 403 403 404 422 403 404",
        lambda things: {"pk": things.filed.group_id},
    ),
    # --- people, offices, companies -----------------------------------------------------------------------------------
    Row("get", "people", ALL),
    Row("post", "people", ONLY_GET),
    Row("get", "person", SAME_ORGANISATION, pk("person")),
    Row("post", "person", ONLY_GET, pk("person")),
    Row("get", "my_page", ALL),
    Row("post", "my_page", ONLY_GET),
    Row("get", "companies", ALL),
    Row("post", "companies", ONLY_GET),
    Row("get", "offices", ALL),
    Row("post", "offices", ONLY_GET),
    Row("get", "office", SAME_ORGANISATION, pk("office")),
    Row("post", "office", ONLY_GET, pk("office")),
    Row("get", "tenure_begin", ONLY_POST, pk("office")),
    Row("post", "tenure_begin", "in 403 422 422 403 403 403 403 403 403 404", pk("office")),
    Row("get", "tenure_end", ONLY_POST, of_tenure),
    Row("post", "tenure_end", "in 403 422 422 403 403 403 403 403 403 404", of_tenure),
    Row("get", "alias_add", ONLY_POST, pk("department")),
    Row("post", "alias_add", "in 403 422 422 403 403 403 403 403 403 404", pk("department")),
    Row("get", "alias_remove", ONLY_POST, pk("department")),
    Row("post", "alias_remove", "in 403 to to 403 403 403 403 403 403 404", pk("department")),
    Row("get", "people_import", KEEPERS),
    Row("post", "people_import", "in 403 422 422 403 403 403 403 403 403 422", data=says(complete="")),
    Row("get", "people_import_template", KEEPERS),
    Row("post", "people_import_template", ONLY_GET),
    Row("get", "people_import_preview", "in 403 200 200 403 403 403 403 403 403 404", of_import),
    Row("post", "people_import_preview", ONLY_GET, of_import),
    Row("get", "people_import_confirm", ONLY_POST, of_import),
    Row(
        "post", "people_import_confirm", "in 403 409 409 403 403 403 403 403 403 404", of_import, says(digest="0" * 64)
    ),
    Row("get", "people_import_compare", ONLY_POST, of_import),
    Row("post", "people_import_compare", "in 403 to to 403 403 403 403 403 403 404", of_import),
    Row("get", "people_import_discard", ONLY_POST, of_import),
    Row("post", "people_import_discard", "in 403 to to 403 403 403 403 403 403 404", of_import),
    # --- working calendars --------------------------------------------------------------------------------------------
    Row("get", "calendars", ALL),
    Row("post", "calendars", ONLY_GET),
    Row("get", "calendar", SAME_ORGANISATION, pk("calendar")),
    Row("post", "calendar", ONLY_GET, pk("calendar")),
    Row("get", "calendar_new", KEEPERS),
    Row("post", "calendar_new", "in 403 422 422 403 403 403 403 403 403 422"),
    Row("get", "calendar_hours", "in 403 200 200 403 403 403 403 403 403 404", pk("calendar")),
    Row("post", "calendar_hours", "in 403 422 422 403 403 403 403 403 403 404", pk("calendar")),
    Row("get", "calendar_year", "in 403 200 200 403 403 403 403 403 403 404", of_year),
    Row("post", "calendar_year", "in 403 422 422 403 403 403 403 403 403 404", of_year),
    Row("get", "company_calendar", ONLY_POST, of_company),
    Row("post", "company_calendar", "in 403 to to 403 403 403 403 403 403 404", of_company, of_calendar),
    # --- jobs of one's own --------------------------------------------------------------------------------------------
    Row("get", "job", "in 404 200 404 404 404 404 404 404 404 404", of_job),
    Row("post", "job", ONLY_GET, of_job),
    Row("get", "planning", "in 403 200 200 403 403 200 200 403 200 200"),
    Row("post", "planning", ONLY_GET),
    Row("get", "planning_export", ONLY_POST),
    Row("post", "planning_export", "in 403 to to 403 403 to to 403 to to"),
    # --- regulations --------------------------------------------------------------------------------------------------
    Row("get", "regulations", ALL),
    Row("post", "regulations", ONLY_GET),
    Row("get", "regulation", SAME_ORGANISATION, lambda things: {"pk": things.version.regulation_id}),
    Row("get", "regulation_print", SAME_ORGANISATION, lambda things: {"pk": things.version.regulation_id}),
    Row("post", "regulation_print", ONLY_GET, lambda things: {"pk": things.version.regulation_id}),
    Row("get", "wechat_guide", ALL),
    Row("post", "wechat_guide", ONLY_GET),
    Row("post", "regulation", ONLY_GET, lambda things: {"pk": things.version.regulation_id}),
    Row("get", "questions", ALL),
    Row("post", "questions", ONLY_GET),
    Row("get", "question", SAME_ORGANISATION, pk("question")),
    Row("post", "question", ONLY_GET, pk("question")),
    Row("get", "question_answer", ONLY_POST, pk("question")),
    Row("post", "question_answer", "in 403 403 403 422 403 403 403 403 403 404", pk("question")),
]

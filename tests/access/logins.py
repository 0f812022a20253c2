"""The rows of the access table about logins. Columns as in `table.py`."""

from typing import Any

from governance.directory.queries.invitations import token_of
from tests.access.table import ALL, KEEPERS, ONLY_GET, ONLY_POST, Row, pk, says


def of_round(things: Any) -> dict[str, Any]:
    return {"uuid": things.round.uuid}


def of_invited(things: Any) -> dict[str, Any]:
    return {"pk": things.invitation.person_id}


def of_link(things: Any) -> dict[str, Any]:
    return {"token": token_of(things.invitation.seed)}


NEW_PASSWORD = {"new_password1": "a-quiet-harbour-9", "new_password2": "a-quiet-harbour-9"}

ROWS = [
    Row("get", "person_invite", ONLY_POST, pk("person")),
    Row("post", "person_invite", "in 403 to to 403 403 403 403 403 403 404", of_invited),
    Row("post", "person_invite", "in 403 403 403 403 403 403 403 403 403 404", pk("person"), note="has a login"),
    Row("get", "person_reset_password", ONLY_POST, pk("person")),
    Row("post", "person_reset_password", "in 403 to to 403 403 403 403 403 403 404", pk("person")),
    Row("get", "person_invitation", "in 403 200 403 403 403 403 403 403 403 404", of_invited),
    Row("post", "person_invitation", ONLY_GET, of_invited),
    Row("get", "person_sign_out", ONLY_POST, pk("person")),
    Row("post", "person_sign_out", "in 403 to to 403 403 403 403 403 403 404", pk("person")),
    Row("post", "person_sign_out", "in 403 403 403 403 403 403 403 403 403 404", of_invited, note="no login"),
    Row("get", "my_sign_ins", ALL),
    Row("post", "my_sign_ins", ONLY_GET),
    Row("get", "person_slip", "in 403 200 403 403 403 403 403 403 403 404", of_invited),
    Row("post", "person_slip", ONLY_GET, of_invited),
    Row("get", "invitations_new", KEEPERS),
    Row("post", "invitations_new", ONLY_GET),
    Row("get", "invitations_make", ONLY_POST),
    Row("post", "invitations_make", "in 403 422 422 403 403 403 403 403 403 422", data=says(scope="picked")),
    Row("post", "invitations_make", "in 403 to to 403 403 403 403 403 403 422", data=says(scope="all", invited="all"), note="all"),
    Row("get", "invitations_given", KEEPERS),
    Row("post", "invitations_given", ONLY_GET),
    Row("get", "invitation_round", "in 403 200 404 403 403 403 403 403 403 404", of_round),
    Row("post", "invitation_round", ONLY_GET, of_round),
    Row("get", "invitation_slips", "in 403 200 404 403 403 403 403 403 403 404", of_round),
    Row("post", "invitation_slips", ONLY_GET, of_round),
    Row("get", "invitation_revoke", ONLY_POST, pk("invitation")),
    Row("post", "invitation_revoke", "in 403 to to 403 403 403 403 403 403 404", pk("invitation")),
    # `hr` asked, for `pres`
    Row("get", "reset", "in 404 200 200 200 404 200 404 404 404 404", pk("reset")),
    Row("post", "reset", ONLY_GET, pk("reset")),
    Row("get", "reset_consent", ONLY_POST, pk("reset")),
    Row("post", "reset_consent", "in 404 403 to 403 404 to 404 404 404 404", pk("reset")),
    Row("get", "reset_refuse", ONLY_POST, pk("reset")),
    Row("post", "reset_refuse", "in 404 403 to to 404 to 404 404 404 404", pk("reset")),
    Row("get", "invitation_accept", "200 200 200 200 200 200 200 200 200 200 200", of_link),
    Row("post", "invitation_accept", "to to to to to to to to to to to", of_link, says(**NEW_PASSWORD)),
    Row("post", "invitation_accept", "404 404 404 404 404 404 404 404 404 404 404", lambda things: {"token": "0"}, note="x"),
]

"""Ready text of a duty, and noting that it was sent in WeChat."""

from datetime import timedelta

import pytest
from django.utils import translation

from governance.audit.queries import history_of
from governance.duties import actions, kinds
from governance.duties.actions.handing_over import Clock
from governance.duties.kinds import DutyKind
from governance.duties.permissions import visible_duties
from governance.duties.ready_text import ready_text_for
from governance.files.actions import store
from governance.notifications.models import Notice
from governance.notifications.wordings import text_of, wordings
from governance.workflow import WrongState
from tests import factories
from tests.factories import NOW
from tests.files.samples import upload

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _kind(monkeypatch):
    monkeypatch.setattr(kinds, "kinds", {})
    monkeypatch.setitem(wordings, "duty-decide", None)
    kinds.register(DutyKind("decide", "to decide", "Decide", "Please decide on “%(title)s”"))
    with translation.override("en"):
        yield


@pytest.fixture
def submitter():
    return factories.make_user()


@pytest.fixture
def organisation(submitter):
    return submitter.organisation


@pytest.fixture
def holder(organisation):
    return factories.make_holder(organisation=organisation, code="president", name="李建国")


@pytest.fixture
def subject(submitter):
    """Anything with an address and a history."""
    return store(upload(), organisation=submitter.organisation, by=submitter, now=NOW)


@pytest.fixture
def duty(subject, holder):
    office = holder.person.tenures.get().office
    return actions.hand_over(subject, "decide", to=office, now=NOW, clock=Clock(days=2))


def make_overseer(organisation):
    factories.make_office(organisation=organisation, code="office", oversees=True)
    return factories.make_holder(organisation=organisation, code="office")


def sent(subject):
    return [event.actor for event in history_of(subject).filter(verb="sent_in_wechat")]


def test_ready_text_of_an_offices_duty(duty, subject):
    assert ready_text_for(duty, name="李建国") == (
        "Hello 李建国,\nPlease decide on “说明.pdf”\nPlease see to it by 4 Mar 18:00 (provisional).\n"
        f"http://127.0.0.1:8000{subject.get_absolute_url()}"
    )


def test_ready_text_of_a_persons_duty_greets_the_person(subject, holder):
    duty = actions.hand_over(subject, "decide", to=holder.person, now=NOW)
    assert ready_text_for(duty).splitlines()[0] == "Hello 李建国,"


def test_notice_of_a_duty_says_its_due_time(duty, holder):
    [notice] = Notice.objects.filter(person=holder.person)
    assert text_of(notice) == ("Please decide on “说明.pdf”", "Due 4 Mar 18:00 (provisional).")


def test_duty_is_visible_to_who_has_it_who_took_part_and_who_oversees(duty, organisation, holder, submitter):
    overseer = make_overseer(organisation)
    stranger = factories.make_holder(organisation=organisation, code="other")
    elsewhere = make_overseer(factories.make_organisation())
    users = {"holder": holder, "took part": submitter, "oversees": overseer, "stranger": stranger, "else": elsewhere}
    assert [name for name, user in users.items() if visible_duties(user, on=TODAY).filter(pk=duty.pk).exists()] == [
        "holder",
        "took part",
        "oversees",
    ]


def test_sending_is_noted_in_the_history(client, duty, subject, submitter):
    client.force_login(submitter)
    response = client.post(f"/duties/{duty.pk}/sent/")
    assert (response.status_code, response.headers["Location"]) == (302, subject.get_absolute_url())
    assert sent(subject) == [submitter]
    duty.refresh_from_db()
    assert duty.closed_at is None


@pytest.mark.parametrize(("next", "leads_to"), [("/jobs/?a=b", "/jobs/?a=b"), ("https://evil.example/", None)])
def test_sending_leads_back_to_the_page_it_was_copied_from(client, duty, subject, submitter, next, leads_to):
    client.force_login(submitter)
    response = client.post(f"/duties/{duty.pk}/sent/", {"next": next})
    assert response.headers["Location"] == (leads_to or subject.get_absolute_url())


def test_second_click_notes_nothing_more(duty, subject, submitter, holder):
    for minutes, user in ((0, submitter), (0.5, submitter), (0.5, holder), (3, submitter)):
        actions.mark_sent(duty, by=user, now=NOW + timedelta(minutes=minutes))
    assert sorted(sent(subject), key=str) == sorted([submitter, holder, submitter], key=str)


def test_sending_what_is_done_meanwhile_is_refused(client, duty, subject, holder, submitter):
    actions.close(subject, by=holder, now=NOW)
    duty.refresh_from_db()
    with pytest.raises(WrongState):
        actions.mark_sent(duty, by=submitter, now=NOW)
    client.force_login(submitter)
    assert client.post(f"/duties/{duty.pk}/sent/").status_code == 409
    assert sent(subject) == []


def test_strangers_duty_is_not_found(client, duty, subject, organisation):
    client.force_login(factories.make_holder(organisation=organisation, code="other"))
    assert client.post(f"/duties/{duty.pk}/sent/").status_code == 404
    assert sent(subject) == []


def test_link_alone_notes_nothing(client, duty, subject, submitter):
    client.force_login(submitter)
    assert client.get(f"/duties/{duty.pk}/sent/").status_code == 405
    assert sent(subject) == []

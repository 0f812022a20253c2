"""抄送 of a request: to persons and offices, at any time, with the submission or with the decision; read by a POST."""

from datetime import date

import pytest

from governance.directory.actions import end_tenure
from governance.directory.models import Office, Tenure
from governance.notifications.actions import circulate
from governance.notifications.models import Circulation
from groups.models import CreationRequest
from tests.factories import NOW, make_creation_request, make_group_company, make_tenure, make_user
from tests.groups.reading import get, post, words

pytestmark = pytest.mark.django_db
State = CreationRequest.State


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def waiting(world):
    return make_creation_request(world=world, at=State.SUBMITTED)


def office(code):
    return Office.objects.get(code=code)


def shown_to():
    return [(str(row.office or ""), row.person.name) for row in Circulation.objects.order_by("pk")]


def test_office_and_person_are_shown_it_and_listed(client, world, waiting):
    staff = make_user(company=world.project, name="李工")
    post(
        client, world.hr_admin, "creation_request_circulate", waiting.pk,
        people=[staff.person.pk], offices=[office("marketing_vp").pk], note="请知悉",
    )  # fmt: skip
    assert sorted(shown_to()) == [("", "李工"), ("营销副总", "何丽华")]
    page = words(get(client, world.president, "creation_request", waiting.pk))
    assert "抄送 " in page
    assert "营销副总 何丽华 未阅" in page
    assert "李工 渝北项目公司 · 未阅" in page


def test_read_is_said_by_a_post_and_shown(client, world, waiting):
    circulate(waiting, [], offices=[office("marketing_vp")], by=world.hr_admin, now=NOW)
    page = words(get(client, world.marketing_vp, "creation_request", waiting.pk))
    assert "周敏 " in page
    assert "已阅" in page
    assert Circulation.objects.get().seen_at is None
    assert post(client, world.marketing_vp, "circulation_open", Circulation.objects.get().pk).url == waiting.get_absolute_url()
    assert Circulation.objects.get().seen_at is not None
    assert get(client, world.marketing_vp, "creation_request", waiting.pk).context["page"].talk.unread is None


def test_later_holder_of_the_office_sees_it_too(client, world, waiting):
    circulate(waiting, [], offices=[office("marketing_vp")], by=world.hr_admin, now=NOW)
    successor = make_user(company=world.headquarters, name="新任副总")
    assert get(client, successor, "creation_request", waiting.pk).status_code == 404
    make_tenure(office=office("marketing_vp"), person=successor.person)
    assert get(client, successor, "creation_request", waiting.pk).status_code == 200


def test_who_left_the_office_was_shown_it_all_the_same(client, world, waiting):
    circulate(waiting, [], offices=[office("marketing_vp")], by=world.hr_admin, now=NOW)
    Tenure.objects.filter(person=world.marketing_vp.person).update(ends_on=date(2026, 3, 3))
    assert get(client, world.marketing_vp, "creation_request", waiting.pk).status_code == 200


def test_person_shown_it_before_is_shown_it_once_for_both(world, waiting):
    circulate(waiting, [world.marketing_vp.person], by=world.hr_admin, now=NOW)
    assert circulate(waiting, [], offices=[office("marketing_vp")], by=world.hr_admin, now=NOW) == []
    assert shown_to() == [("营销副总", "何丽华")]


def test_reader_of_a_circulation_changes_nothing(client, world, waiting):
    circulate(waiting, [], offices=[office("marketing_vp")], by=world.hr_admin, now=NOW)
    assert post(client, world.marketing_vp, "creation_request_approve", waiting.pk).status_code == 403


@pytest.mark.parametrize("step", ["approve", "send_back", "refuse"])
def test_offices_ticked_beside_a_decision_are_shown_it(client, world, waiting, step):
    page = get(client, world.president, "creation_request", waiting.pk).content.decode()
    assert f'name="inform" value="{office("marketing_vp").pk}"' in page
    post(client, world.president, f"creation_request_{step}", waiting.pk, opinion="请知悉。", inform=[office("marketing_vp").pk])
    assert shown_to() == [("营销副总", "何丽华")]


def test_decision_that_is_refused_shows_nobody_anything(client, world, waiting):
    response = post(client, world.president, "creation_request_refuse", waiting.pk, opinion="", inform=[office("marketing_vp").pk])
    assert (response.status_code, shown_to()) == (422, [])


def test_offices_ticked_beside_a_submission_are_shown_it(client, world):
    draft = make_creation_request(world=world)
    post(client, world.hr_admin, "creation_request_submit", draft.pk, inform=[office("marketing_vp").pk])
    assert shown_to() == [("营销副总", "何丽华")]


def test_offices_ticked_on_the_form_are_shown_it_when_it_is_submitted(client, world):
    tick = {"inform": [office("marketing_vp").pk], "purpose": "推动。"}
    post(client, world.hr_admin, "creation_request_new", "planning_group", action="draft", **tick)
    assert shown_to() == []
    post(client, world.hr_admin, "creation_request_new", "planning_group", action="submit", name_suffix="（二）", **tick)
    assert shown_to() == [("营销副总", "何丽华")]


def test_office_of_another_organisation_is_nobody_here(client, world, waiting):
    other = make_group_company(name="别家").marketing_vp.person.tenures.get().office
    assert post(client, world.hr_admin, "creation_request_circulate", waiting.pk, offices=[other.pk]).status_code == 422
    post(client, world.president, "creation_request_approve", waiting.pk, inform=[other.pk])
    assert shown_to() == []


def test_office_that_nobody_holds_is_not_offered(client, world, waiting):
    end_tenure(office("marketing_vp").tenures.get(), ends_on=date(2026, 3, 2), by=None, now=NOW)
    page = get(client, world.president, "creation_request", waiting.pk)
    assert "marketing_vp" not in [found.code for found in page.context["offices"]]

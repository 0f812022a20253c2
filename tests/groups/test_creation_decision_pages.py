"""What one does on the page of a request: each step, refused, late, from another organisation; circulating."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.audit.models import Event
from governance.duties.models import Duty
from governance.notifications.models import Circulation
from groups.actions import creation
from groups.models import CreationRequest, Group
from tests.factories import (
    make_creation_request,
    make_group_company,
    make_person,
    make_user,
)
from tests.groups.facts import fresh
from tests.groups.reading import get, post, words

pytestmark = pytest.mark.django_db
State = CreationRequest.State


@pytest.fixture
def world():
    return make_group_company()


# --- deciding ---------------------------------------------------------------------------------------------------------
def test_approving_on_the_page_leads_to_the_desk_with_a_word(client, world):
    assistants = [make_person(company=world.headquarters, name=name, post="总裁助理") for name in ("吴静", "孙伟")]
    request = make_creation_request(world=world, at="submitted", exceptional=dict.fromkeys(assistants, ""))
    ticked = request.consents.get(person__name="孙伟")
    response = post(client, world.president, "creation_request_approve", request.pk, consents=[ticked.pk], opinion="同意。")
    assert (response.status_code, response.url) == (302, reverse("desk"))
    assert "已同意“集团高管工作群”，转指定群管理员。未勾选的 1 人不进群。" in words(client.get(reverse("desk")))
    assert {consent.person.name: consent.state for consent in request.consents.all()} == {"吴静": "declined", "孙伟": "given"}
    page = get(client, world.president, "creation_request", request.pk).content.decode()
    assert re.search(r'<span class="seal[^"]*">同意</span>', page)


@pytest.mark.parametrize("step", ["send_back", "refuse"])
def test_missing_reason_sends_the_page_back_with_everything(client, world, step):
    assistant = make_person(company=world.headquarters, name="吴静", post="总裁助理")
    request = make_creation_request(world=world, at="submitted", exceptional={assistant: ""})
    consent = request.consents.get()
    response = post(client, world.president, f"creation_request_{step}", request.pk, opinion=" ", consents=[consent.pk])
    page = response.content.decode()
    assert (response.status_code, fresh(request).state) == (422, "submitted")
    assert "请写明理由，便于申请人办理。" in page
    assert re.search(r'<textarea[^>]*id="opinion"[^>]*aria-invalid="true"', page)
    assert re.search(rf'value="{consent.pk}" id="consent-{consent.pk}" form="decision" checked', page)


@pytest.mark.parametrize(("step", "state"), [("send_back", "sent_back"), ("refuse", "refused")])
def test_sending_back_and_refusing_on_the_page(client, world, step, state):
    request = make_creation_request(world=world, at="submitted")
    response = post(client, world.president, f"creation_request_{step}", request.pk, opinion="请补充名单。")
    assert (response.status_code, response.url, fresh(request).state) == (302, reverse("desk"), state)
    page = get(client, world.hr_admin, "creation_request", request.pk)
    assert "总裁 陈国栋：请补充名单。" in words(page)


def test_opinion_that_is_too_long_is_not_cut(client, world):
    request = make_creation_request(world=world, at="submitted")
    response = post(client, world.president, "creation_request_approve", request.pk, opinion="长" * 1001)
    assert (response.status_code, fresh(request).state) == (422, "submitted")
    assert "长" * 1001 in response.content.decode()


POSTS = ["submit", "approve", "send_back", "refuse", "withdraw", "circulate"]


@pytest.mark.parametrize("step", POSTS)
def test_reading_an_address_of_a_step_changes_nothing(client, world, step):
    request = make_creation_request(world=world, at="submitted")
    before = Event.objects.count()
    assert get(client, world.president, f"creation_request_{step}", request.pk).status_code == 405
    assert (fresh(request).state, Event.objects.count()) == ("submitted", before)


@pytest.mark.parametrize("step", POSTS)
def test_another_organisation_knows_of_no_such_request(client, world, step):
    request = make_creation_request(world=world, at="submitted")
    stranger = make_group_company(name="别家集团").president
    assert post(client, stranger, f"creation_request_{step}", request.pk, opinion="同意").status_code == 404
    assert get(client, stranger, "creation_request", request.pk).status_code == 404
    assert fresh(request).state == "submitted"


@pytest.mark.parametrize("step", ["submit", "approve", "send_back", "refuse", "withdraw"])
def test_overseer_sees_and_does_not_decide(client, world, step):
    request = make_creation_request(world=world, at="submitted")
    before = Event.objects.count()
    response = post(client, world.presidents_office, f"creation_request_{step}", request.pk, opinion="同意")
    assert (response.status_code, fresh(request).state, Event.objects.count()) == (403, "submitted", before)


@pytest.mark.parametrize("step", ["approve", "send_back", "refuse"])
def test_late_click_is_told_who_and_when(client, world, step):
    request = make_creation_request(world=world, at="submitted")
    creation.approve(fresh(request), by=world.president, now=timezone.now())
    before = (Event.objects.count(), Duty.objects.count(), Group.objects.count())
    response = post(client, world.president, f"creation_request_{step}", request.pk, opinion="同意")
    assert response.status_code == 409
    assert "陈国栋" in words(response)
    assert (Event.objects.count(), Duty.objects.count(), Group.objects.count()) == before


def test_withdrawing_after_the_decision_is_late(client, world):
    request = make_creation_request(world=world, at="approved")
    assert post(client, world.hr_admin, "creation_request_withdraw", request.pk).status_code == 409
    assert fresh(request).state == "approved"


def test_anonymous_is_asked_to_sign_in(client, world):
    request = make_creation_request(world=world, at="submitted")
    for name, args in [("creation_requests", []), ("creation_request", [request.pk]), ("creation_request_types", [])]:
        response = client.get(reverse(name, args=args))
        assert (response.status_code, response.url.startswith(reverse("account_login"))) == (302, True)


# --- circulating ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("wanted", ["钱小", "qianxiao", "qxp"])
def test_people_are_found_to_circulate_to(client, world, wanted):
    person = make_person(company=world.project, name="钱小平")
    make_person(name="钱小平")  # of another organisation
    request = make_creation_request(world=world, at="submitted")
    response = get(client, world.president, "creation_request", request.pk, find=wanted)
    assert response.context["people"] == [person]
    client.force_login(world.president)
    fragment = client.get(request.get_absolute_url(), {"find": wanted}, headers={"HX-Request": "true"})
    assert [template.name for template in fragment.templates][0] == "groups/_creation_request_circulate.html"


def test_circulated_person_may_see_it_from_then_on(client, world):
    reader = make_user(company=world.headquarters, name="钱小平")
    request = make_creation_request(world=world, at="submitted")
    assert get(client, reader, "creation_request", request.pk).status_code == 404
    response = post(client, world.president, "creation_request_circulate", request.pk, people=[reader.person.pk], note="请阅")
    assert (response.status_code, Circulation.objects.get().person) == (302, reader.person)
    assert get(client, reader, "creation_request", request.pk).status_code == 200
    assert "陈国栋 抄送 钱小平" in [line.text for line in get(client, world.hr_admin, "creation_request", request.pk).context["page"].timeline]


def test_circulating_to_nobody_or_to_strangers(client, world):
    request = make_creation_request(world=world, at="submitted")
    stranger = make_person(name="别家人")
    for people in ([], [stranger.pk]):
        assert post(client, world.president, "creation_request_circulate", request.pk, people=people).status_code == 422
    assert Circulation.objects.count() == 0


def test_draft_is_not_circulated(client, world):
    request = make_creation_request(world=world)
    reader = make_person(company=world.headquarters, name="钱小平")
    assert post(client, world.hr_admin, "creation_request_circulate", request.pk, people=[reader.pk]).status_code == 403

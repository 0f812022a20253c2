"""征求意见: several are asked, the decision and its clock stay, what is open ends with the decision."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.commands.proofs import contradictions
from governance.directory.actions import people as directory
from governance.duties.ladders import LADDERS
from governance.duties.models import Duty
from governance.workflow import NotAllowed, WrongState
from groups.actions import comments, creation, inquiries, lapsing
from groups.models import CreationRequest, Inquiry
from tests.factories import NOW, make_creation_request, make_group_company, make_person, make_user
from tests.groups.facts import LATER, decide, fresh, open_duties, told, written
from tests.groups.reading import get, post, words

pytestmark = pytest.mark.django_db
State = CreationRequest.State
QUESTION = "人数是否合适？"


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def waiting(world):
    return make_creation_request(world=world, at=State.SUBMITTED)


@pytest.fixture
def engineer(world):
    """Somebody who holds no office and sees none of this otherwise."""
    return make_user(company=world.project, name="李工")


def ask(waiting, world, *users, question=QUESTION, now=LATER):
    return inquiries.ask(waiting, [user.person for user in users], question, by=world.president, now=now)


def state_of(*found):
    return [fresh(inquiry).state for inquiry in found]


def test_asked_persons_get_a_short_duty_and_the_approver_keeps_his(world, waiting, engineer):
    before = Duty.objects.open().of_subject(waiting).values().get()
    ask(waiting, world, engineer, world.marketing_vp)
    duties = [(duty.verb, duty.person.name if duty.person else str(duty.office)) for duty in open_duties().order_by("pk")]
    assert duties == [("approve", "总裁"), ("give_opinion", "李工"), ("give_opinion", "何丽华")]
    assert Duty.objects.open().of_subject(waiting).values().get() == before
    duty = Duty.objects.get(verb="give_opinion", person=engineer.person)
    assert (duty.days, duty.ladder, [rung.code for rung in LADDERS[duty.ladder]]) == (1, "opinion", ["holder-due-0"])
    assert list(contradictions()) == []


def test_asked_person_sees_the_request_and_only_from_then_on(client, world, waiting, engineer):
    assert get(client, engineer, "creation_request", waiting.pk).status_code == 404
    (inquiry,) = ask(waiting, world, engineer)
    page = words(get(client, engineer, "creation_request", waiting.pk))
    assert "陈国栋 征求您的意见" in page
    assert QUESTION in page
    assert get(client, engineer, "inquiry", inquiry.pk).url == waiting.get_absolute_url()
    inquiries.answer(inquiry, "合适。", by=engineer, now=LATER)
    assert get(client, engineer, "creation_request", waiting.pk).status_code == 200


def test_asked_person_does_not_decide(world, waiting, engineer):
    ask(waiting, world, engineer)
    with pytest.raises(NotAllowed):
        creation.approve(waiting, by=engineer, now=LATER)
    with pytest.raises(NotAllowed):
        inquiries.ask(waiting, [world.marketing_vp.person], QUESTION, by=engineer, now=LATER)


def test_approver_sees_who_has_answered_and_who_has_not(client, world, waiting, engineer):
    first, second, _third = ask(waiting, world, engineer, world.marketing_vp, world.presidents_office)
    inquiries.answer(first, "合适，建议设副管理员。", by=engineer, now=LATER)
    inquiries.have_no_view(second, by=world.marketing_vp, now=LATER)
    page = words(get(client, world.president, "creation_request", waiting.pk))
    assert "李工 渝北项目公司 已答复 合适，建议设副管理员。" in page
    assert "何丽华 集团本部 无意见" in page
    assert "许明哲 总裁办 未答复" in page
    assert [entry for entry in told() if entry[0] == "opinion-given"] == [("opinion-given", "陈国栋")] * 2


def test_asked_twice_is_one_inquiry(client, world, waiting, engineer):
    assert [len(ask(waiting, world, engineer)), len(ask(waiting, world, engineer, world.marketing_vp))] == [1, 1]
    assert Inquiry.objects.filter(person=engineer.person).count() == 1
    response = post(client, world.president, "creation_request_ask", waiting.pk, people=[engineer.person.pk], question="?")
    assert (response.status_code, Inquiry.objects.count()) == (302, 2)
    assert "已征求过，尚未答复。" in words(client.get(response.url))


def test_who_has_answered_may_be_asked_again(world, waiting, engineer):
    (first,) = ask(waiting, world, engineer)
    inquiries.answer(first, "合适。", by=engineer, now=LATER)
    assert len(ask(waiting, world, engineer, question="名称呢？")) == 1


@pytest.mark.parametrize(
    ("whom", "sentence"),
    [
        ("left", "李工 已不在职。"),
        ("no_login", "李工 还没有登录账号，无法在此答复。"),
        ("self", "无需征求自己的意见。"),
        ("submitter", "周敏 是申请人：请留言询问，或退回并写明问题。"),
        ("stranger", "李工 已不在职。"),
    ],
)
def test_who_cannot_answer_is_not_asked(world, waiting, engineer, whom, sentence):
    people = {"self": world.president.person, "submitter": world.hr_admin.person, "left": engineer.person}
    if whom == "left":
        directory.leave(engineer.person, on=NOW.date(), by=None, now=NOW)
    if whom == "no_login":
        people[whom] = make_person(company=world.project, name="李工")
    if whom == "stranger":
        people[whom] = make_user(company=make_group_company(name="别家").project, name="李工").person
    before = written()
    with pytest.raises(ValidationError) as refused:
        inquiries.ask(waiting, [people[whom], world.marketing_vp.person], QUESTION, by=world.president, now=LATER)
    assert refused.value.message_dict == {"people": [sentence]}
    assert (written(), Inquiry.objects.count()) == (before, 0)


@pytest.mark.parametrize("verb", ["approve", "send_back", "refuse", "withdraw"])
def test_open_inquiries_end_with_the_decision_and_the_asked_are_told(world, waiting, engineer, verb):
    first, second = ask(waiting, world, engineer, world.marketing_vp)
    inquiries.answer(first, "合适。", by=engineer, now=LATER)
    decide(verb, waiting, by=world.hr_admin if verb == "withdraw" else world.president)
    assert state_of(first, second) == ["answered", "closed"]
    assert not Duty.objects.open().filter(verb="give_opinion").exists()
    assert [name for kind, name in told() if kind == "opinion-no-longer-asked"] == ["何丽华"]
    with pytest.raises(WrongState):
        inquiries.answer(second, "晚了。", by=world.marketing_vp, now=LATER)
    assert list(contradictions()) == []


def test_open_inquiries_end_when_the_request_lapses(world):
    request = make_creation_request(world=world, group_type="marketing_platform", at=State.SUBMITTED)
    (inquiry,) = inquiries.ask(request, [world.president.person], QUESTION, by=world.marketing_vp, now=LATER)
    lapsing.lapse(request, now=NOW + timedelta(days=60))
    assert state_of(inquiry) == ["closed"]


def test_only_who_was_asked_answers_and_once(client, world, waiting, engineer):
    (inquiry,) = ask(waiting, world, engineer)
    with pytest.raises(NotAllowed):
        inquiries.answer(inquiry, "代答。", by=world.marketing_vp, now=LATER)
    assert post(client, world.president, "inquiry_answer", inquiry.pk, answer="代答。").status_code == 403
    empty = post(client, engineer, "inquiry_answer", inquiry.pk, answer=" ")
    assert empty.status_code == 422
    assert "请写明意见，或选择“无意见”。" in words(empty)
    assert post(client, engineer, "inquiry_answer", inquiry.pk, answer="合适。").url == reverse("desk")
    assert post(client, engineer, "inquiry_no_view", inquiry.pk).status_code == 409
    assert Inquiry.objects.get().opinion == "合适。"


def test_page_keeps_what_was_ticked_and_typed_while_searching(client, world, waiting, engineer):
    other = make_user(company=world.project, name="王工").person
    response = post(
        client, world.president, "creation_request_ask", waiting.pk,
        search="1", find="王工", people=[engineer.person.pk], question=QUESTION,
    )  # fmt: skip
    page = response.content.decode()
    assert (response.status_code, Inquiry.objects.count()) == (200, 0)
    assert f'value="{engineer.person.pk}" id="ask-{engineer.person.pk}" checked' in page
    assert f'value="{other.pk}" id="ask-{other.pk}">' in page
    assert QUESTION in page


def test_page_says_what_is_missing(client, world, waiting):
    response = post(client, world.president, "creation_request_ask", waiting.pk, question="")
    assert response.status_code == 422
    assert "请至少选择一人。" in words(response)
    assert "请写明要征求的问题。" in words(response)


def test_page_costs_the_same_for_any_number_of_inquiries_and_comments(client, world, waiting):
    def cost():
        client.force_login(world.president)
        with CaptureQueriesContext(connection) as found:
            client.get(waiting.get_absolute_url())
        return len(found)

    ask(waiting, world, make_user(company=world.project))
    comments.comment(waiting, "第一条", by=world.hr_admin, now=LATER)
    cost()  # what is remembered from the first reading on
    one = cost()
    ask(waiting, world, *(make_user(company=world.project) for _ in range(5)))
    for number in range(5):
        comments.comment(waiting, f"留言{number}", by=world.hr_admin, now=LATER)
    assert cost() == one

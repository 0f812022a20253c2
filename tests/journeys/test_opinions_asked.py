"""征求意见 through the pages: the president asks two colleagues and decides before the second has answered."""

import pytest

from groups.models import Group, Inquiry
from tests.factories import make_creation_request, make_group_company, make_user
from tests.journeys.reader import Reader

pytestmark = pytest.mark.django_db
NAME = "集团高管工作群"


@pytest.fixture
def world():
    return make_group_company()


def test_two_are_asked_and_it_is_decided_before_the_second_answers(client, world):
    make_creation_request(world=world, at="submitted")
    engineer = make_user(company=world.headquarters, name="李工")
    president, asked, other = (Reader(client, user) for user in (world.president, engineer, world.marketing_vp))

    president.take_up(NAME).follow("征求意见")
    president.press("查找", find="李工").press("查找", people=[engineer.person.pk], find="何丽华", question="成员是否合适？")
    president.press("发出", people=[engineer.person.pk, world.marketing_vp.person.pk])
    assert president.reads("李工 集团本部 未答复")

    asked.take_up(NAME)
    assert asked.reads("陈国栋 征求您的意见")
    asked.press("提交意见", status=422, answer=" ")
    asked.press("提交意见", answer="合适，建议加上工程总监。")
    assert asked.reads("谢谢，意见已送审批人。")

    president.take_up(NAME)
    assert president.reads("合适，建议加上工程总监。")
    assert president.reads("何丽华 集团本部 未答复")
    president.press("同意")
    assert Group.objects.get().name == NAME

    other.open("/inbox/")
    assert other.reads(f"“{NAME}”（JQ-2026-0001）已往下办理，无需再答复意见。")
    other.open(Group.objects.get().creation_request.get_absolute_url())
    assert not other.reads("征求您的意见")
    assert sorted(Inquiry.objects.values_list("state", flat=True)) == ["answered", "closed"]


def test_comment_and_its_removal_through_the_pages(client, world):
    request = make_creation_request(world=world, at="submitted")
    hr, president = Reader(client, world.hr_admin), Reader(client, world.president)

    president.take_up(NAME).press("发出留言", comment="为什么没有工程总监？")
    hr.open("/inbox/")
    assert hr.reads(f"陈国栋 就“{NAME}”（JQ-2026-0001）留言。")
    hr.open(request.get_absolute_url()).press("发出留言", comment="下月到岗，届时补充。")
    assert hr.reads("下月到岗，届时补充。")
    hr.press("删除")
    assert hr.reads("周敏 删除了一条留言")
    assert not hr.reads("下月到岗，届时补充。")

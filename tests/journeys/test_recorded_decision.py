"""代录 through the pages: the President's Office records what the president said; he contests it, and it waits
for him again."""

import pytest

from groups.models import CreationRequest, Group
from tests.factories import NOW, make_creation_request, make_group_company
from tests.files.samples import upload
from tests.journeys.reader import Reader

pytestmark = pytest.mark.django_db
NAME = "集团高管工作群"


@pytest.fixture
def world(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_group_company()


def test_recorded_approval_is_contested_and_decided_by_the_president_himself(client, world):
    request = make_creation_request(world=world, at="submitted")
    hr, office, president = (Reader(client, user) for user in (world.hr_admin, world.presidents_office, world.president))

    office.open(request.get_absolute_url()).follow("代录")
    assert office.reads("登记 总裁 口头或书面作出的决定")
    office.press("代录", status=422, outcome="approved", manner="spoken")
    office.press("代录", outcome="approved", manner="spoken", opinion="电话中同意。", scans=upload())
    assert office.reads("已代录，并已告知 陈国栋")
    assert office.reads("陈国栋（许明哲 代录） 同意建群")
    assert Group.objects.get().state == "approved"

    president.open("/inbox/")
    assert president.reads(f"已代录您对“{NAME}”（JQ-2026-0001）的决定。")
    president.open(request.get_absolute_url())
    assert president.reads("电话中同意。")
    president.press("提出异议", opinion="我只说再看看。")

    hr.open("/inbox/")
    assert hr.reads(f"陈国栋 对“{NAME}”（JQ-2026-0001）的代录提出异议。")

    assert (CreationRequest.objects.get().state, Group.objects.get().state) == ("submitted", "revoked")

    president.take_up(NAME)
    assert president.reads("我只说再看看。")
    president.press("同意")
    assert [group.state for group in Group.objects.all()] == ["approved"]
    office.take_up(NAME)


def test_recorded_refusal_is_contested_and_the_president_approves_after_all(client, world):
    request = make_creation_request(world=world, at="submitted")
    office, president = Reader(client, world.presidents_office), Reader(client, world.president)

    office.open(request.get_absolute_url()).follow("代录")
    office.press("代录", outcome="refused", manner="written", opinion="暂不建。", scans=upload())
    assert CreationRequest.objects.get().state == "refused"

    president.open(request.get_absolute_url()).press("提出异议", opinion="批的是另一个群。")
    president.take_up(NAME)
    assert president.reads("批的是另一个群。")
    president.press("同意")
    assert Group.objects.get().creation_request == request

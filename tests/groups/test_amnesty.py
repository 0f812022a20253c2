"""补登期限: until when groups may be brought in; HR is reminded before it ends; afterwards they are marked and told of."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from governance.audit.models import Event
from governance.commands.proofs import contradictions
from governance.duties.actions import sweep
from governance.duties.models import Duty, Reminder
from governance.notifications.models import Notice
from governance.workflow import NotAllowed
from groups.actions import amnesty as actions
from groups.models import Amnesty, ExistingGroup
from groups.tasks import renew_open_points
from tests.factories import NOW, make_group_company
from tests.groups.reading import get, post, words
from tests.groups.taking_over import take_over

pytestmark = pytest.mark.django_db
LAST = date(2026, 3, 31)  # a Tuesday


@pytest.fixture
def world():
    return make_group_company()


def duty(world):
    return Duty.objects.open().filter(organisation=world.organisation, verb="existing-enter").first()


def test_hr_and_the_presidents_office_set_it_and_hr_has_one_duty_until_that_day(world):
    actions.set_until(world.project, LAST, by=world.presidents_office, now=NOW)
    actions.set_until(world.headquarters, LAST, by=world.hr_admin, now=NOW)
    found = duty(world)
    assert (found.office.code, found.facts) == ("hr_admin", {"until": "2026-03-31", "count": 2})
    assert found.due_at.isoformat() == "2026-03-31T10:00:00+00:00"
    assert Event.objects.filter(verb="set_amnesty").count() == 2


def test_the_nearest_end_is_the_one_reminded_of(world):
    actions.set_until(world.project, LAST, by=world.hr_admin, now=NOW)
    actions.set_until(world.headquarters, date(2026, 3, 20), by=world.hr_admin, now=NOW)
    assert duty(world).facts == {"until": "2026-03-20", "count": 1}
    actions.declare_complete(world.headquarters, by=world.hr_admin, now=NOW)
    assert duty(world).facts == {"until": "2026-03-31", "count": 1}
    actions.declare_complete(world.project, by=world.hr_admin, now=NOW)
    assert duty(world) is None
    assert Duty.objects.open().filter(verb="existing-enter").count() == 0


@pytest.mark.parametrize("who", ["president", "marketing_vp", "project_gm_office"])
def test_others_set_nothing(world, who):
    with pytest.raises(NotAllowed):
        actions.set_until(world.project, LAST, by=getattr(world, who), now=NOW)
    assert Amnesty.objects.count() == 0


def test_the_same_day_again_changes_nothing_and_no_day_takes_it_away(world):
    for _twice in range(2):
        actions.set_until(world.project, LAST, by=world.hr_admin, now=NOW)
    assert Event.objects.filter(verb="set_amnesty").count() == 1
    actions.set_until(world.project, None, by=world.hr_admin, now=NOW)
    assert (Amnesty.objects.count(), duty(world)) == (0, None)


def test_the_ladder_reminds_before_the_end_and_the_duty_goes_with_it(world):
    actions.set_until(world.project, LAST, by=world.hr_admin, now=NOW)
    sweep(now=NOW + timedelta(days=15))  # Tuesday the 17th, ten working days before
    assert [reminder.rung for reminder in Reminder.objects.filter(duty=duty(world))] == ["holder-due-before-10"]
    renew_open_points(now=NOW + timedelta(days=30))
    assert duty(world) is None


def test_afterwards_groups_are_marked_and_the_supervising_office_is_told_once(world):
    on = timezone.localdate()
    Amnesty.objects.create(organisation=world.organisation, company=world.project, until=on - timedelta(days=1))
    take_over(world, "甲群", "乙群")
    take_over(world, "丙群", company="集团本部")
    assert dict(ExistingGroup.objects.values_list("name", "after_amnesty")) == {"甲群": True, "乙群": True, "丙群": False}
    (told,) = Notice.objects.filter(kind="after-amnesty")
    assert (told.person, told.parameters["count"]) == (world.presidents_office.person, 2)


def test_the_page_sets_the_days_and_the_others_show_them(client, world):
    on = timezone.localdate()
    last = on + timedelta(days=9)
    project, headquarters = f"until-{world.project.pk}", f"until-{world.headquarters.pk}"
    wrong = post(client, world.hr_admin, "amnesties", **{project: "很快", headquarters: ""})
    assert (wrong.status_code, Amnesty.objects.count()) == (422, 0)
    done = post(client, world.presidents_office, "amnesties", **{project: last.isoformat(), headquarters: ""})
    assert done.status_code == 302
    for name in ("amnesties", "existing_groups", "existing_groups_open", "desk"):
        assert "剩余 10 天" in words(get(client, world.hr_admin, name))
    assert list(contradictions()) == []
    post(client, world.hr_admin, "amnesty_complete", world.project.pk)
    assert "已全部录入" in words(get(client, world.hr_admin, "amnesties"))
    assert duty(world) is None

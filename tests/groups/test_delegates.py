"""A delegate decides on requests, designates, acknowledges: recorded and shown as 代; never on his own submission."""

import pytest
from django.utils import timezone

from governance.accounts.models import User
from governance.audit.queries import history_of
from governance.commands.proofs import contradictions
from governance.directory.models import Office
from governance.workflow import NotAllowed, WrongState
from groups.actions import creation, designation, filing
from groups.models import Group
from groups.queries.creation_page import request_page
from groups.queries.expected import Place, expected_members
from groups.queries.terms import terms_in_force
from tests.factories import (
    make_creation_request,
    make_delegation,
    make_filing,
    make_group,
    make_group_company,
    make_person,
    make_tenure,
    make_user,
)
from tests.groups.facts import decide, fresh, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def delegate(world):
    return make_user(company=world.headquarters, name="李文")


@pytest.fixture
def now():
    return timezone.now()


def as_next_request(user):
    return User.objects.get(pk=user.pk)


def lines(request, user, now):
    page = request_page(fresh(request), as_next_request(user), now=now)
    return {line.text: line.place for line in page.timeline}


@pytest.mark.parametrize(("verb", "state"), [("approve", "approved"), ("send_back", "sent_back"), ("refuse", "refused")])
def test_delegate_decides_and_it_is_recorded_so(world, delegate, now, verb, state):
    request = make_creation_request(world=world, at="submitted")
    make_delegation(holder=world.president, delegate=delegate)
    decide(verb, request, by=delegate, now=now)
    assert fresh(request).state == state
    event = history_of(request).get(verb=verb)
    assert (event.actor, event.office, event.facts["absent"]) == (delegate, "总裁", world.president.person.pk)
    step = request.steps.get()
    assert (step.decided_by, step.decided_for) == (delegate, world.president.person)
    assert "代总裁（陈国栋）" in lines(request, world.hr_admin, now).values()


def test_holder_himself_is_recorded_without(world, delegate, now):
    request = make_creation_request(world=world, at="submitted")
    make_delegation(holder=world.president, delegate=delegate)
    creation.approve(request, by=world.president, now=now)
    assert request.steps.get().decided_for is None
    assert "absent" not in history_of(request).get(verb="approve").facts


@pytest.mark.parametrize("verb", ["approve", "send_back", "refuse"])
def test_delegate_never_decides_on_what_he_submitted(world, now, verb):
    """SCENARIOS 27: the delegate is the submitter himself."""
    make_delegation(holder=world.president, delegate=world.hr_admin)
    request = make_creation_request(world=world, at="submitted")
    before = written()
    with pytest.raises(NotAllowed):
        decide(verb, request, by=as_next_request(world.hr_admin), now=now)
    assert (fresh(request).state, written()) == ("submitted", before)


def test_delegate_decides_what_the_absent_holder_submitted(world, delegate, now):
    """The only holder is barred; his delegate is another person and decides."""
    make_tenure(office=Office.objects.get(organisation=world.organisation, code="hr_admin"), person=world.president.person)
    request = make_creation_request(world=world, submitter=world.president, at="submitted")
    make_delegation(holder=world.president, delegate=delegate, office=request.steps.get().office)
    with pytest.raises(NotAllowed):
        creation.approve(request, by=as_next_request(world.president), now=now)
    creation.approve(request, by=delegate, now=now)
    assert fresh(request).state == "approved"


def test_page_asks_for_a_delegate_where_the_only_holder_is_barred(world, now):
    make_tenure(office=Office.objects.get(organisation=world.organisation, code="hr_admin"), person=world.president.person)
    request = make_creation_request(world=world, submitter=world.president, at="submitted")
    page = request_page(request, as_next_request(world.president), now=now)
    assert any("流程代理人" in sentence for sentence in page.notices)
    assert "流程代理人" in page.means.decide_refusal


def test_delegate_consents_but_not_to_himself(world, delegate, now):
    people = [make_person(company=world.headquarters, name="吴静", post="总裁助理"), delegate.person]
    delegate.person.post = "总裁助理"
    delegate.person.save()
    request = make_creation_request(world=world, at="submitted", exceptional=dict.fromkeys(people, "列席"))
    make_delegation(holder=world.president, delegate=delegate)
    ticked = set(request.consents.values_list("pk", flat=True))
    creation.approve(request, by=delegate, now=now, consents=ticked)
    found = {consent.person.name: (consent.state, consent.decided_for) for consent in request.consents.all()}
    assert found == {"吴静": ("given", world.president.person), "李文": ("declined", world.president.person)}


def test_delegate_of_another_office_is_refused(world, delegate, now):
    """SCENARIOS 29: the wrong delegate is denied, the matching one decides."""
    request = make_creation_request(world=world, at="submitted")
    make_delegation(holder=world.marketing_vp, delegate=delegate)
    with pytest.raises(NotAllowed):
        creation.approve(request, by=delegate, now=now)
    right = make_user(company=world.headquarters, name="何俊")
    make_delegation(holder=world.president, delegate=right)
    creation.approve(request, by=right, now=now)
    assert fresh(request).state == "approved"


def test_holder_who_decides_first_is_valid_and_the_delegate_comes_late(world, delegate, now):
    """SCENARIOS 17: after somebody else got it as well, the holder decides first."""
    request = make_creation_request(world=world, at="submitted")
    make_delegation(holder=world.president, delegate=delegate)
    stale = fresh(request)
    creation.approve(request, by=world.president, now=now)
    with pytest.raises(WrongState) as late:
        creation.refuse(stale, by=delegate, now=now, opinion="暂不需要。")
    assert (late.value.event.actor, fresh(request).state) == (world.president, "approved")


def test_delegate_designates_and_acknowledges(world, delegate, now):
    group = make_group(world=world)
    make_delegation(holder=world.presidents_office, delegate=delegate)
    made = designation.designate(group, world.hr_admin.person, by=delegate, now=now, reason="熟悉情况。")
    assert (made.designated_by, made.designated_for) == (delegate, world.presidents_office.person)
    filed = make_filing(world=world)
    other = make_user(company=world.headquarters, name="何俊")
    make_delegation(holder=world.hr_admin, delegate=other)
    filing.acknowledge(filed, by=other, now=now)
    filed.refresh_from_db()
    assert (filed.acknowledged_by, filed.acknowledged_for) == (other, world.hr_admin.person)
    assert list(contradictions()) == []


def test_delegate_belongs_to_no_group_by_it(world, delegate):
    group = make_group(world=world)
    make_delegation(holder=world.president, delegate=delegate)
    on = timezone.localdate()
    terms = terms_in_force(group.group_type, on=on)
    names = set(expected_members(terms.type, Place(group.company), on=on).values_list("name", flat=True))
    assert "陈国栋" in names
    assert "李文" not in names


def test_delegate_of_the_default_post_is_not_proposed_as_admin(world, delegate):
    from groups.queries.designation import default_holders
    from groups.queries.terms import terms_under

    group = make_group(world=world, group_type="marketing_platform")
    make_delegation(holder=world.marketing_manager, delegate=delegate)
    terms = terms_under(group.version, group.group_type.code)
    assert [person.name for person in default_holders(Group.objects.get(pk=group.pk), terms, on=timezone.localdate())] == ["吴晓燕"]

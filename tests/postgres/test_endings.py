"""Revoking an approval at the moment in which somebody establishes, designates, accepts: one wins, one hears so."""

from functools import partial

import pytest

from governance.commands.proofs import contradictions
from governance.workflow import NotAllowed, WrongState
from groups.actions import copying, designation, ending, establishment
from groups.models import CreationRequest, Designation, Group
from tests.factories import make_checklist, make_designation, make_group, make_group_company, make_user
from tests.groups.facts import LATER, fresh
from tests.postgres.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    world = make_group_company()
    yield world
    assert list(contradictions()) == []


@pytest.mark.parametrize("step", ["designate", "accept", "decline", "establish", "revoke", "abandon"])
def test_revoking_against_every_step(world, step):
    for nth in range(3):
        person = make_user(company=world.headquarters, name="钱立群")
        group = make_group(world=world, name_suffix=f"（第{nth}次）")
        made = None
        if step in ("accept", "decline"):
            made = make_designation(group=group, person=person.person)
        if step in ("establish", "abandon"):
            make_designation(group=group, person=person.person, at=Designation.State.ACCEPTED)
        group, other = fresh(group), fresh(group)
        said = {"by": person, "now": LATER}
        acts = {
            "designate": partial(
                designation.designate, other, person.person, by=world.presidents_office, now=LATER, reason="熟悉。"
            ),
            "accept": partial(designation.accept, made, **said),
            "decline": partial(designation.decline, made, reply="出差。", **said),
            "establish": partial(establishment.establish, other, make_checklist(other), **said),
            "revoke": partial(ending.revoke, other, by=world.presidents_office, now=LATER, reason="不需要。"),
            "abandon": partial(ending.abandon, other, by=world.hr_admin, now=LATER, reason="不需要。"),
        }
        outcomes = at_once(
            partial(ending.revoke, group, by=world.president, now=LATER, reason="暂缓。"), acts[step]
        )
        failed = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        assert all(isinstance(outcome, WrongState | NotAllowed) for outcome in failed), outcomes
        assert len(failed) <= 1
        found = Group.objects.get(pk=group.pk)
        assert (found.state == "established") == (step == "establish" and outcomes[0] in failed)
        assert not found.designations.filter(state="proposed").exists() or found.state == "approved"


def test_asked_for_anew_twice_at_once_is_one_request(world):
    original = make_group(world=world, at="revoked", admin=make_user(company=world.headquarters)).creation_request
    anew = partial(copying.submit_anew, original, by=world.hr_admin, now=LATER)
    assert {copied.request.pk for copied in at_once(anew, anew)} == {
        CreationRequest.objects.get(copied_from=original).pk
    }

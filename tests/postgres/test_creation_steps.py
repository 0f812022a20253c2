"""Between two approval steps, and between writing and submitting, on two connections."""

from collections import Counter
from datetime import timedelta

import pytest

from governance.audit.queries import history_of
from governance.duties.models import Duty
from governance.workflow import WrongState
from groups.actions import creation, drafting
from groups.models import CreationRequest
from tests.factories import NOW, content_of, load_group_company, make_creation_request, make_group_company
from tests.groups.regulation_texts import changed
from tests.postgres.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = pytest.mark.parametrize("nth", range(3))
LATER = NOW + timedelta(hours=1)
TWO_STEPS = [{"office": "executive_vp", "article": "4.1"}, {"office": "president", "article": "4.1"}]


def fresh(subject):
    return type(subject).objects.get(pk=subject.pk)


def losers(outcomes):
    return [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)]


@ROUNDS
def test_first_of_two_approvals_and_withdrawal_at_once(nth):
    world = make_group_company()
    load_group_company(organisation=world.organisation, source=changed({("executive_group", "approval"): TWO_STEPS}))
    request = make_creation_request(world=world, at="submitted")
    outcomes = at_once(
        lambda: creation.approve(fresh(request), by=world.executive_vp, now=LATER),
        lambda: creation.withdraw(fresh(request), by=world.hr_admin, now=LATER),
    )
    # Agreeing to the first step leaves the request waiting, so that a withdrawal may still come after it.
    assert losers(outcomes) in ([], [WrongState])
    assert fresh(request).state == "withdrawn"
    assert Duty.objects.open().of_subject(request).count() == 0
    agreed = request.steps.filter(outcome="approved").count()
    verbs = Counter(history_of(request).values_list("verb", flat=True))
    assert (verbs["withdraw"], verbs["approve_step"], agreed) == (1, agreed, 1 - len(losers(outcomes)))


@ROUNDS
def test_changing_and_submitting_at_once(nth):
    world = make_group_company()
    request = make_creation_request(world=world)
    content = content_of(company=world.headquarters, name_suffix="（改）")
    outcomes = at_once(
        lambda: drafting.edit(fresh(request), content, by=world.hr_admin, now=LATER),
        lambda: creation.submit(fresh(request), by=world.hr_admin, now=LATER),
    )
    edited = not isinstance(outcomes[0], Exception)
    assert losers(outcomes) == ([] if edited else [WrongState])
    assert fresh(request).state == CreationRequest.State.SUBMITTED
    assert fresh(request).name == ("集团高管工作群（改）" if edited else "集团高管工作群")
    assert Duty.objects.open().of_subject(request).get().title == fresh(request).name

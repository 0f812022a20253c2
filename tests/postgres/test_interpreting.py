"""Two real connections at one question, one interpretation, one confirmation: one wins, nothing is there twice."""

import pytest
from django.utils import timezone

from governance.audit.models import Event
from governance.regulations.actions import acknowledging, interpreting
from governance.regulations.models import Acknowledgement, ArticleQuestion, Interpretation
from tests.factories import make_group_company, make_user
from tests.postgres.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def staff(world):
    return make_user(company=world.project, name="李娜")


def kinds(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


def asked(world, staff):
    regulation = world.version.regulation
    return interpreting.ask(regulation, article="6", text="谁能请人入群？", by=staff, now=timezone.now())


def test_answered_privately_and_publicly_at_once(world, staff):
    by_both = {"by": world.hr_admin, "now": timezone.now()}
    asked(world, staff)
    one, other = ArticleQuestion.objects.get(), ArticleQuestion.objects.get()

    outcomes = at_once(
        lambda: interpreting.answer_privately(one, answer="群管理员。", **by_both),
        lambda: interpreting.answer_publicly(other, answer="群管理员。", published_question="", **by_both),
    )

    assert [name for name in kinds(outcomes) if name == "WrongState"] == ["WrongState"]
    question = ArticleQuestion.objects.get()
    assert question.state == "answered"
    assert Interpretation.objects.count() == (question.interpretation_id is not None)
    assert Event.objects.filter(verb="answer-question").count() == 1


def test_replaced_and_withdrawn_at_once(world, staff):
    by_both = {"by": world.hr_admin, "now": timezone.now()}
    interpreting.answer_publicly(asked(world, staff), answer="群管理员。", published_question="", **by_both)
    one, other = Interpretation.objects.get(), Interpretation.objects.get()

    outcomes = at_once(
        lambda: interpreting.replace(one, text="群管理员办理。", reason="更清楚。", **by_both),
        lambda: interpreting.withdraw(other, reason="有误。", **by_both),
    )

    assert [name for name in kinds(outcomes) if name == "WrongState"] == ["WrongState"]
    standing = Interpretation.objects.filter(state="published").count()
    assert standing == (Interpretation.objects.get(pk=one.pk).state == "replaced")


def test_confirmed_twice_at_once(world, staff):
    def confirm():
        return acknowledging.acknowledge(world.version, by=staff, now=timezone.now())

    outcomes = at_once(confirm, confirm)

    assert kinds(outcomes) == ["Acknowledgement", "Acknowledgement"]
    assert (Acknowledgement.objects.count(), Event.objects.filter(verb="acknowledge-regulation").count()) == (1, 1)

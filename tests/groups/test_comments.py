"""Comments on a request: who may, who is told, how long they can be taken back, how they stand in the history."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from governance.audit.models import Event
from governance.audit.queries import history_of
from governance.commands.proofs import contradictions
from governance.workflow import NotAllowed, WrongState
from groups.actions import comments, creation
from groups.models import Comment, CreationRequest
from tests.factories import NOW, make_creation_request, make_group_company, make_holder, make_user
from tests.groups.facts import LATER, told, written
from tests.groups.reading import get, post, words

pytestmark = pytest.mark.django_db
State = CreationRequest.State


@pytest.fixture
def world():
    return make_group_company()


@pytest.fixture
def waiting(world):
    return make_creation_request(world=world, at=State.SUBMITTED)


def comments_told():
    return [name for kind, name in told() if kind == "request-comment"]


def test_comment_tells_the_submitter_and_who_has_it_but_not_its_author(world, waiting):
    comments.comment(waiting, "人数请再核对。", by=world.presidents_office, now=LATER)
    assert comments_told() == ["周敏", "陈国栋"]
    comments.comment(waiting, "已核对。", by=world.hr_admin, now=LATER)
    assert comments_told() == ["周敏", "陈国栋", "陈国栋"]


def test_submitter_who_left_is_not_told(world, waiting):
    type(waiting.submitter).objects.filter(pk=waiting.submitter_id).update(left_on=NOW.date())
    comments.comment(CreationRequest.objects.get(), "请尽快办理。", by=world.presidents_office, now=LATER)
    assert comments_told() == ["陈国栋"]


@pytest.mark.parametrize("at", [State.SENT_BACK, State.LAPSED])
def test_open_request_is_commented_on_while_its_submitter_has_it(world, at):
    request = make_creation_request(world=world, at=at)
    comments.comment(request, "请补充名单。", by=world.presidents_office, now=LATER)
    assert comments_told() == ["周敏"]


@pytest.mark.parametrize("at", [State.APPROVED, State.REFUSED, State.WITHDRAWN])
def test_decided_request_is_not_commented_on(world, at):
    request = make_creation_request(world=world, at=at)
    before = written()
    with pytest.raises(WrongState):
        comments.comment(request, "来晚了。", by=world.hr_admin, now=LATER)
    assert (written(), Comment.objects.count()) == (before, 0)


def test_draft_is_not_commented_on(world):
    with pytest.raises(NotAllowed):
        comments.comment(make_creation_request(world=world), "草稿。", by=world.hr_admin, now=NOW)


def test_auditor_reads_and_says_nothing(client, world, waiting):
    auditor = make_holder(organisation=world.organisation, code="auditor", name="仇海波")
    auditor.person.tenures.get().office.__class__.objects.filter(code="auditor").update(oversees=True)
    response = post(client, auditor, "creation_request_comment", waiting.pk, comment="查。")
    assert (response.status_code, Comment.objects.count()) == (403, 0)
    assert 'name="comment"' not in get(client, auditor, "creation_request", waiting.pk).content.decode()


@pytest.mark.parametrize("text", ["", " \n ", "长" * 2001])
def test_words_that_are_missing_or_too_many_are_refused(world, waiting, text):
    with pytest.raises(ValidationError):
        comments.comment(waiting, text, by=world.hr_admin, now=LATER)
    assert Comment.objects.count() == 0


def test_too_long_comment_comes_back_whole(client, world, waiting):
    response = post(client, world.hr_admin, "creation_request_comment", waiting.pk, comment="长" * 2001)
    page = response.content.decode()
    assert (response.status_code, "长" * 2001 in page) == (422, True)
    assert "最多 2000 个字。" in words(response)
    assert 'id="comment" name="comment" rows="2" maxlength="2000" required aria-invalid="true"' in page


def test_second_click_is_one_comment(world, waiting):
    first = comments.comment(waiting, "请看附件。", by=world.hr_admin, now=LATER)
    second = comments.comment(waiting, "请看附件。", by=world.hr_admin, now=LATER + timedelta(seconds=2))
    assert (first, Comment.objects.count(), comments_told()) == (second, 1, ["陈国栋"])


def test_history_holds_the_comments_in_order_and_escaped(client, world, waiting):
    comments.comment(waiting, "<script>alert(1)</script>", by=world.hr_admin, now=LATER)
    comments.comment(waiting, "第二条\n换行", by=world.president, now=LATER + timedelta(minutes=5))
    response = get(client, world.hr_admin, "creation_request", waiting.pk)
    lines = [(line.text, line.opinion) for line in response.context["page"].timeline[1:]]
    assert lines == [
        ("陈国栋 留言", "第二条\n换行"),
        ("周敏 留言", "<script>alert(1)</script>"),
        ("周敏 提交申请", ""),
    ]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in response.content.decode()
    assert "<script>alert(1)" not in response.content.decode()


def test_author_takes_it_back_within_ten_minutes_and_a_mark_stays(client, world, waiting, time_machine):
    time_machine.move_to(LATER, tick=False)
    post(client, world.hr_admin, "creation_request_comment", waiting.pk, comment="误发的话")
    comment = Comment.objects.get()
    time_machine.move_to(LATER + timedelta(minutes=10), tick=False)
    assert reverse("comment_remove", args=[comment.pk]) in get(client, world.hr_admin, "creation_request", waiting.pk).content.decode()
    post(client, world.hr_admin, "comment_remove", comment.pk)
    response = get(client, world.president, "creation_request", waiting.pk)
    lines = [(line.text, line.note, line.opinion) for line in response.context["page"].timeline[1:3]]
    assert lines == [("周敏 删除了一条留言", "", ""), ("周敏 留言", "本人已删除", "")]
    assert "误发的话" not in response.content.decode()
    assert not Event.objects.filter(note__contains="误发的话").exists()
    assert list(contradictions()) == []


def test_after_ten_minutes_and_by_others_it_stays(client, world, waiting):
    comment = comments.comment(waiting, "说过的话", by=world.hr_admin, now=LATER)
    for by, now in ((world.hr_admin, LATER + timedelta(minutes=10, seconds=1)), (world.president, LATER)):
        with pytest.raises(NotAllowed):
            comments.remove(comment, by=by, now=now)
    comments.remove(comment, by=world.hr_admin, now=LATER)
    with pytest.raises(WrongState):
        comments.remove(Comment.objects.get(), by=world.hr_admin, now=LATER)
    assert history_of(comment).count() == 2


def test_who_cannot_see_the_request_cannot_comment(client, world, waiting):
    assert post(client, make_user(company=world.project), "creation_request_comment", waiting.pk, comment="?").status_code == 404
    assert post(client, make_group_company(name="别家").hr_admin, "creation_request_comment", waiting.pk, comment="?").status_code == 404


def test_comment_is_read_by_who_decides(client, world, waiting):
    comments.comment(waiting, "人数已核对。", by=world.hr_admin, now=LATER)
    assert "人数已核对。" in words(get(client, world.president, "creation_request", waiting.pk))
    creation.approve(waiting, by=world.president, now=LATER)
    page = get(client, world.hr_admin, "creation_request", waiting.pk)
    assert "人数已核对。" in words(page)
    assert 'name="comment"' not in page.content.decode()

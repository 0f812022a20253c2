"""The guide to WeChat: a picture for every step, in both languages, reached from where it is needed."""

import pytest
from django.conf import settings
from django.urls import reverse

from governance.register.guide import TASKS
from governance.regulations.models import Regulation
from tests.factories import make_group, make_group_company, make_user
from tests.groups.reading import get, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.code)
def test_picture_shows_as_many_numbered_frames_as_there_are_steps(task):
    picture = (settings.BASE_DIR / "static" / task.picture).read_text()
    assert picture.count("<text") == len(task.steps)
    assert [part for part in ("<script", "style=", "<image", "href") if part in picture] == []


@pytest.mark.parametrize(
    ("language", "sentence"), [("zh-hans", "微信群操作指引"), ("en", "Switch invitation confirmation on")]
)
def test_guide_reads_in_both_languages(client, language, sentence):
    text = words(get(client, make_user(language=language), "wechat_guide"))
    assert sentence in text


def test_guide_is_reached_from_the_checklist_and_the_regulation(client):
    world = make_group_company()
    group = make_group(world=world, at="approved", admin=world.hr_admin)
    guide = f'href="{reverse("wechat_guide")}"'
    client.force_login(world.hr_admin)
    for address in (
        reverse("establishment", args=[group.pk]),
        reverse("regulation", args=[Regulation.objects.get().pk]),
    ):
        assert guide in client.get(address).content.decode()

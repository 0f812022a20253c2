"""Files come in, hang on things, and go when nobody needs them."""

import hashlib
import os
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from governance.audit.queries import history_of
from governance.files import actions
from governance.files.kinds import FileRefused
from governance.files.models import Attachment, StoredFile
from governance.files.queries import attachments_of
from governance.workflow import NotAllowed
from tests import factories
from tests.factories import NOW
from tests.files import samples
from tests.files.samples import picture, upload

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _empty_storage(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }


@pytest.fixture
def user():
    return factories.make_user()


def store(user, content=samples.PDF, name="说明.pdf", **options):
    return actions.store(upload(content, name), organisation=user.organisation, by=user, now=NOW, **options)


def contents():
    folders = default_storage.listdir("")[0] if default_storage.exists("") else []
    return sorted(f"{folder}/{name}" for folder in folders for name in default_storage.listdir(folder)[1])


def test_store_keeps_what_it_found(user):
    stored = store(user, name="../说明.exe")
    assert (stored.name, stored.content_type, stored.size) == ("说明.exe.pdf", "application/pdf", len(samples.PDF))
    assert stored.sha256 == hashlib.sha256(samples.PDF).hexdigest()
    assert stored.content.read() == samples.PDF
    assert [(event.verb, event.actor) for event in history_of(stored)] == [("store_file", user)]


def test_store_puts_it_under_a_random_name(user):
    stored = store(user)
    assert contents() == [f"{stored.uuid.hex[:2]}/{stored.uuid.hex}"]


def test_store_digests_the_picture_as_it_is_kept(user):
    stored = store(user, picture("JPEG"), "照片.png")
    assert stored.sha256 == hashlib.sha256(stored.content.read()).hexdigest()
    assert (stored.name, stored.size) == ("照片.png.jpg", default_storage.size(stored.content.name))


def test_store_writes_nothing_when_refused(user):
    with pytest.raises(FileRefused):
        store(user, b"MZ" + b"\0" * 50)
    assert (StoredFile.objects.count(), contents()) == (0, [])


def test_attach_hangs_a_file_once(user):
    stored, subject = store(user), user.person
    assert actions.attach(stored, subject, "scan") == actions.attach(stored, subject, "scan")
    assert [(file.name, file.url) for file in attachments_of(subject)] == [("说明.pdf", f"/files/{stored.uuid}/")]
    assert attachments_of(subject, "opinion") == []


def test_attach_keeps_files_in_their_organisation(user):
    with pytest.raises(NotAllowed):
        actions.attach(store(user), factories.make_person())
    assert Attachment.objects.count() == 0


def test_attachments_are_one_statement(user, django_assert_num_queries):
    for _n in range(3):
        actions.attach(store(user), user.person)
    with django_assert_num_queries(1):
        assert len(attachments_of(user.person)) == 3


def test_purge_takes_what_hung_on_nothing_for_a_day(user, django_capture_on_commit_callbacks):
    kept, given_up = store(user), store(user)
    actions.attach(kept, user.person)
    assert actions.purge_orphans(now=NOW + DAY / 2) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.purge_orphans(now=NOW + 2 * DAY) == 1
    assert (list(StoredFile.objects.all()), contents()) == ([kept], [kept.content.name])
    assert [event.verb for event in history_of(given_up)] == ["remove_file", "store_file"]
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.purge_orphans(now=NOW + 2 * DAY) == 0


def test_purge_takes_contents_whose_row_was_rolled_back(user):
    with suppress(RuntimeError), transaction.atomic():
        stored = store(user)
        raise RuntimeError
    path = default_storage.path(stored.content.name)
    os.utime(path, times=(NOW.timestamp(), NOW.timestamp()))
    assert actions.purge_orphans(now=NOW + DAY / 2) == 0
    assert actions.purge_orphans(now=NOW + 2 * DAY) == 1
    assert contents() == []


def test_purge_takes_leftovers_of_broken_uploads(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    old, new, other = tmp_path / "a.upload.csv", tmp_path / "b.upload", tmp_path / "else.txt"
    for file, at in ((old, NOW - 2 * DAY), (new, NOW), (other, NOW - 2 * DAY)):
        file.write_bytes(b"")
        os.utime(file, times=(at.timestamp(), at.timestamp()))
    assert actions.purge_temporary(now=NOW) == 1
    assert sorted(tmp_path.iterdir()) == [new, other]

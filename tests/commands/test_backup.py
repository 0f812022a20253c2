"""`backup` and `restore`, by the commands themselves, on installations of their own."""

import io
import json
import os
import stat
import tarfile
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from governance.commands.backups import Unusable, restore, unpacked, usable
from tests.serve.portal_process import manage

ENTER = """
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from governance.accounts.models import Organisation
Organisation.objects.create(code="qiming", name="启明集团")
default_storage.save("ab/abcdef", ContentFile("凭据".encode()))
"""
CHANGE = """
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from governance.accounts.models import Organisation
Organisation.objects.update(name="改名集团")
default_storage.delete("ab/abcdef")
default_storage.save("cd/later", ContentFile(b"later"))
"""
READ = """
from django.core.files.storage import default_storage
from governance.accounts.models import Organisation
files = sorted(name for folder in default_storage.listdir("")[0] for name in default_storage.listdir(folder)[1])
print([organisation.name for organisation in Organisation.objects.all()], files)
"""


class Installation:
    def __init__(self, var: Path, url: str = "") -> None:
        var.mkdir()
        self.var, self.more = var, ({"DATABASE_URL": url, "SECRET_KEY": "only-for-tests"} if url else {})
        assert self.run("migrate", "-v0").returncode == 0

    def run(self, *arguments):
        return manage(self.var, *arguments, **self.more)

    def shell(self, code):
        done = self.run("shell", "-v0", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def refusal(self, *arguments):
        done = self.run(*arguments)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        return done.stderr.strip().splitlines()[-1]


@pytest.fixture
def archive(tmp_path):
    return tmp_path / "backup.tar.gz"


def prove_there_and_back(portal, archive):
    portal.shell(ENTER)
    made = portal.run("backup", str(archive))
    assert made.returncode == 0, made.stderr
    portal.shell(CHANGE)
    assert portal.refusal("restore", str(archive)) == (
        "CommandError: This installation holds data. With --replace they are lost; make a backup first."
    )
    assert portal.shell(READ) == "['改名集团'] ['later']"
    put_back = portal.run("restore", str(archive), "--replace")
    assert put_back.returncode == 0, put_back.stderr
    assert portal.shell(READ) == "['启明集团'] ['abcdef']"


def test_what_was_backed_up_comes_back(tmp_path, archive):
    prove_there_and_back(Installation(tmp_path / "var"), archive)
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_file_that_exists_is_not_overwritten(archive):
    archive.write_bytes(b"precious")
    with pytest.raises(CommandError, match="exists already: choose another name"):
        call_command("backup", str(archive))
    assert archive.read_bytes() == b"precious"


GOOD = {"version": 1, "made_at": "2026-03-02", "migrations": ["accounts.0001_initial"]}


def write_archive(file, *, members=("about.json", "database"), **changes):
    about = {**GOOD, "database": connection.vendor, **changes}
    with tarfile.open(file, "w:gz") as tar:
        for name in members:
            content = json.dumps(about).encode() if name == "about.json" else os.urandom(5000)
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))


NOT_OURS = "This is not a backup of the portal"


@pytest.mark.parametrize(
    ("about", "reason"),
    [
        ({"members": ["about.json"]}, NOT_OURS),
        ({"members": ["database"]}, NOT_OURS),
        ({"version": 2}, NOT_OURS),
        ({"database": "oracle"}, "The backup is of oracle, this installation runs on"),
        ({"migrations": ["accounts.9999_tomorrow"]}, "this one does not know accounts.9999_tomorrow"),
        ({"members": ["about.json", "database", "../../escaped"]}, "cannot be read as a backup"),
    ],
)
def test_archive_of_something_else_is_refused(archive, about, reason):
    write_archive(archive, **about)
    with pytest.raises(Unusable, match=reason):
        restore(archive)
    assert not (archive.parent.parent / "escaped").exists()


def test_torn_archive_is_refused(archive):
    write_archive(archive)
    archive.write_bytes(archive.read_bytes()[:-200])
    with pytest.raises(Unusable, match="cannot be read as a backup"):
        restore(archive)


def test_good_archive_is_what_the_others_are_measured_by(archive):
    write_archive(archive)
    with unpacked(archive) as folder:
        assert usable(folder)["version"] == 1


@pytest.fixture
def postgres_url():
    """A database of its own, beside the one of the tests."""
    name = f"portal_backup_{os.getpid()}"
    tests = settings.DATABASES["default"]
    where = {"host": tests["HOST"], "port": tests["PORT"], "user": tests["USER"], "password": tests["PASSWORD"]}
    given = {word: value for word, value in where.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **given) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield os.environ["TEST_DATABASE_URL"].rpartition("/")[0] + f"/{name}"
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.mark.postgres
def test_what_was_backed_up_comes_back_on_postgres(tmp_path, archive, postgres_url):
    prove_there_and_back(Installation(tmp_path / "var", postgres_url), archive)

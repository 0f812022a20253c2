"""Portals to start and to kill."""

import shutil
import sys

import pytest

from tests.serve.portal_process import Portal, manage

collect_ignore_glob = [] if sys.platform.startswith("linux") else ["test_*"]


@pytest.fixture(scope="session")
def migrated_database(tmp_path_factory):
    """A migrated database file, made once and copied for each portal."""
    var = tmp_path_factory.mktemp("migrated")
    done = manage(var, "migrate", "-v0")
    assert done.returncode == 0, done.stderr
    return var / "portal.sqlite3"


@pytest.fixture
def var(tmp_path, migrated_database):
    shutil.copy(migrated_database, tmp_path / "portal.sqlite3")
    return tmp_path


@pytest.fixture
def start(var):
    """Starts `serve`; whatever a failed test leaves running is cleared away."""
    portals = []

    def start(*options, **more):
        portals.append(Portal(var, *options, **more))
        return portals[-1]

    yield start
    for portal in portals:
        portal.clear_away()

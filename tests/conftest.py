"""What every test stands on: a clean cache, no outside mail, and a word about services that are missing."""

import os
import shutil
from collections.abc import Callable, Iterator

import hypothesis
import pytest
import redis
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.utils import translation

# A busy machine is no failure, and the same examples run everywhere.
hypothesis.settings.register_profile("portal", deadline=None, derandomize=True)
hypothesis.settings.load_profile("portal")

TEST_REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def has_postgres() -> bool:
    return connection.vendor == "postgresql"


def has_redis() -> bool:
    client = redis.Redis.from_url(TEST_REDIS_URL, socket_connect_timeout=1)
    try:
        return client.ping()
    except redis.RedisError:
        return False
    finally:
        client.close()


def has_chromium() -> bool:
    return any(map(shutil.which, CHROMIUM))


SERVICES: dict[str, tuple[Callable[[], bool], str]] = {
    "postgres": (has_postgres, "needs PostgreSQL: set TEST_DATABASE_URL (make test does, where a server answers)"),
    "redis": (has_redis, f"needs Redis at {TEST_REDIS_URL} (TEST_REDIS_URL)"),
    "browser": (has_chromium, "needs chromium (Debian: apt-get install chromium)"),
}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what this machine cannot run, with a sentence; with REQUIRE_SERVICES=1 skipping is failing."""
    for name, (is_there, needs) in SERVICES.items():
        if item.get_closest_marker(name) and not is_there():
            if os.environ.get("REQUIRE_SERVICES") == "1":
                pytest.fail(f"REQUIRE_SERVICES=1, and this {needs}", pytrace=False)
            pytest.skip(needs)


@pytest.fixture(autouse=True)
def _clean_process() -> Iterator[None]:
    """No test sees what another one let the process remember."""
    for alias in settings.CACHES:
        caches[alias].clear()
    translation.activate("zh-hans")
    yield
    translation.activate("zh-hans")

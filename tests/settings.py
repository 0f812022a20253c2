"""Settings of the tests: a folder of their own, nothing from the developer's environment, nothing slow.

`TEST_DATABASE_URL` names another database than SQLite; `make test` runs the tests marked `postgres` that way.
"""

import atexit
import os
import shutil
import tempfile

_var = tempfile.mkdtemp(prefix="portal-tests-")
atexit.register(shutil.rmtree, _var, ignore_errors=True)

os.environ.update(
    PORTAL_VAR=_var,
    PORTAL_URL="http://127.0.0.1:8000",
    PORTAL_DEMO="1",
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{_var}/portal.sqlite3",
    REDIS_URL="",
    SECRET_KEY="only-for-tests",
    EMAIL_URL="memorymail://",
    DEBUG="0",
)

from governance.settings import *  # noqa: E402, F403
from governance.settings import CACHES, DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"}
WHITENOISE_AUTOREFRESH = True  # serves what lies in static/, without collecting
WHITENOISE_USE_FINDERS = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: tests with threads and a live server need real locks. Nobody misses it after a power cut.
    DATABASES["default"]["TEST"] = {"NAME": f"{_var}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"

"""Backups: the database and the uploaded files in one archive, and back again.

The archive (`.tar.gz`) holds `about.json`, the database as its own tool writes it, and `files/`. It holds everything,
so it is readable for its owner only; where it is kept is the operator's business.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

ABOUT, DATABASE, FILES = "about.json", "database", "files"
VERSION = 1


class Unusable(Exception):
    """A sentence on why a backup cannot be made or put back."""


def back_up(archive: Path, *, now: datetime) -> None:
    """Write the archive. The portal may run meanwhile: the database is read at one moment, the files after it, and
    files are never changed once they are stored."""
    with tempfile.TemporaryDirectory(dir=archive.parent) as folder:
        draft = Path(folder) / "draft.tar.gz"
        dump_database(Path(folder) / DATABASE)
        (Path(folder) / ABOUT).write_text(json.dumps(about(now)))
        with tarfile.open(draft, "w:gz") as tar:
            tar.add(Path(folder) / ABOUT, ABOUT)
            tar.add(Path(folder) / DATABASE, DATABASE)
            if files_folder().exists():
                tar.add(files_folder(), FILES)
        draft.chmod(0o600)
        os.replace(draft, archive)


def restore(archive: Path) -> dict[str, Any]:
    """Replace the database and the files by those of the archive; nothing is touched when the archive is unusable.

    Returns what the archive says about itself. The portal must not run meanwhile.
    """
    with unpacked(archive) as folder:
        found = usable(folder)
        load_database(folder / DATABASE)
        replace_folder(files_folder(), folder / FILES)
    return found


def about(now: datetime) -> dict[str, Any]:
    applied = MigrationRecorder.Migration.objects.order_by("app", "name").values_list("app", "name")
    return {
        "version": VERSION,
        "made_at": now.isoformat(),
        "database": connection.vendor,
        "migrations": [f"{app}.{name}" for app, name in applied],
    }


def usable(folder: Path) -> dict[str, Any]:
    """What the archive says about itself; Unusable when this installation cannot take it."""
    try:
        found = json.loads((folder / ABOUT).read_text())
    except (OSError, ValueError):
        raise Unusable("This is not a backup of the portal.")
    if found.get("version") != VERSION or not (folder / DATABASE).exists():
        raise Unusable("This is not a backup of the portal.")
    if found["database"] != connection.vendor:
        raise Unusable(f"The backup is of {found['database']}, this installation runs on {connection.vendor}.")
    unknown = set(found["migrations"]) - known_migrations()
    if unknown:
        raise Unusable(f"The backup comes from a newer release: this one does not know {min(unknown)}.")
    return found


def known_migrations() -> set[str]:
    from django.db.migrations.loader import MigrationLoader

    return {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}


@contextmanager
def unpacked(archive: Path) -> Iterator[Path]:
    """The archive in a folder beside the data, read to its end first, so that a torn one is found now."""
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as folder:
        try:
            with tarfile.open(archive, "r:gz") as tar:
                tar.extractall(folder, filter="data")
        except (OSError, EOFError, tarfile.TarError) as broken:
            raise Unusable(f"The file cannot be read as a backup: {broken}")
        yield Path(folder)


def files_folder() -> Path:
    return Path(default_storage.location)


def replace_folder(current: Path, new: Path) -> None:
    """Put a folder in the place of another one; without a new one the current one goes."""
    if current.exists():
        shutil.rmtree(current)
    if new.exists():
        shutil.move(new, current)


# --- databases ------------------------------------------------------------------------------------------------------
def dump_database(file: Path) -> None:
    if connection.vendor == "postgresql":
        run_tool("pg_dump", "--format=custom", "--no-owner", "--file", str(file))
        return
    with closing(live_file()) as live, closing(sqlite3.connect(file)) as copy:
        live.backup(copy)


def load_database(file: Path) -> None:
    if connection.vendor == "postgresql":
        connection.close()
        run_tool("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", str(file))
        return
    connection.close()
    # Through SQLite itself, not by copying files: it knows about its log and about locks.
    with closing(sqlite3.connect(file)) as copy, closing(live_file()) as live:
        copy.backup(live)


def live_file() -> sqlite3.Connection:
    return sqlite3.connect(connection.settings_dict["NAME"])


def run_tool(tool: str, *arguments: str) -> None:
    """Run PostgreSQL's own tool on the configured database; the password goes by the environment, never by argument."""
    database = connection.settings_dict
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    given = {name: str(database[key]) for name, key in named.items() if database.get(key)}
    target = ["--dbname", database["NAME"]]
    try:
        done = subprocess.run(
            [tool, *target, *arguments], env={**os.environ, **given}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise Unusable(f"{tool} is not installed; it comes with PostgreSQL's client.")
    if done.returncode:
        raise Unusable(f"{tool} failed: {done.stderr.strip()}")

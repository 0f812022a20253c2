"""The regulations that come with the portal, to choose one from."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from governance.regulations.format import Document, read


@dataclass(frozen=True)
class ShippedRegulation:
    """One file under `regulations/`, with its title in the reader's language."""

    code: str
    title: str
    path: Path


@cache
def document(path: Path, changed_at: int) -> Document:
    """The file as it stood then; read once a process."""
    return read(path.read_bytes(), filename=path.name)


def shipped_regulations() -> list[ShippedRegulation]:
    """The largest first: it is the one that a group company starts from."""
    paths = sorted((settings.BASE_DIR / "regulations").glob("*.yaml"), key=lambda path: -path.stat().st_size)
    language = "zh" if (get_language() or "zh").startswith("zh") else "en"
    found = []
    for path in paths:
        title = document(path, path.stat().st_mtime_ns).data["regulation"]["title"]
        found.append(ShippedRegulation(path.stem, f"{title[language]} ({path.name})", path))
    return found

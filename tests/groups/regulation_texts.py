"""Other texts of regulation A: what changes when a newer version is loaded."""

from collections.abc import Mapping
from typing import Any

import yaml

from tests.factories import GROUP_COMPANY


def changed(settings: Mapping[tuple[str, str], Any] | None = None, *, version: str = "2.0") -> str:
    """Regulation A as another version; `settings` maps (code of a group type, key) to a value."""
    data = yaml.safe_load(GROUP_COMPANY.read_text(encoding="utf-8"))
    data["regulation"]["version"] = version
    for (code, key), value in (settings or {}).items():
        next(entry for entry in data["group_types"] if entry["code"] == code)[key] = value
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)

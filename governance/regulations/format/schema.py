"""The JSON Schema of the format, for editors: made from the same shapes that read the file."""

import json
from typing import Any

from .reader import root_shape


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the whole file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Regulation file",
        "description": "See regulation-format.md. Written by `manage.py regulation_schema`.",
        **root_shape().schema(),
    }


def schema_text() -> str:
    """The schema as it stands in docs/regulation.schema.json."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"

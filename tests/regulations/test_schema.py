"""docs/regulation.schema.json says the same as the reader."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from governance.regulations.format.reader import fields_of, root_shape
from governance.regulations.format.schema import schema_text

ROOT = Path(__file__).parent.parent.parent
SCHEMA = json.loads((ROOT / "docs" / "regulation.schema.json").read_text(encoding="utf-8"))


def properties_of(schema, path=""):
    """Every property of the schema, as a path; lists are written with []. Texts in two languages are one value."""
    for name, inner in schema.get("properties", {}).items():
        if set(schema["properties"]) == {"zh", "en"}:
            return
        here = f"{path}.{name}" if path else name
        yield here
        while inner.get("type") == "array":
            here, inner = f"{here}[]", inner["items"]
        yield from properties_of(inner, here)


def test_schema_in_docs_is_the_one_the_shapes_write():
    assert (ROOT / "docs" / "regulation.schema.json").read_text(encoding="utf-8") == schema_text()


def test_schema_has_exactly_the_keys_the_reader_accepts():
    assert sorted(properties_of(SCHEMA)) == sorted(fields_of(root_shape()))


def test_schema_knows_the_sections_of_the_format():
    assert sorted(SCHEMA["properties"]) == [
        "articles",
        "chapters",
        "clocks",
        "decides",
        "every_type",
        "format",
        "group_types",
        "interprets",
        "nicknames",
        "nudges",
        "offices",
        "open_questions",
        "records",
        "regulation",
        "supervises",
        "teams",
    ]


@pytest.mark.parametrize("file", sorted((ROOT / "regulations").glob("*.yaml")), ids=lambda file: file.stem)
def test_shipped_file_fits_the_schema(file):
    Draft202012Validator.check_schema(SCHEMA)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(yaml.safe_load(file.read_text()))] == []


# Faults of shape: an editor shows them while typing. The others need the whole file, or are none of YAML.
SHAPE_FAULTS = [
    "13_unknown_key",
    "14_unknown_section",
    "15_english_missing",
    "16_text_in_one_language",
    "18_unquoted_number",
    "19_missing_title",
    "20_missing_articles",
    "21_format_of_tomorrow",
    "22_bad_code",
    "25_unknown_strength",
    "32_no_basis",
    "40_rule_for_everybody",
    "51_days_out_of_bounds",
    "52_number_as_text",
    "53_many_at_once",
]


@pytest.mark.parametrize("name", SHAPE_FAULTS)
def test_fault_of_shape_is_seen_by_the_schema_too(name):
    text = (ROOT / "tests" / "data" / "broken_regulations" / f"{name}.yaml").read_text(encoding="utf-8")

    assert not Draft202012Validator(SCHEMA).is_valid(plain(text))


def plain(text):
    """The file as an editor sees it: dates are texts."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, Loader=Loader)

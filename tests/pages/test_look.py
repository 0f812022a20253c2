"""The style sheets and vendored parts: contrast, both dark token lists, nothing that old phones cannot read."""

import hashlib
import re

import pytest
from django.conf import settings

from governance.desk import navigation

STATIC = settings.BASE_DIR / "static"
SHEETS = sorted((STATIC / "portal").glob("*.css"))
TOKENS = (STATIC / "portal/tokens.css").read_text()
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))

TEXT_PAIRS = [
    *[(text, ground) for text in ("ink", "ink-2", "blue", "seal", "jade", "amber") for ground in ("paper", "card")],
    *[("ink", f"{colour}-wash") for colour in ("blue", "seal", "jade", "amber")],
    *[(colour, f"{colour}-wash") for colour in ("blue", "seal", "jade", "amber")],
    ("ink", "wash"),
    ("ink-2", "wash"),
    ("ink-2", "line"),  # a disabled button still says why
]
MARK_PAIRS = [
    *[(mark, "card") for mark in ("edge", "seal-fill", "jade-fill", "action")],
    ("edge", "paper"),
]


def block(start):
    return TOKENS.split(start, 1)[1].split("}", 1)[0]


def tokens(text):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))


LIGHT = tokens(block(":root {"))
DARK = tokens(block('[data-bs-theme="dark"] {'))


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_pairs_reach_aa(theme):
    poor = {p: round(contrast(theme[p[0]], theme[p[1]]), 2) for p in TEXT_PAIRS}

    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}
    assert contrast("#ffffff", theme["action"]) >= 4.5


def test_marks_reach_three_to_one_in_light():
    assert {p for p in MARK_PAIRS if contrast(LIGHT[p[0]], LIGHT[p[1]]) < 3} == set()


def test_marks_reach_three_to_one_in_dark():
    pairs = [p for p in MARK_PAIRS if p[0] != "action"]  # a button's words say it, in white on blue

    assert {p for p in pairs if contrast(DARK[p[0]], DARK[p[1]]) < 3} == set()


def test_both_dark_token_lists_are_the_same():
    assert len(DARK) > 10
    assert tokens(block(":root:not([data-bs-theme]) {")) == DARK


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheet_uses_nothing_that_old_phones_cannot_read(sheet):
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)

    assert re.findall(r"color-mix|oklch|light-dark\(|:has\(|@import|letter-spacing: [^0]", css) == []


def test_vendored_files_are_what_their_checksums_say():
    lines = (STATIC / "vendor/CHECKSUMS").read_text().splitlines()

    assert len(lines) == 2
    for line in lines:
        digest, path = line.split()
        assert hashlib.sha256((settings.BASE_DIR / path).read_bytes()).hexdigest() == digest


def test_vendored_sheet_asks_for_no_source_map_and_no_other_file():
    css = (STATIC / "vendor/tabler/tabler.min.css").read_text()

    assert len(css) < 120_000
    assert "sourceMappingURL" not in css
    assert "color-mix" not in css
    assert re.findall(r"@import|url\((?!\"data:image/svg)", css) == []


def test_sprite_holds_every_icon_that_a_template_names():
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "portal/icons.svg").read_text()))
    named = {
        name
        for template in TEMPLATES
        for name in re.findall(r'(?:components/icon\.html" with name|\sicon)="([\w-]+)"', template.read_text())
    }

    places = [place for place in vars(navigation).values() if isinstance(place, navigation.Place)]

    assert (len(named) > 5, len(places) > 5) == (True, True)
    assert (named | {place.icon for place in places}) - sprite == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_template_has_no_inline_style_or_script(template):
    """The content security policy would drop it silently."""
    source = re.sub(r"{% comment %}.*?{% endcomment %}", "", template.read_text(), flags=re.S)

    found = re.findall(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=|hx-on|javascript:", source)

    assert found == []

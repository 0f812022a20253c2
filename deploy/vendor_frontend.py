"""Cut the vendored style sheet and the icon sprite out of their npm packages (static/vendor/README.md says how).

    python deploy/vendor_frontend.py PACKAGES

PACKAGES is a directory that holds the unpacked packages `core` (@tabler/core) and `icons` (@tabler/icons). Of Tabler
only the parts below are kept: the whole sheet is half a megabyte, which an old phone reads for a second at each page.
"""

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHEET = ROOT / "static/vendor/tabler/tabler.min.css"
SPRITE = ROOT / "static/portal/icons.svg"
CHECKSUMS = ROOT / "static/vendor/CHECKSUMS"

# Class names that our pages use, as regular expressions; a rule stays when every class in one of its selectors fits.
KEPT_CLASSES = re.compile(
    r"""(?x)^(
      container(-xl|-fluid)? | row | col(-(sm|md|lg|xl))?(-(auto|\d+))? | row-cols-(sm-|md-|lg-)?\d | g[xy]?-[0-5]
    | btn(-(primary|outline-primary|danger|outline-danger|link|ghost-secondary|sm|lg|icon|list|close|group))?
    | card(-(header|body|footer|title|subtitle|sm|table|link|actions))? | table(-(responsive|vcenter|sm|nowrap|hover))?
    | form-(control|select|label|hint|check|check-input|check-label|check-inline|fieldset|text|selectgroup.*|file|sm)
    | input-(group|group-text|group-flat|icon|icon-addon) | is-invalid | invalid-feedback | required
    | alert(-(info|success|warning|danger|title|dismissible))? | badge | list-group(-(item|flush|item-action))?
    | avatar(-(sm|md|lg))? | empty(-(icon|title|subtitle|action|img))? | page-(header|title|pretitle|body)
    | datagrid(-(item|title|content))? | subheader | text-(secondary|muted|end|start|center|nowrap|truncate|break|reset
      |wrap|danger|success|primary) | text-(sm|md|lg)-(end|start|center) | fw-(bold|medium|normal) | fs-[1-6]
    | d-(none|block|inline|inline-block|flex|inline-flex|grid) | d-(sm|md|lg|xl|print)-(none|block|inline|flex|grid)
    | flex-(fill|row|column|wrap|nowrap|grow-[01]|shrink-[01]) | flex-(sm|md|lg)-(row|column)
    | (justify-content|align-items|align-self)-(start|end|center|between|baseline|stretch)
    | order-[0-5] | gap-[0-5] | [mp][tbsexy]?-(auto|[0-5]) | [wh]-(auto|25|50|75|100) | mw-100 | ms-(sm|md|lg)-auto
    | position-(relative|absolute|sticky|static) | overflow-(auto|hidden) | rounded | border(-(0|top|bottom))?
    | visually-hidden(-focusable)? | disabled | active | show | small | lh-(1|sm|base|lg) | sticky-top | user-select-all
    | list-unstyled | list-inline(-item)? | lead | mark | hr | h[1-6] | markdown | col-form-label | accent
    )$"""
)

# The icons that the pages use, from Tabler Icons' outline set; `components/icon.html` shows one beside its word.
ICONS = (ROOT / "static/vendor/icons.txt").read_text().split()


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """Each top-level rule as (prelude, body); a statement without braces (`@charset`) comes with an empty body."""
    start = position = 0
    quote = ""
    while position < len(css):
        char = css[position]
        if quote:
            quote = "" if char == quote and css[position - 1] != "\\" else quote
        elif char in "\"'":
            quote = char
        elif char == ";":
            yield css[start : position + 1], ""
            start = position + 1
        elif char == "{":
            end = closing_brace(css, position)
            yield css[start:position], css[position + 1 : end]
            start, position = end + 1, end
        position += 1


def closing_brace(css: str, opening: int) -> int:
    """Where the block that opens at `opening` ends; braces inside quoted text do not count."""
    depth, quote = 0, ""
    for position in range(opening, len(css)):
        char = css[position]
        if quote:
            quote = "" if char == quote and css[position - 1] != "\\" else quote
        elif char in "\"'":
            quote = char
        elif char in "{}":
            depth += 1 if char == "{" else -1
            if not depth:
                return position
    raise ValueError("A block of the style sheet never ends.")


def kept_selectors(prelude: str) -> str:
    """The selectors of a rule whose every class is used by our pages; empty when none is left."""
    selectors = re.split(r",(?![^(]*\))", prelude)
    return ",".join(s for s in selectors if all(map(KEPT_CLASSES.match, re.findall(r"\.([\w-]+)", s))))


def cut(css: str) -> str:
    """The part of `css` that styles plain elements and kept classes; rules with `color-mix` go (older phones)."""
    kept = []
    for prelude, body in blocks(css):
        if prelude.startswith("@charset"):
            kept.append(prelude)
        elif prelude.startswith(("@media", "@supports")):
            inner = cut(body)
            if inner:
                kept.append(f"{prelude}{{{inner}}}")
        elif prelude.startswith("@"):
            continue
        elif "color-mix" not in body and (selectors := kept_selectors(prelude)):
            kept.append(f"{selectors}{{{body}}}")
    return "".join(kept)


def sheet(package: Path) -> str:
    """Tabler's banner and the kept rules, without a source map."""
    css = (package / "dist/css/tabler.min.css").read_text()
    banner = re.search(r"/\*!.*?\*/", css, re.S).group()
    rules = cut(re.sub(r"/\*.*?\*/", "", css, flags=re.S))
    return rules.replace('@charset "UTF-8";', f'@charset "UTF-8";{banner}\n/* Cut by deploy/vendor_frontend.py */\n', 1)


def sprite(package: Path) -> str:
    """One SVG with a symbol for each icon; strokes and size come from the style sheet."""
    symbols = []
    for name in ICONS:
        svg = (package / f"icons/outline/{name}.svg").read_text()
        shapes = re.sub(r'<path stroke="none"[^>]*/>', "", svg[svg.index(">") + 1 : svg.rindex("</svg>")])
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{re.sub(chr(10) + " *", "", shapes).strip()}</symbol>')
    licence = "<!-- Tabler Icons, MIT licence: static/vendor/tabler/LICENSE-icons -->"
    return f'<svg xmlns="http://www.w3.org/2000/svg">{licence}\n' + "\n".join(symbols) + "\n</svg>\n"


def checksums() -> str:
    """sha256 of every vendored file, in the format of `sha256sum --check` run in the project's directory."""
    files = sorted(p for p in (ROOT / "static/vendor").rglob("*") if p.is_file() and p.suffix == ".css")
    return "".join(f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(ROOT)}\n" for p in [*files, SPRITE])


def main() -> None:
    """Write the sheet, the sprite and the checksums."""
    packages = Path(sys.argv[1])
    SHEET.write_text(sheet(packages / "core"))
    SPRITE.write_text(sprite(packages / "icons"))
    CHECKSUMS.write_text(checksums())


if __name__ == "__main__":
    main()

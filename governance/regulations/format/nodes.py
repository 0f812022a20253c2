"""From the file's text to YAML nodes that know their lines. Only plain YAML passes: nothing runs, nothing grows."""

import yaml
from django.utils.translation import gettext_lazy as _
from yaml.reader import Reader

from .problems import say
from .reading import Place, Reading

MOST_BYTES = 1024 * 1024
DEEPEST = 20

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

BYTE_ORDER_MARK = "\ufeff"


def nodes_of(source: str | bytes, reading: Reading) -> yaml.MappingNode:
    """The root of the one document in `source`. Raises RegulationErrors for what is not a plain YAML mapping."""
    text = decoded(source, reading)
    check_characters(text, reading)
    reading.stop_if_broken()
    check_events(text, reading)
    reading.stop_if_broken()
    root = yaml.compose(text, Loader=Loader)
    if not isinstance(root, yaml.MappingNode):
        reading.problem(
            Place("", root.start_mark.line + 1 if root else 1, 1),
            _("the file is empty") if root is None else _("the file is not a mapping"),
            _("keys such as regulation, articles and group_types"),
        )
        reading.stop_if_broken()
    return root


def decoded(source: str | bytes, reading: Reading) -> str:
    """The text of the file: at most 1 MiB of UTF-8, a byte order mark dropped."""
    raw = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
    if len(raw) > MOST_BYTES:
        reading.problem(
            Place("", 1, 1),
            say(_("the file has {bytes} bytes"), bytes=len(raw)),
            say(_("at most {bytes} bytes"), bytes=MOST_BYTES),
        )
        reading.stop_if_broken()
    if isinstance(source, str):
        return source.removeprefix(BYTE_ORDER_MARK)
    try:
        return raw.decode("utf-8").removeprefix(BYTE_ORDER_MARK)
    except UnicodeDecodeError as broken:
        reading.problem(
            Place("", raw.count(b"\n", 0, broken.start) + 1, 1), _("the file is not UTF-8 text"), _("UTF-8")
        )
        reading.stop_if_broken()
        raise


def check_characters(text: str, reading: Reading) -> None:
    """No tabs, which people cannot tell from blanks, and no control characters."""
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line:
            reading.problem(
                Place("", number, line.index("\t") + 1), _("there is a tab character"), _("blanks instead of tabs")
            )
        elif strange := Reader.NON_PRINTABLE.search(line):
            reading.problem(
                Place("", number, strange.start() + 1),
                say(_("there is a control character (code {code})"), code=f"U+{ord(strange.group()):04X}"),
                _("printable text"),
            )


def check_events(text: str, reading: Reading) -> None:
    """One document, no anchors, aliases or tags, not too deep; syntax errors are told with their line."""
    documents = depth = 0
    try:
        for event in yaml.parse(text, Loader=Loader):
            here = Place("", event.start_mark.line + 1, event.start_mark.column + 1)
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    reading.problem(here, _("a second document begins here"), _("one regulation in one file"))
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > DEEPEST:
                    reading.problem(here, _("the file is nested too deeply"), say(_("at most {n} levels"), n=DEEPEST))
                    return
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            check_event(event, here, reading)
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        reading.problem(
            Place("", mark.line + 1 if mark else 1, mark.column + 1 if mark else 1),
            say(_("the file is not readable as YAML from here on ({reason})"), reason=broken.problem or ""),
            _("valid YAML; check the indentation, colons, quotes and brackets of this line and the one above"),
        )


def check_event(event: yaml.Event, here: Place, reading: Reading) -> None:
    """Anchors and aliases can blow a small file up without end; tags can ask for anything. Neither is read."""
    if isinstance(event, yaml.AliasEvent):
        reading.problem(here, say(_("there is an alias (*{name})"), name=event.anchor), _("the text itself"))
    elif getattr(event, "anchor", None):
        reading.problem(here, say(_("there is an anchor (&{name})"), name=event.anchor), _("no anchors"))
    if getattr(event, "tag", None):
        reading.problem(here, say(_("there is a tag ({name})"), name=event.tag), _("no tags"))

"""The message catalogue: English msgids out of code and templates, Chinese in, complaints about what does not fit.

Babel does the reading and compiling, so that no gettext tools are needed on anybody's machine.
"""

import ast
import fcntl
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.template import TemplateSyntaxError
from django.utils.translation.template import templatize

LOCALE = "zh_Hans"
CODE = ("governance", "groups", "members", "violations")
NOT_READ = {"migrations", "tests", "__pycache__"}
HEADER = """\
# Chinese of the portal. Written by `manage.py translations`; edit the msgstr lines only.
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
# Which arguments of each function are msgids, as Babel writes it.
ARGUMENTS = {
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATE_ARGUMENTS = {**ARGUMENTS, "_": (1,)}
# A comment above a call, `# offers: {numeral}`: further names that a translation may fill in, or use instead.
OFFERS = "offers:"
PLACE = re.compile(r"%\((\w+)\)[sd]|(?<!%)%([sd])|\{(\w+)\}")

Key = tuple[str, str]  # context (may be empty), msgid (the singular one)


def po_file() -> Path:
    return settings.BASE_DIR / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


@contextmanager
def locked() -> Iterator[None]:
    """One at a time: several people run the command in one work tree."""
    with (settings.VAR_DIR / "translations.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def key_of(message: Message) -> Key:
    msgid = message.id[0] if isinstance(message.id, tuple) else message.id
    return message.context or "", msgid


def messages_by_key(catalog: Catalog) -> dict[Key, Message]:
    return {key_of(message): message for message in catalog if message.id}


def text_of(message: Message) -> str:
    """The Chinese of a message: one form, with or without a plural msgid."""
    return message.string[0] if isinstance(message.string, (tuple, list)) else message.string or ""


# --- reading code and templates -------------------------------------------------------------------------------------
def source_files(base: Path) -> Iterator[Path]:
    """Our code, then our templates, in a stable order."""
    for root in CODE:
        for file in sorted((base / root).rglob("*.py")):
            if not NOT_READ & set(file.relative_to(base).parts):
                yield file
    for suffix in ("*.html", "*.txt"):
        yield from sorted((base / "templates").rglob(suffix))


def imported_keywords(source: str) -> dict[str, tuple]:
    """The gettext functions a module imports, by the names it uses for them (`gettext_lazy as _`)."""
    found = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for alias in node.names:
                if alias.name in ARGUMENTS:
                    found[alias.asname or alias.name] = ARGUMENTS[alias.name]
    return found


def readable_source(file: Path) -> tuple[str, dict[str, tuple]]:
    """Python text that holds a file's gettext calls, and the names of its gettext functions."""
    source = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        return source, imported_keywords(source)
    lines = templatize(source, origin=str(file)).splitlines()
    return "\n".join(line.strip() for line in lines), TEMPLATE_ARGUMENTS


def extracted(base: Path) -> tuple[Catalog, list[str]]:
    """Every msgid of code and templates, with the files it stands in; and a sentence for each unreadable file."""
    catalog, unreadable = Catalog(locale=LOCALE), []
    for file in source_files(base):
        try:
            source, keywords = readable_source(file)
        except (SyntaxError, TemplateSyntaxError) as broken:
            unreadable.append(f"unreadable: {file.relative_to(base)}: {broken}")
            continue
        text = io.BytesIO(source.encode())
        found = extract("python", text, keywords=keywords, comment_tags=(OFFERS,), options={"encoding": "utf-8"})
        for _line, msgid, comments, context in found:
            where = [(str(file.relative_to(base)), 0)]
            catalog.add(msgid, locations=where, auto_comments=comments, context=context)
    return catalog, unreadable


# --- keeping the file -----------------------------------------------------------------------------------------------
def stored() -> Catalog:
    """What the catalogue file says now; empty when there is none."""
    if not po_file().exists():
        return Catalog(locale=LOCALE)
    with po_file().open("rb") as handle:
        return read_po(handle, locale=LOCALE)


def merged(fresh: Catalog, old: Catalog) -> Catalog:
    """`fresh` with the Chinese of `old`. What left the code stays as an obsolete entry, to be revived or pruned."""
    known = messages_by_key(old) | {key_of(message): message for message in old.obsolete.values()}
    for key, message in messages_by_key(fresh).items():
        former = known.pop(key, None)
        if former is not None:
            message.string = (text_of(former),) if message.pluralizable else text_of(former)
            message.flags |= former.flags & {"fuzzy"}
    for (context, msgid), former in known.items():
        if text_of(former):
            fresh.obsolete[fresh._key_for(msgid, context)] = former
    return fresh


def fill(catalog: Catalog, chinese: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Enter a mapping `english: chinese` (`"context|english"` where needed).

    Returns the keys that no code uses, and sentences about entries whose former Chinese was replaced.
    """
    by_name = {}
    for (context, msgid), message in messages_by_key(catalog).items():
        name = f"{context}|{msgid}" if context else msgid
        by_name[name] = by_name[" ".join(name.split())] = message
    unused, replaced = [], []
    for name, text in chinese.items():
        message = by_name.get(name) or by_name.get(" ".join(name.split()))
        if message is None:
            unused.append(name)
            continue
        former = text_of(message)
        if former and former != text:
            replaced.append(f"{name}: {former} → {text}")
        message.string = (text,) if message.pluralizable else text
        message.flags.discard("fuzzy")
    return unused, replaced


def read_mapping(file: Path) -> dict[str, str]:
    """A YAML file `english: chinese`, everything taken as text (`Yes` stays a word)."""
    mapping = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) or {}
    return {str(english): chinese.strip("\n") for english, chinese in mapping.items()}


def write(catalog: Catalog) -> None:
    """Write the catalogue in a stable order, without dates and line numbers, so that diffs show words only."""
    body = io.BytesIO()
    write_po(body, catalog, width=0, omit_header=True, sort_output=True, include_lineno=False)
    text = HEADER + body.getvalue().decode().strip() + "\n"
    po_file().parent.mkdir(parents=True, exist_ok=True)
    if not po_file().exists() or po_file().read_text(encoding="utf-8") != text:
        replace_file(po_file(), text.encode())


def compile_catalog() -> None:
    """Make the binary file that Django reads, when it is missing or older than the catalogue."""
    binary = po_file().with_suffix(".mo")
    if binary.exists() and binary.stat().st_mtime_ns >= po_file().stat().st_mtime_ns:
        return
    body = io.BytesIO()
    write_mo(body, stored())
    replace_file(binary, body.getvalue())


def replace_file(file: Path, content: bytes) -> None:
    """Write beside and rename, so that a reader never sees half a file."""
    draft = file.with_suffix(file.suffix + ".new")
    draft.write_bytes(content)
    draft.replace(file)


# --- complaints -----------------------------------------------------------------------------------------------------
def places(text: str) -> list[str]:
    """The names to be filled in, sorted, each once; nameless ones as often as they stand there."""
    named = {f"{named or braced}" for named, _bare, braced in PLACE.findall(text) if named or braced}
    bare = [bare for _named, bare, _braced in PLACE.findall(text) if bare]
    return sorted(named) + sorted(bare)


def english_of(message: Message) -> str:
    return message.id[-1] if isinstance(message.id, tuple) else message.id


def fills_the_same(message: Message, chinese: str) -> bool:
    """Whether the Chinese has the places of the English, or, where the code offers more, only offered ones."""
    wanted, found, offered = places(english_of(message)), places(chinese), places(" ".join(message.auto_comments))
    return set(found) <= {*wanted, *offered} if offered else wanted == found


def complaints(fresh: Catalog, old: Catalog) -> list[str]:
    """What is untranslated, fuzzy, obsolete or fills in other names than the English does; empty when all is well."""
    known, found = messages_by_key(old), []
    for key, message in messages_by_key(fresh).items():
        name = "|".join(filter(None, key))
        former = known.pop(key, None)
        if former is None or not text_of(former):
            found.append(f"untranslated: {name!r} ({', '.join(sorted({file for file, _ in message.locations}))})")
            continue
        if former.fuzzy:
            found.append(f"fuzzy: {name!r}")
        if not fills_the_same(message, text_of(former)):
            english, chinese = places(english_of(message)), places(text_of(former))
            found.append(f"other places: {name!r} fills {english}, the Chinese {chinese}")
    obsolete = [*known, *(key_of(message) for message in old.obsolete.values())]
    found.extend(f"obsolete: {'|'.join(filter(None, key))!r}" for key in obsolete)
    return sorted(found)

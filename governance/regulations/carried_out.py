"""What the portal carries out under each article, in words: the core's own rules, and those of apps above."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from .format.clocks import clocks_of
from .words import office_name, said

CLOCKS = {
    "approval": gettext_lazy("Approval"),
    "designation": gettext_lazy("Designation"),
    "acceptance": gettext_lazy("Acceptance"),
    "establishment": gettext_lazy("Establishment"),
    "filing": gettext_lazy("Filing"),
    "opinion": gettext_lazy("Opinion asked for"),
    "instruction": gettext_lazy("Instruction on an open question"),
    "answer": gettext_lazy("Answer to a question on an article"),
}


@dataclass(frozen=True)
class CarriedOut:
    """One rule as the portal carries it out. `article` may be empty: then it is ours alone. `ours` is how we read it;
    `written` its own words where they say more than the article; `question` the open question that said so."""

    label: str
    value: str
    article: str = ""
    written: str = ""
    ours: str = ""
    question: str = ""


Provider = Callable[[dict[str, Any]], Iterable[CarriedOut]]
providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let an app tell what it carries out of a version's data; called in its `ready()`."""
    if provider not in providers:
        providers.append(provider)


def carried_out(data: dict[str, Any]) -> list[CarriedOut]:
    """Every rule, the core's first, in the order of the file."""
    return [rule for provider in (of_the_core, *providers) for rule in provider(data)]


def of_rule(entry: dict[str, Any], label: object, value: str) -> CarriedOut:
    """A rule of the file with what it stands on."""
    return CarriedOut(
        label=str(label),
        value=value,
        article=entry.get("article") or "",
        written=said(entry.get("written")),
        ours=said(entry.get("interpreted_as")),
        question=entry.get("by_question") or "",
    )


def of_the_core(data: dict[str, Any]) -> Iterator[CarriedOut]:
    """Who does what, when it is in force, how long each step may take."""
    yield from identity(data["regulation"])
    interprets, decides, nudges = (data.get(key) or {} for key in ("interprets", "decides", "nudges"))
    if interprets.get("office"):
        yield of_rule(interprets, _("Interpretation"), office_name(data, interprets["office"]))
    for entry in data.get("supervises", []):
        if entry.get("office"):
            yield of_rule(entry, _("Daily supervision"), supervised(entry, data))
    if decides.get("office"):
        yield of_rule(decides, _("Decision on handling opinions"), office_name(data, decides["office"]))
    if nudges.get("office"):
        yield of_rule(nudges, _("Reminding executives"), office_name(data, nudges["office"]))
    records = data.get("records") or {}
    if records.get("office"):
        words = _("%(office)s; the approver may contest it within %(days)s working days") % {
            "office": office_name(data, records["office"]),
            "days": records["contest_days"],
        }
        yield of_rule(records, _("Recording decisions given by word or in writing"), words)
    yield from clocks(data)


def identity(regulation: dict[str, Any]) -> Iterator[CarriedOut]:
    """Units covered, and the days it is in force."""
    covers, effective = regulation.get("covers") or {}, regulation.get("effective") or {}
    units = {"headquarters": _("headquarters"), "project_companies": _("project companies")}
    if covers.get("units"):
        words = pgettext("between names in a row", ", ").join(units[unit] for unit in covers["units"])
        yield of_rule(covers, _("Units covered"), words)
    if effective.get("from"):
        published = effective["from"] == "publication"
        words = _("from the day of publication") if published else _("from %(day)s") % {"day": effective["from"]}
        if effective.get("to"):
            words += _(", until %(day)s") % {"day": effective["to"]}
        yield of_rule(effective, _("In force"), words)


def supervised(entry: dict[str, Any], data: dict[str, Any]) -> str:
    office = office_name(data, entry["office"])
    if entry.get("scope") == "own_company":
        return _("%(office)s: its own company's groups") % {"office": office}
    return _("%(office)s: all groups") % {"office": office}


def clocks(data: dict[str, Any]) -> Iterator[CarriedOut]:
    """How long each step may take; a number the file does not give is ours as well."""
    for step, clock in clocks_of(data).items():
        words = _("due in %(days)s working days") % {"days": clock.days}
        if clock.lapse_days and step == "establishment":
            words += _("; recorded as never established after %(days)s working days") % {"days": clock.lapse_days}
        elif clock.lapse_days:
            words += _("; lapses after %(days)s working days") % {"days": clock.lapse_days}
        yield CarriedOut(
            label=_("Time: %(step)s") % {"step": CLOCKS[step]},
            value=words,
            article=clock.article or "",
            ours=said(clock.interpreted_as),
        )

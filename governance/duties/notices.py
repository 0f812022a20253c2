"""How the messages of this app read that are about no single duty: who stands in for whom, what is taken over."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from governance.calendar.templatetags.when import MONTHS
from governance.notifications.digests import BRIEF_LINES, MOST_LINES
from governance.notifications.digests import said as line
from governance.notifications.wordings import Composed, Wording, register


def day(iso: str) -> str:
    """A day of a message, which may be read much later: 11月26日."""
    on = date.fromisoformat(iso)
    pattern = pgettext("date", "{day} {month}")
    return pattern.format(day=on.day, month=MONTHS[on.month - 1], number=on.month, year=on.year)


def places(said: Mapping[str, Any]) -> dict[str, str]:
    """What fills the sentences about a delegate."""
    english = (get_language() or "zh").startswith("en")
    offices = said.get("offices_en" if english else "offices") or []
    return {
        "holder": said.get("holder", ""),
        "delegate": said.get("delegate", ""),
        "offices": pgettext("between names in a row", ", ").join(offices),
        "start": day(said["starts_on"]),
        "end": day(said["ends_on"]),
        "count": said.get("count", 0),
    }


def named(said: dict[str, Any], *, brief: bool) -> tuple[str, str]:
    """To the delegate."""
    given = places(said)
    title = _("You decide for %(holder)s (%(offices)s) from %(start)s to %(end)s.") % given
    body = _("What is open already stands on your desk from the first day on. Open now: %(count)s.") % given
    return title, f"{body} " + _("Never what you submitted yourself or what is about yourself.")


def named_holder(said: dict[str, Any], *, brief: bool) -> tuple[str, str]:
    """To the absent holder."""
    given = places(said)
    title = _("%(delegate)s decides for you (%(offices)s) from %(start)s to %(end)s.") % given
    return title, _("You can decide yourself at any time, and end it on your page.")


def ended(said: dict[str, Any], *, brief: bool) -> tuple[str, str]:
    return _("You no longer decide for %(holder)s (%(offices)s).") % places(said), ""


def ended_holder(said: dict[str, Any], *, brief: bool) -> tuple[str, str]:
    return _("%(delegate)s no longer decides for you (%(offices)s).") % places(said), ""


def taken_over(said: dict[str, Any], *, brief: bool) -> tuple[str, str]:
    """To a new holder or a successor: what waits, a line each; `by` handed it over, `office` came to him."""
    english = (get_language() or "zh").startswith("en")
    given = {
        "count": said.get("count", 0),
        "office": english and said.get("office_en") or said.get("office", ""),
        "former": said.get("former", ""),
    }
    if given["former"]:
        title = _("You take over from %(former)s: %(count)s.") % given
    else:
        title = _("You hold %(office)s now; waiting for it: %(count)s.") % given
    lines = said.get("lines", [])
    shown = lines[: BRIEF_LINES if brief else MOST_LINES]
    text = [line(one) for one in shown]
    if given["count"] > len(shown):
        text.append(_("and %(rest)s more.") % {"rest": given["count"] - len(shown)})
    return title, "\n".join(text)


def register_all() -> None:
    """Called once, when the app is ready."""
    register("duty-passed", Wording(gettext_lazy("%(by)s passed “%(title)s” on to you."), "%(reason)s"))
    register("takes-over", Composed(taken_over))
    register("delegate-named", Composed(named))
    register("delegate-named-holder", Composed(named_holder))
    register("delegate-ended", Composed(ended))
    register("delegate-ended-holder", Composed(ended_holder))

"""The facts of a group as the pages after the approval lay them before people."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from governance.calendar.templatetags.when import clause_words, day_words

from ..models import Group
from ..wording import said
from .expected import members_to_be
from .terms import Terms


@dataclass(frozen=True)
class Fact:
    """One line of `components/facts.html`."""

    label: str
    value: object
    note: str = ""
    url: str = ""


def group_facts(group: Group, terms: Terms, *, on: date, request_url: str = "") -> list[Fact]:
    """What the group is, for whom, for what, how many are expected. `request_url` only where the reader may see it."""
    facts = [
        Fact(_("Group type"), group.group_type, article_and_text(terms.type.article, said(terms.type.written))),
        Fact(_("Company"), place_of(group)),
        Fact(_("Purpose"), group.purpose),
        Fact(_("Expected members"), _("%(count)s people") % {"count": members_to_be(group, terms.type, on=on).count()}),
    ]
    request = group.creation_request
    if request and request.external_expected:
        facts.append(Fact(_("External members"), _("%(count)s expected") % {"count": request.external_expected}))
    if group.ends_on:
        facts.append(Fact(_("Meant to last until"), day_words(group.ends_on, on)))
    return [*facts, origin_of(group, request_url)]


def origin_of(group: Group, request_url: str) -> Fact:
    """The request the group came of; an existing group came of none."""
    request = group.creation_request
    if request is None:
        return Fact(_("Origin"), _("Existing group: it was there before the portal"))
    submitter = _("%(name)s, %(place)s") % {
        "name": request.submitter.name,
        "place": request.submitter.department or request.submitter.company,
    }
    return Fact(_("Request"), request.number, _("submitted by %(who)s") % {"who": submitter}, request_url)


def place_of(group: Group) -> str:
    """Company, and the department or project the group is for."""
    return " · ".join(str(part) for part in (group.company, group.department, group.project) if part)


def article_and_text(article: str | None, text: str) -> str:
    """第四条第 1 项：as written."""
    if not article:
        return text
    words = clause_words(article)
    return _("%(article)s: %(text)s") % {"article": words, "text": text} if text else words

"""The register's first sentence: 集团本部及 3 家项目公司 · 在用 117 个，9 个有异常."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.directory.models import Office
from governance.paging import COUNTED

from .queries import Choices, Counts


@dataclass(frozen=True)
class Lede:
    """Of which companies, how many groups, how many need a look, how many are on their way."""

    scope: str
    total: str
    odd: str
    new: str


def lede_of(counts: Counts, choices: Choices | None, offices: list[Office]) -> Lede:
    return Lede(scope_of(choices, offices), total_words(counts), odd_words(counts), new_words(counts))


def scope_of(choices: Choices | None, offices: list[Office]) -> str:
    """Whose groups one sees: all of them, those of the companies one oversees, or those one has to do with."""
    overseeing = [office for office in offices if office.oversees]
    if any(office.company_id is None for office in overseeing) and choices:
        return companies_words(choices)
    names = dict.fromkeys(str(office.company) for office in overseeing if office.company_id)
    return _(", ").join(names)


def companies_words(choices: Choices) -> str:
    if not choices.projects:
        return choices.headquarters
    projects = ngettext("{n} project company", "{n} project companies", choices.projects).format(n=choices.projects)
    if not choices.headquarters:
        return projects
    return _("{headquarters} and {projects}").format(headquarters=choices.headquarters, projects=projects)


def total_words(counts: Counts) -> str:
    if counts.is_large:
        return _("more than {n} groups").format(n=COUNTED)
    return ngettext("{n} group", "{n} groups", counts.total).format(n=counts.total)


def odd_words(counts: Counts) -> str:
    if not counts.odd:
        return ""
    return ngettext("{n} needs a look", "{n} need a look", counts.odd).format(n=counts.odd)


def new_words(counts: Counts) -> str:
    if not counts.new:
        return ""
    return ngettext("{n} not established yet", "{n} not established yet", counts.new).format(n=counts.new)

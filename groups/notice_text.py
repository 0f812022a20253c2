"""The group notice (群公告): ready text that the admin pastes into WeChat when the group is created."""

from django.utils import translation
from django.utils.translation import gettext as _

from governance.directory.models import Person
from governance.regulations.rules import cited

from .models import Group
from .queries.terms import Terms
from .told import Told, told


def notice_text(group: Group, terms: Terms, *, admin: Person, language: str | None = None) -> str:
    """Purpose, admin, and the rules with their articles, out of the regulation the group runs under.

    In the language given, else in the active one; a line each, so that it can be pasted as it is.
    """
    with translation.override(language or translation.get_language()):
        lines = [_("[Group notice] %(name)s") % {"name": group.name}]
        if purpose := " ".join(group.purpose.split()):
            lines.append(_("Purpose: %(purpose)s") % {"purpose": purpose})
        lines += [_("Group admin: %(name)s") % {"name": called(admin)}, ""]
        lines.append(
            _("Under “%(regulation)s”, every member please keeps to this:") % {"regulation": group.version.regulation}
        )
        lines += [line_of(number, rule) for number, rule in enumerate(told(terms, "notice"), 1)]
        lines += ["", _("Whoever wants to join or leave the group, please tell the group admin.")]
        return "\n".join(lines)


def line_of(number: int, rule: Told) -> str:
    """One rule with its article."""
    said = {"number": number, "text": rule.text.strip(), "article": cited(rule.article)}
    return _("%(number)s. %(text)s (%(article)s)") % said


def called(person: Person) -> str:
    """Name and department, as people are called in a group."""
    return f"{person.name}（{person.department}）" if person.department else person.name

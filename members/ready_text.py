"""What the admin passes on in WeChat about a group's orders: in Chinese, as it is sent to colleagues there."""

from collections.abc import Iterable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from groups.models import Group

from .models import RosterOrder


def orders_text(group: Group, lines: Iterable[Any]) -> str:
    """Whom to remove and whom to admit, each with the department, newcomers with the nickname to write."""
    lines = list(lines)
    with translation.override("zh-hans"):
        said = [_("Changes to the members of “{group}”:").format(group=group.name)]
        for line in lines:
            person = line.order.person
            place = person.department.name if person.department_id else str(person.company)
            if line.order.kind == RosterOrder.Kind.REMOVE:
                said.append(_("Remove: {name} ({place})").format(name=person.name, place=place))
            elif line.nickname:
                said.append(
                    _("Admit: {name} ({place}), nickname “{nickname}”").format(
                        name=person.name, place=place, nickname=line.nickname
                    )
                )
            else:
                said.append(_("Admit: {name} ({place})").format(name=person.name, place=place))
    return "\n".join(said) if lines else ""

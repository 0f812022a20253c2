"""Who carries out what is ordered about a roster."""

from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.directory.queries import holds, person_of
from governance.workflow import NotAllowed
from groups.models import Group
from groups.permissions import today_of


def check_can_change_roster(user: User, group: Group) -> None:
    """The group's admin; while there is none, the office that designates one (Art. 5, 6)."""
    person = person_of(user)
    if person is not None and group.admin_id == person.pk:
        return
    if group.admin_id is None and holds(user, group.designating_office, on=today_of(user)):
        return
    raise NotAllowed(_("The group's admin admits and removes members."))

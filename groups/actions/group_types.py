"""Group types are known by their code through all versions of a regulation."""

from typing import Any

from django.db import transaction

from governance.regulations.models import RegulationVersion

from ..models import GroupType


@transaction.atomic
def store_group_types(version: RegulationVersion, data: dict[str, Any]) -> None:
    """One row per type of the newest version, called and ordered as in the file; types it no longer has are retired.

    Running twice changes nothing.
    """
    types = GroupType.objects.filter(regulation=version.regulation)
    known = {group_type.code: group_type for group_type in types}
    for position, entry in enumerate(data["group_types"]):
        wanted = {
            "name": entry["name"]["zh"],
            "name_en": entry["name"]["en"],
            "position": position,
            "retired": False,
        }
        group_type = known.get(entry["code"])
        if group_type is None:
            GroupType.objects.create(
                organisation_id=version.organisation_id, regulation=version.regulation, code=entry["code"], **wanted
            )
        elif any(getattr(group_type, name) != value for name, value in wanted.items()):
            types.filter(pk=group_type.pk).update(**wanted)
    types.exclude(code__in=[entry["code"] for entry in data["group_types"]]).filter(retired=False).update(retired=True)

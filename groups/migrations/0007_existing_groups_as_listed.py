"""What a list said of the groups taken over so far: their name, company, type and people stand in the register."""

from django.db import migrations
from django.db.models import OuterRef, Subquery

FACTS = {
    "name": "name",
    "name_folded": "name_folded",
    "company": "company_id",
    "group_type": "group_type_id",
    "admin": "admin_id",
    "owner": "owner_id",
    "members": "member_count",
    "purpose": "purpose",
}


def fill_in(apps, _schema_editor):
    """One statement. Who approves them afterwards is found by the next sweep."""
    groups = apps.get_model("groups", "Group").objects.filter(pk=OuterRef("group"))
    facts = {field: Subquery(groups.values(source)[:1]) for field, source in FACTS.items()}
    apps.get_model("groups", "ExistingGroup").objects.filter(name="").update(**facts)


class Migration(migrations.Migration):
    dependencies = [("groups", "0006_open_points")]

    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]

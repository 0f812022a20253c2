from django.db import migrations, models


class Migration(migrations.Migration):
    """The year in a group's name is the submitter's choice; safe on a big table (a constant default)."""

    dependencies = [("groups", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="creationrequest", name="year", field=models.CharField(blank=True, default="", max_length=4),
            preserve_default=False,
        ),
    ]

"""What stands reached follows from a duty's days: no note of the last climb is kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0002_ladders_and_reminders"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="duty", name="duty_open_rung"),
        migrations.RemoveField(model_name="duty", name="climbed_on"),
        migrations.RemoveField(model_name="duty", name="next_rung_on"),
        migrations.AddField(model_name="duty", name="opened_on", field=models.DateField(null=True)),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("closed_at", None), models.Q(("ladder", ""), _negated=True)),
                fields=["organisation", "ladder", "calendar", "opened_on", "due_at"],
                name="duty_open_ladder",
            ),
        ),
    ]

"""The Celery application. What runs when stands in `governance/schedule.py`."""

import os

from celery import Celery
from celery.signals import beat_init, celeryd_init

from governance.commands import leash
from governance.schedule import beat_entries

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings")
app = Celery("governance")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = beat_entries()


@celeryd_init.connect
@beat_init.connect
def end_with_the_parent(**_about: object) -> None:
    """A worker and a beat started by `serve` end with it, also where the kernel does not see to that."""
    leash.watch_pipe()

"""The Celery application: jobs that deliver and sweep. Filled by the schedule in `governance/schedule.py`."""

"""The portal. Importing it makes the Celery application, so that `shared_task` knows its broker."""

from .celery import app as celery_app

__all__ = ["celery_app"]

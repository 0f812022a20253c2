"""How gunicorn serves the portal. Each value can be set in the environment; `.env.example` explains them."""

import os
from pathlib import Path

import environ

from governance.commands import leash

environ.Env.read_env(Path(__file__).resolve().parents[2] / ".env")

workers = int(os.environ.get("WEB_WORKERS", "1"))
threads = int(os.environ.get("WEB_THREADS", "8"))
worker_class = "gthread"
wsgi_app = "governance.wsgi:application"
timeout = 60  # seconds
graceful_timeout = 8
keepalive = 5
max_requests = int(os.environ.get("WEB_MAX_REQUESTS", "0"))
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
control_socket_disable = True
loglevel = os.environ.get("WEB_LOG_LEVEL", "warning")
accesslog = None  # addresses and times of people are not kept here; the operations log is


def post_fork(server: object, worker: object) -> None:
    """A web worker dies with its master, as the master dies with `serve`."""
    leash.die_with(worker.ppid)
    leash.watch_pipe()


def when_ready(server: object) -> None:
    leash.watch_pipe()

"""`serve`: web, worker and scheduler as one tree of processes, of which nothing is left when this one ends."""

import http.client
import os
import signal
import socket
import sys
import time
from argparse import ArgumentParser
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from governance.commands import leash
from governance.commands.process_tree import Child, ProcessTree

PYTHON = [sys.executable, "-m"]
LOCAL = "127.0.0.1"


def children(host: str, port: int) -> list[Child]:
    """The three processes of an installation. The worker uses threads: it has no children of its own to lose."""
    celery = [sys.executable, *quiet_in_a_demo(), "-m", "celery", "--quiet", "-A", "governance"]
    threads = os.environ.get("WORKER_THREADS", "2")
    worker = ["worker", "--pool", "threads", "--concurrency", threads, "--without-gossip", "--without-mingle"]
    beat = ["beat", "--pidfile", "", "--schedule", str(settings.VAR_DIR / "beat")]
    web = ["gunicorn", "--config", "python:governance.commands.gunicorn_settings", "--bind", f"{host}:{port}"]
    return [
        Child("web server", [*PYTHON, *web]),
        Child("worker", [*celery, *worker, "--loglevel", "WARNING"]),
        Child("scheduler", [*celery, *beat, "--loglevel", "WARNING"]),
    ]


def quiet_in_a_demo() -> list[str]:
    """A demo in a container may run as root; elsewhere Celery's warning about it stands."""
    return ["-W", "ignore:You're running the worker with superuser privileges"] if settings.PORTAL_DEMO else []


def refuse_busy_port(host: str, port: int) -> None:
    """Say in a sentence that somebody else listens there, before three processes say it in tracebacks."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as refused:
            raise CommandError(
                f"Port {port} on {host} cannot be used ({refused.strerror}). Choose another: make run PORT={port + 1}"
            )


def is_healthy(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=1)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


class Command(BaseCommand):
    help = "Run the portal: web, worker and scheduler together, until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = urlsplit(settings.PORTAL_URL).port if not settings.SECURE_SITE else None
        parser.add_argument("--host", default=os.environ.get("PORTAL_HOST", LOCAL), help="address to listen on")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or default or 8000))
        parser.add_argument("--no-demo", action="store_true", help="do not print the logins of the demo")
        parser.add_argument("--leashed", action="store_true", help="also end when the starting process is killed")

    def handle(self, *args: Any, host: str, port: int, no_demo: bool, leashed: bool, **options: Any) -> None:
        if leashed:
            leash.die_with(os.getppid(), signal.SIGTERM)
        refuse_busy_port(host, port)
        reached_at = LOCAL if host == "0.0.0.0" else host
        os.environ.setdefault("PORTAL_URL", f"http://{reached_at}:{port}")
        self.announced, self.started_at = False, time.monotonic()
        tree = ProcessTree(
            children(host, port),
            say=self.say,
            look=lambda: self.announce(reached_at, port, settings.PORTAL_DEMO and not no_demo),
        )
        tree.run()
        self.say("The portal has ended.")

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

    def announce(self, host: str, port: int, demo: bool) -> None:
        """Print the address once somebody can open it, and in a demo who can sign in."""
        if self.announced or not is_healthy(host, port):
            return
        self.announced = True
        self.say(f"\n  工作群管理 · Group governance\n\n  {os.environ['PORTAL_URL']}\n")
        for line in demo_logins() if demo else []:
            self.say(f"  {line}")
        self.say(f"\n  Ready after {time.monotonic() - self.started_at:.1f} s. Ctrl-C ends it.\n")


def demo_logins() -> list[str]:
    """One line for each office of the demo; none where there is no demo data."""
    try:
        logins = import_module("governance.commands.demo").logins
    except (ImportError, AttributeError):
        return []
    return [login if isinstance(login, str) else "  ".join(map(str, login)) for login in logins()]

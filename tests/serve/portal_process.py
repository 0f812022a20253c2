"""A portal really started by `serve`, in a folder and on a port of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
NOT_PASSED_ON = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "EMAIL_URL", "REDIS_URL", "PORTAL_URL", "PORT"}
WHOLE_TREE = 5  # serve, web master, web worker, worker, scheduler


def environment(var: Path, **more: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
    return {**inherited, "PORTAL_VAR": str(var), "PORTAL_DEMO": "0", "PYTHONUNBUFFERED": "1", **more}


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def manage(var: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE,
        env=environment(var, **more),
        capture_output=True,
        text=True,
        timeout=120,
    )


def processes_of(var: Path) -> set[int]:
    """Every living process that was started for this folder, told by its environment."""
    found = set()
    mark = f"PORTAL_VAR={var}\0".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state = (folder / "stat").read_text().rpartition(") ")[2][0]
            if state != "Z" and mark in (folder / "environ").read_bytes() + b"\0":
                found.add(int(folder.name))
        except OSError:
            continue
    return found


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def wait_for(condition, *, seconds: float = 90):
    """What the condition says as soon as it is true; fails the test when it never is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"still not so after {seconds} s")


class Portal:
    """A running `serve`; `wrapper` is a command that starts it, as make or a shell does."""

    def __init__(self, var: Path, *options: str, wrapper: tuple[str, ...] = (), **more: str) -> None:
        self.var, self.port = var, free_port()
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port), *options]
        self.log = (var / "serve.log").open("w+")
        self.process = subprocess.Popen(
            [*wrapper, *command],
            cwd=BASE,
            env=environment(var, **more),
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        except OSError:
            return 0, ""
        finally:
            connection.close()

    def is_whole(self) -> bool:
        return self.get("/healthz")[0] == 200 and len(processes_of(self.var)) >= WHOLE_TREE

    def wait_until_whole(self) -> None:
        wait_for(self.is_whole)

    def child(self, word: str) -> set[int]:
        return {pid for pid in processes_of(self.var) if word in command_of(pid)}

    def printed(self) -> str:
        self.log.flush()
        return Path(self.log.name).read_text()

    def clear_away(self) -> None:
        for pid in processes_of(self.var):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        self.log.close()

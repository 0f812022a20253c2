"""`serve`, really started, really killed. One after another: they are about processes, and there are two cores."""

import json
import os
import signal
import socket

import pytest

from tests.conftest import TEST_REDIS_URL
from tests.serve.portal_process import manage, processes_of, wait_for

pytestmark = pytest.mark.xdist_group("serve")


def test_address_is_printed_when_pages_answer(start):
    portal = start()
    wait_for(lambda: "Ready after" in portal.printed())
    assert f"http://127.0.0.1:{portal.port}\n" in portal.printed()
    assert portal.get("/healthz") == (200, "ok\n")
    status, body = portal.get("/readyz")
    assert (status, json.loads(body)["broker"]) == (200, "ok")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, pytest.param(signal.SIGHUP, marks=pytest.mark.long)])
def test_signal_ends_everything(start, number):
    portal = start()
    portal.wait_until_whole()
    portal.process.send_signal(number)
    assert portal.process.wait(40) == 0
    assert processes_of(portal.var) == set()


def test_kill_of_the_parent_leaves_nothing(start):
    portal = start()
    portal.wait_until_whole()
    portal.process.kill()
    assert portal.process.wait(20) == -signal.SIGKILL
    wait_for(lambda: processes_of(portal.var) == set(), seconds=20)


@pytest.mark.parametrize("moment", ["first child", "web master", "worker"])
def test_kill_while_starting_leaves_nothing(start, moment):
    portal = start()
    waits = {
        "first child": lambda: len(processes_of(portal.var)) >= 2,
        "web master": lambda: portal.child("gunicorn"),
        "worker": lambda: portal.child(" worker "),
    }
    wait_for(waits[moment])
    portal.process.kill()
    assert portal.process.wait(20) == -signal.SIGKILL
    wait_for(lambda: processes_of(portal.var) == set(), seconds=20)


def test_kill_of_the_starter_ends_a_leashed_portal(start):
    portal = start("--leashed", wrapper=("/bin/sh", "-c", '"$@" & wait', "sh"))
    portal.wait_until_whole()
    portal.process.kill()
    assert portal.process.wait(20) == -signal.SIGKILL
    wait_for(lambda: processes_of(portal.var) == set())


def test_dead_worker_is_started_again(start):
    portal = start()
    portal.wait_until_whole()
    (worker,) = portal.child(" worker ")
    os.kill(worker, signal.SIGKILL)
    wait_for(lambda: portal.child(" worker ") - {worker})
    assert "The worker ended (-9); it is started again in 1 s." in portal.printed()


def test_dead_web_master_takes_its_worker_along_and_comes_back(start):
    portal = start()
    portal.wait_until_whole()
    before = portal.child("gunicorn")
    os.kill(min(before), signal.SIGKILL)
    wait_for(lambda: not portal.child("gunicorn") & before, seconds=20)
    portal.wait_until_whole()


def test_busy_port_is_said_in_a_sentence(var):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = manage(var, "serve", "--port", str(port))
    assert refused.returncode == 1
    assert refused.stderr.strip().splitlines()[-1].startswith(f"CommandError: Port {port} on 127.0.0.1 cannot be used")
    assert "Traceback" not in refused.stderr
    assert processes_of(var) == set()


SEND = "from governance.commands.tasks import run_scheduled; run_scheduled.delay('heartbeat')"
READ = "from governance.commands.models import LastRun; print(LastRun.objects.filter(name='heartbeat').count())"


def heartbeats(var, **more):
    return manage(var, "shell", "-v0", "-c", READ, **more).stdout.strip()


def test_message_in_the_folder_reaches_the_worker(start):
    portal = start()
    portal.wait_until_whole()
    sent = manage(portal.var, "shell", "-v0", "-c", SEND)
    assert sent.returncode == 0, sent.stderr
    wait_for(lambda: heartbeats(portal.var) == "1")
    assert list((portal.var / "broker" / "queue").iterdir()) == []


@pytest.mark.redis
def test_message_in_redis_reaches_the_worker(start):
    portal = start(REDIS_URL=TEST_REDIS_URL)
    portal.wait_until_whole()
    sent = manage(portal.var, "shell", "-v0", "-c", SEND, REDIS_URL=TEST_REDIS_URL)
    assert sent.returncode == 0, sent.stderr
    wait_for(lambda: heartbeats(portal.var, REDIS_URL=TEST_REDIS_URL) == "1")


@pytest.mark.long
def test_heart_beats_by_itself(start):
    portal = start()
    portal.wait_until_whole()
    assert json.loads(portal.get("/readyz")[1])["jobs"] == "silent"
    wait_for(lambda: json.loads(portal.get("/readyz")[1])["jobs"] == "ok", seconds=90)

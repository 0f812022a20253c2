"""Keeping children running: how long to pause, and that none is forgotten."""

import sys

import pytest

from governance.commands import process_tree
from governance.commands.process_tree import Child, ProcessTree, pause_after
from tests.serve.portal_process import wait_for

FAILING = [sys.executable, "-c", "raise SystemExit(3)"]


@pytest.mark.parametrize(("failures", "seconds"), [(1, 1), (2, 2), (3, 4), (5, 16), (6, 30), (40, 30)])
def test_pause_grows_up_to_half_a_minute(failures, seconds):
    assert pause_after(failures) == seconds


def test_failing_child_is_announced_and_not_started_before_its_pause():
    said = []
    child = Child("web server", FAILING)
    tree = ProcessTree([child], say=said.append)
    tree.keep(child)
    child.process.wait()
    tree.keep(child)
    tree.keep(child)
    assert said == ["The web server ended (3); it is started again in 1 s."]
    assert child.process is None


def test_steady_child_starts_its_pauses_anew(monkeypatch):
    monkeypatch.setattr(process_tree, "STEADY_AFTER", 0)
    child = Child("worker", [sys.executable, "-c", "import time; time.sleep(30)"], failures=4)
    tree = ProcessTree([child], say=print)
    tree.keep(child)
    tree.keep(child)
    assert child.failures == 0
    tree.stop()
    assert not child.runs


DEAF = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
time.sleep(60)
"""


def test_child_that_does_not_listen_is_killed(monkeypatch, tmp_path):
    monkeypatch.setattr(process_tree, "PATIENCE", 0.5)
    child = Child("worker", [sys.executable, "-c", DEAF, str(tmp_path / "deaf")])
    tree = ProcessTree([child], say=print)
    tree.start(child)
    wait_for((tmp_path / "deaf").exists)
    tree.stop()
    assert child.process.returncode == -9

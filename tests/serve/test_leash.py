"""Processes that end with their parent, each of the two ways."""

import os
import signal
import subprocess
import sys

import pytest

from governance.commands import leash
from tests.serve.portal_process import wait_for

CHILD = "import time; from governance.commands import leash; {tie}; print('tied', flush=True); time.sleep(60)"
PARENT = """
import os, subprocess, sys, time
from governance.commands import leash
pipe = leash.Pipe()
child = subprocess.Popen(
    [sys.executable, "-c", sys.argv[1]], env={**os.environ, **pipe.environment}, pass_fds=pipe.pass_fds,
    stdout=subprocess.PIPE, text=True,
)
child.stdout.readline()
print(child.pid, flush=True)
time.sleep(60)
"""


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as stat:
        return stat.read().rpartition(") ")[2][0] != "Z"


@pytest.mark.parametrize(
    "tie",
    [
        "leash.watch_pipe()",
        pytest.param(
            "import os; leash.die_with(os.getppid())",
            marks=pytest.mark.skipif(not leash.KERNEL_DOES_IT, reason="only Linux has a death signal"),
        ),
    ],
)
def test_child_ends_when_its_parent_is_killed(tie):
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, CHILD.format(tie=tie)], stdout=subprocess.PIPE, text=True
    )
    child = int(parent.stdout.readline())
    assert is_alive(child)
    parent.kill()
    assert parent.wait(20) == -signal.SIGKILL
    wait_for(lambda: not is_alive(child), seconds=20)


@pytest.mark.skipif(not leash.KERNEL_DOES_IT, reason="only Linux has a death signal")
def test_child_whose_parent_is_gone_already_ends_at_once():
    orphan = subprocess.run([sys.executable, "-c", CHILD.format(tie="leash.die_with(1 << 22)")], timeout=10)
    assert orphan.returncode == 1

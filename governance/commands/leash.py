"""Processes that do not outlive the one that started them, however it ends.

On Linux the kernel sends the death signal; elsewhere a thread waits for the end of a pipe that only the parent holds
open, which also ends with it.
"""

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable

PIPE = "PORTAL_LEASH_FD"  # names the inherited end of the parent's pipe
PR_SET_PDEATHSIG = 1
KERNEL_DOES_IT = sys.platform.startswith("linux")

_libc = ctypes.CDLL(None, use_errno=True) if KERNEL_DOES_IT else None


def die_with(parent: int, death: int = signal.SIGKILL) -> None:
    """Ask the kernel to send this process `death` when its parent ends; end at once if it already has.

    Does nothing where the kernel cannot. The parent must have started this process from its main thread.
    """
    if _libc is None:
        return
    if _libc.prctl(PR_SET_PDEATHSIG, int(death), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != parent:  # it ended between the fork and the line above
        os._exit(1)


def tied() -> Callable[[], None]:
    """What a child runs between fork and exec so that it dies with the calling process."""
    parent = os.getpid()
    return lambda: die_with(parent)


class Pipe:
    """The parent's pipe: `environment` and `pass_fds` go to each child, which then calls `watch_pipe()`."""

    def __init__(self) -> None:
        self.watched, self._held = os.pipe()

    @property
    def environment(self) -> dict[str, str]:
        return {PIPE: str(self.watched)}

    @property
    def pass_fds(self) -> tuple[int]:
        return (self.watched,)


def watch_pipe() -> None:
    """In a child: end at once when the pipe named in the environment closes. Nothing to do without one."""
    if PIPE in os.environ:
        threading.Thread(target=_wait_for_the_end, args=(int(os.environ[PIPE]),), daemon=True).start()


def _wait_for_the_end(watched: int) -> None:
    while os.read(watched, 1):
        pass
    os._exit(1)

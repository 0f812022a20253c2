"""Several processes run as one: started together, started again when one dies, ended together."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from django.conf import settings

from . import leash

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LOOK_EVERY = 0.2  # seconds
STEADY_AFTER = 60  # seconds after which a child counts as healthy again
LONGEST_PAUSE = 30  # seconds
PATIENCE = 10  # seconds that children get to end by themselves


@dataclass
class Child:
    """One process of the tree. `failures` counts deaths in a row, for the pause before the next start."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen | None = None
    started_at: float = 0
    start_at: float = 0
    failures: int = 0

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None


def pause_after(failures: int) -> int:
    """Seconds to wait before starting again a child that died `failures` times in a row: 1, 2, 4 … 30."""
    return min(2 ** (failures - 1), LONGEST_PAUSE)


@dataclass
class ProcessTree:
    """`say` tells the person at the terminal; `look` is called at every turn."""

    children: list[Child]
    say: Callable[[str], None]
    environment: Mapping[str, str] = field(default_factory=dict)
    look: Callable[[], None] = lambda: None
    pipe: leash.Pipe = field(default_factory=leash.Pipe)
    ended_by: int | None = None

    def run(self) -> None:
        """Keep the children running until a signal asks to end; none is left when this returns."""
        former = {number: signal.signal(number, self.end) for number in ENDING}
        try:
            while self.ended_by is None:
                for child in self.children:
                    self.keep(child)
                self.look()
                time.sleep(LOOK_EVERY)
        finally:
            self.stop()
            for number, handler in former.items():
                signal.signal(number, handler)

    def end(self, number: int, _frame: FrameType | None) -> None:
        self.ended_by = number

    def keep(self, child: Child) -> None:
        """Start the child if it does not run and its pause is over."""
        now = time.monotonic()
        if child.runs:
            if now - child.started_at > STEADY_AFTER:
                child.failures = 0
            return
        if child.process is not None:
            child.failures += 1
            pause = pause_after(child.failures)
            self.say(f"The {child.name} ended ({child.process.returncode}); it is started again in {pause} s.")
            child.process, child.start_at = None, now + pause
        if now >= child.start_at:
            self.start(child)

    def start(self, child: Child) -> None:
        # An own process group: Ctrl-C reaches only this process, which then ends the children in order.
        child.process = subprocess.Popen(
            child.command,
            cwd=settings.BASE_DIR,
            env={**os.environ, **self.environment, **self.pipe.environment},
            pass_fds=self.pipe.pass_fds,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=leash.tied(),
        )
        child.started_at = time.monotonic()

    def stop(self) -> None:
        """Ask every child to end, then end those that did not, with all that they started."""
        running = [child.process for child in self.children if child.runs]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in running:
            try:
                process.wait(max(0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                pass
        for process in running:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()

"""What starts long work, runs it, finds it again and clears it away."""

from .purging import purge_finished
from .running import run
from .starting import send, start
from .sweeping import sweep

__all__ = ["purge_finished", "run", "send", "start", "sweep"]

"""What opens, closes and passes on duties."""

from .handing_over import close, hand_over
from .nudging import nudge, pass_on
from .sending import mark_sent
from .sweeping import register_ending, sweep

__all__ = ["close", "hand_over", "mark_sent", "nudge", "pass_on", "register_ending", "sweep"]

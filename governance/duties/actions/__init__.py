"""What opens, closes and passes on duties."""

from .handing_over import close, hand_over
from .sending import mark_sent
from .sweeping import register_ending, sweep

__all__ = ["close", "hand_over", "mark_sent", "register_ending", "sweep"]

"""What opens, closes and passes on duties."""

from .handing_over import close, hand_over
from .sending import mark_sent

__all__ = ["close", "hand_over", "mark_sent"]

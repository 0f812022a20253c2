"""What opens and closes duties."""

from .handing_over import close, hand_over

__all__ = ["close", "hand_over"]

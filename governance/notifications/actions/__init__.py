"""What tells people."""

from .circulating import circulate, open_circulation
from .delivering import deliver
from .notifying import notify
from .resending import send_again, send_all_again
from .seeing import open_notice, see_all

__all__ = [
    "circulate",
    "deliver",
    "notify",
    "open_circulation",
    "open_notice",
    "see_all",
    "send_again",
    "send_all_again",
]

"""What tells people."""

from .circulating import circulate, open_circulation
from .delivering import deliver
from .notifying import Telling, notify, notify_all, notify_each
from .resending import send_again, send_all_again
from .seeing import open_notice, see_all, see_kind

__all__ = [
    "Telling",
    "circulate",
    "deliver",
    "notify",
    "notify_all",
    "notify_each",
    "open_circulation",
    "open_notice",
    "see_all",
    "see_kind",
    "send_again",
    "send_all_again",
]

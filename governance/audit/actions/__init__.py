"""What writes the operations log."""

from .recording import record, record_many
from .sealing import seal_events

__all__ = ["record", "record_many", "seal_events"]

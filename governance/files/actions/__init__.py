"""What lets files in, hangs them on things, records that one was opened, and removes what nobody needs."""

from .attaching import attach, detach
from .opening import open_file
from .purging import purge_orphans, purge_temporary, remove
from .storing import store

__all__ = ["attach", "detach", "open_file", "purge_orphans", "purge_temporary", "remove", "store"]

"""The broker of an installation without Redis: messages are files in a folder under `var/`.

Kombu's own transport creates a message under its final name and then writes it, so that a reader may take it half
written; here a message appears complete or not at all.
"""

import os
import time
import uuid
from typing import Any

from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class FolderChannel(filesystem.Channel):
    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:
        """Write the message under a name nobody reads, then rename it into the queue."""
        written = os.path.join(self.data_folder_out, f"{uuid.uuid4()}.draft")
        with open(written, "wb") as draft:
            draft.write(str_to_bytes(dumps(payload)))
        name = f"{time.monotonic() * 1000:015.0f}_{uuid.uuid4()}.{queue}.msg"
        os.replace(written, os.path.join(self.data_folder_out, name))


class FolderTransport(filesystem.Transport):
    Channel = FolderChannel

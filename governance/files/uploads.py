"""The first hand an upload passes through: nobody fills the disk with it."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

MOST_PER_FILE = 64 * 1024 * 1024  # bytes; above every limit of a form, which says so in a sentence
MOST_PER_REQUEST = 160 * 1024 * 1024  # bytes; five attachments of the usual limit, with room


class BoundedUploadHandler(FileUploadHandler):
    """Swallows what a file has beyond the limit, so that the form refuses it by its size; cuts off a flood."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.in_request = 0
        self.in_file = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.in_file = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        already = self.in_file
        self.in_file += len(raw_data)
        self.in_request += len(raw_data)
        if self.in_request > MOST_PER_REQUEST:
            raise StopUpload(connection_reset=True)
        return raw_data if already <= MOST_PER_FILE else None

    def file_complete(self, file_size: int) -> None:
        return None

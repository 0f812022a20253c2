"""Images are drawn anew: upright, without metadata, and without anything that was hidden behind the picture."""

import warnings
from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _
from PIL import Image

from ..kinds import FileRefused, Kind

MOST_PIXELS = 60_000_000
LONGEST_SIDE = 30_000
KEPT_PIXELS = 16_000_000  # of a JPEG: a photo of 48 million pixels is read at half its width, which saves the memory
# A moving GIF is kept as its first picture.
DRAWN_AS = {Kind.PNG: "PNG", Kind.JPEG: "JPEG", Kind.WEBP: "WEBP", Kind.GIF: "PNG"}
SETTINGS = {"JPEG": {"quality": 90}, "PNG": {"compress_level": 6}, "WEBP": {"quality": 90, "method": 2}}


def redrawn(content: BinaryIO, kind: Kind) -> tuple[BytesIO, Kind]:
    """The picture encoded anew, and the kind it is now. Raises FileRefused when it is damaged or too large."""
    content.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is below
            with Image.open(content, formats=[kind.name]) as image:
                refuse_huge(image)
                return encoded(upright(image), DRAWN_AS[kind]), Kind[DRAWN_AS[kind]]
    except Image.DecompressionBombError:
        raise too_many_pixels()
    except (OSError, SyntaxError, ValueError, EOFError, ArithmeticError, MemoryError, KeyError, IndexError):
        raise FileRefused(_("The picture cannot be read; it may be damaged. Take it or save it again."))


def too_many_pixels() -> FileRefused:
    return FileRefused(_("The picture has more than 60 million pixels. Send a smaller one."))


def refuse_huge(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS or max(image.size) > LONGEST_SIDE:
        raise too_many_pixels()


def upright(image: Image.Image) -> Image.Image:
    """The first picture of the file, turned as its camera meant it, in plain colours."""
    orientation = image.getexif().get(0x0112, 1)
    if image.format == "JPEG" and image.width * image.height > KEPT_PIXELS:
        image.draft("RGB", (image.width // 2, image.height // 2))
    has_alpha = image.format != "JPEG" and image.has_transparency_data
    plain = image.convert("RGBA" if has_alpha else "L" if image.mode in ("1", "L") else "RGB")
    if orientation in TURNS:
        plain = plain.transpose(TURNS[orientation])
    plain.info = {}
    return plain


TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def encoded(image: Image.Image, drawn_as: str) -> BytesIO:
    drawn = BytesIO()
    image.save(drawn, drawn_as, **SETTINGS[drawn_as])
    drawn.seek(0)
    return drawn

"""Pictures of pages: PNG, JPEG, and TIFF with one page or many."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.errors import UnreadableError
from corpus.layout.page import page_text
from corpus.ocr import Picture, confidence, read_pictures
from corpus.readers.paged import ReadPage, source_of
from corpus.records import Source

if TYPE_CHECKING:
    from PIL.Image import Image

_MAX_PIXELS = 100_000_000  # a page of A3 at 600 dots an inch has 70 million
_MAX_PAGES = 2_000
_A4_INCHES = 11.7  # the long side of a page, where a picture does not say how large it is
_DPI_RANGE = (100.0, 700.0)
_FORMATS = ("PNG", "JPEG", "TIFF")


def read(data: bytes, name: str) -> Source:
    """Read the pages of a picture with Tesseract; without it every page has the origin ``none``.

    Raises:
        UnreadableError: the file is damaged, no such picture, or too large to be decoded safely.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own limit follows
            picture = Image.open(io.BytesIO(data), formats=_FORMATS)
        with picture:
            count = min(getattr(picture, "n_frames", 1), _MAX_PAGES)
            _check_sizes(picture, count)
            pages = [ReadPage("", "none")] * count
            for reading in read_pictures(_pages(picture, count)):
                text = page_text(reading.words, reading.height)
                pages[reading.index] = ReadPage(text, "ocr", confidence(reading.words))
    except UnidentifiedImageError as error:
        raise UnreadableError("filen är ingen bild i formatet PNG, JPEG eller TIFF, eller är skadad") from error
    except UnreadableError:
        raise
    except Exception as error:
        # Pillow raises what its decoders happen to meet (OSError, SyntaxError, ValueError, struct.error …).
        raise UnreadableError(f"bilden är skadad och kan inte läsas ({type(error).__name__})") from error
    return source_of(pages, picture.format.lower() if picture.format else "image")


def _pages(picture: Image, count: int) -> Iterator[Picture]:
    import numpy as np

    for index in range(count):
        picture.seek(index)
        dpi = _resolution(picture)
        grey = np.asarray(_upright(picture), dtype=np.uint8)
        yield Picture(index, grey, dpi)


def _check_sizes(picture: Image, count: int) -> None:
    """Refuse, by the heads of its pages, a picture that would fill the memory once decoded."""
    for index in range(count):
        picture.seek(index)
        width, height = picture.size
        if width * height > _MAX_PIXELS:
            millions = width * height // 1_000_000
            raise UnreadableError(f"bilden är för stor ({millions} miljoner bildpunkter; gränsen är 100); minska den")


def _upright(picture: Image) -> Image:
    """The picture in grey on white, turned as the camera noted."""
    from PIL import Image, ImageOps

    turned = ImageOps.exif_transpose(picture) or picture
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        ground = Image.new("RGBA", turned.size, "white")
        turned = Image.alpha_composite(ground, turned.convert("RGBA"))
    return turned.convert("L")


def _resolution(picture: Image) -> float:
    """Dots an inch as the file says, or as if the picture were a page of A4."""
    said = picture.info.get("dpi", (0, 0))[0]
    least, most = _DPI_RANGE
    if least <= float(said) <= most:
        return float(said)
    return min(most, max(least, max(picture.size) / _A4_INCHES))

"""PDFs for the tests, drawn with fpdf2: text at places, ruling lines, pictures of pages."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pypdfium2
from fpdf import FPDF
from PIL.Image import Image

LEADING = 14.0  # points from a row to the next
SIZE = 11


def sheet() -> FPDF:
    """An empty document of A4 pages, measured in points."""
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_font("Helvetica", size=SIZE)
    return pdf


def put(pdf: FPDF, left: float, top: float, *rows: str) -> float:
    """Write rows below each other from ``top``; the height of the next row. An empty row leaves a gap."""
    for row in rows:
        if row:
            pdf.text(left, top, row)
        top += LEADING
    return top


def made(pdf: FPDF) -> bytes:
    """The bytes of the document."""
    return bytes(pdf.output())


def page(*blocks: tuple[float, float, Sequence[str]], draw: Callable[[FPDF], None] | None = None) -> bytes:
    """A page with blocks of rows at (left, top)."""
    pdf = sheet()
    pdf.add_page()
    for left, top, rows in blocks:
        put(pdf, left, top, *rows)
    if draw is not None:
        draw(pdf)
    return made(pdf)


def picture(data: bytes, dpi: int = 200) -> Image:
    """The first page of a PDF as a grey picture."""
    with pypdfium2.PdfDocument(data) as pdf:
        return pdf[0].render(scale=dpi / 72, grayscale=True).to_pil().copy()


def scanned(*pictures: Image, layer: Sequence[str] = ()) -> bytes:
    """A PDF of pictures that fill their pages, with the text of a scanner's recognition under the first."""
    pdf = sheet()
    for k, one in enumerate(pictures):
        pdf.add_page()
        if k == 0:
            put(pdf, 60, 100, *layer)
        stored = io.BytesIO()
        one.save(stored, "PNG")
        pdf.image(stored, 0, 0, pdf.w, pdf.h)
    return made(pdf)

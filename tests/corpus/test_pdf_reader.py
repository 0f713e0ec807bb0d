"""PDF files with a text layer, written here by hand so that every byte is known."""

from __future__ import annotations

import pytest
from corpus_reading import chunk_with, read

from corpus.errors import UnreadableError


def pdf(*pages: list[str], trailer: str = "") -> bytes:
    """A PDF with one line of Helvetica for each string of each page."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, lines in enumerate(pages):
        shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
        stream = f"BT /F1 12 Tf 50 750 Td {shown} ET" if lines else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * n} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode("cp1252")


def test_pages_of_the_text_layer_keep_their_numbers() -> None:
    data = pdf(["Protokoll", "§ 1 Bad", "Vattnet är rent."], ["§ 2 Bro", "Bron lagas på våren."])
    document = read(data, "p.pdf")
    assert document.text == "Protokoll\n§ 1 Bad\nVattnet är rent.\n\f§ 2 Bro\nBron lagas på våren."
    assert [document.text[p.start : p.end].split("\n")[0] for p in document.pages] == ["Protokoll", "§ 2 Bro"]
    assert chunk_with(document, "Bron lagas").page == 2


def test_loose_accents_of_tex_are_put_on_their_letters() -> None:
    document = read(pdf(["M¨otet ¨oppnas", "Andr´e v¨aljs."]), "p.pdf")
    assert document.text == "Mötet öppnas\nAndré väljs."
    assert "´" in read(pdf(["Mötet´s slut"]), "p.pdf").text, "no accents of TeX"


def test_an_empty_page_lacks_nothing() -> None:
    document = read(pdf(["Vattnet är rent."], []), "p.pdf")
    assert (len(document.pages), document.pages_without_text) == (2, 0)


def test_a_damaged_page_costs_only_itself() -> None:
    data = pdf(["Vattnet är rent."], ["Bron lagas."]).replace(b"6 0 R]", b"9 0 R]")
    document = read(data, "p.pdf")
    assert (document.text.strip(), document.pages_without_text) == ("Vattnet är rent.", 1)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (pdf([], []), "ingen text"),
        (pdf(["Vattnet"])[:200], "skadad"),
        (b"%PDF-1.4\nskrot", "skadad"),
        (b"inte alls", "inte en PDF"),
        (b"", "tom"),
        (
            pdf(["Vattnet"], trailer="/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
                f"/O <{'11' * 32}> /U <{'22' * 32}> >>"),
            "lösenord",
        ),
    ],
)  # fmt: skip
def test_unreadable_files_say_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        read(data, "p.pdf")

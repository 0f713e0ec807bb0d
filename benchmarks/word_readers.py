"""What four ways of reading a Word file keep of one page of minutes, and how long they take.

``python benchmarks/word_readers.py``; libraries that are not installed are left out. docx2python
and mammoth are no dependencies of Klubbat: ``pip install docx2python==3.7.1 mammoth==1.13.0``.
"""

from __future__ import annotations

import io
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests" / "corpus")]

from word_files import HEADING_STYLES, docx_bytes, level, listed, numbering, p, run, table, tc  # noqa: E402

NUMS = (
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="12"/>'
    '</w:lvlOverride></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)
LISTS = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "§ %1")}{level(1, "lowerLetter", "%2)")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "-")}</w:abstractNum>{NUMS}'
)
# What is asked: a pattern that the text must hold, or (with !) must not hold.
QUESTIONS = {
    "heading with its level": r"(?m)^#+ (§ 12 )?Val av justerare",
    "automatic number (§ 12)": r"§ 12[ \t]+Val av justerare",
    "second level (b))": r"b\)\s+brosyn",
    "bullet": r"(?m)^\s*[-*•]+\s+brygga",
    "inserted text": r"Avgiften är 200 kr",
    "deleted text left out": r"!100",
    "moved text once": r"!flyttad.*flyttad",
    "hidden text left out": r"!gömt",
    "comment left out": r"!Stryk det här",
    "field code left out": r"!HYPERLINK",
    "text box, once": r"!(Sista dag.*Sista dag)|\A((?!Sista dag).)*\Z",
    "note with its text": r"Enligt avtal",
    "page head": r"Granviks byalag",
    "table row on one line": r"Bad[ |\t]+brygga[ |\t]+Eva Ek",
    "merged cell once": r"!Sammanslagen.*Sammanslagen",
    "nested table, once": r"!(inre cell.*inre cell)|\A((?!inre cell).)*\Z",
    "tab kept": r"Tid\tkl. 18",
    "content control": r"Sekreterare: Bo Ek",
    "prompt left out": r"!Klicka här",
}


def page() -> bytes:
    """A page that holds what the questions ask for."""
    box = f"<w:txbxContent>{p('Sista dag 4 mars')}</w:txbxContent>"
    field = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPERLINK </w:instrText></w:r>"
        f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('Granvik')}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    body = [
        p("Protokoll", "Rubrik"),
        listed("Val av justerare", 1, 0, "Rubrik1"), listed("badsyn", 1, 1), listed("brosyn", 1, 1),
        listed("brygga", 2),
        f"<w:p>{run('Avgiften är ')}<w:del w:id='1'><w:r><w:delText>100</w:delText></w:r></w:del>"
        f"<w:ins w:id='2'>{run('200')}</w:ins>{run(' kr')}</w:p>",
        f"<w:p><w:moveFrom w:id='3'>{run('flyttad')}</w:moveFrom><w:moveTo w:id='4'>{run('flyttad')}</w:moveTo></w:p>",
        f"<w:p>{run('gömt', '<w:vanish/>')}<w:commentRangeStart w:id='5'/>{run('Bad')}<w:commentRangeEnd w:id='5'/>"
        "<w:r><w:commentReference w:id='5'/></w:r></w:p>",
        f"<w:p>{field}</w:p>",
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>",
        f"<w:p>{run('Bron')}<w:r><w:footnoteReference w:id='7'/></w:r></w:p>",
        table(
            tc("Sammanslagen", '<w:gridSpan w:val="2"/>') + tc("Ansvarig"), tc("Bad") + tc("brygga") + tc("Eva Ek"),
            tc(table(tc("inre cell") + tc("annan")) + p()) + tc("x") + tc("y"),
        ),
        "<w:p><w:r><w:t>Tid</w:t><w:tab/><w:t>kl. 18</w:t></w:r></w:p>",
        f"<w:p>{run('Sekreterare: ')}<w:sdt><w:sdtPr/><w:sdtContent>{run('Bo Ek')}</w:sdtContent></w:sdt></w:p>",
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('Klicka här')}</w:sdtContent></w:sdt>",
    ]  # fmt: skip
    data: bytes = docx_bytes(
        "".join(body), styles=HEADING_STYLES, numbering=LISTS, header=p("Granviks byalag"),
        footnotes=f"<w:footnote w:id='7'>{p('Enligt avtal.')}</w:footnote>",
        comments=f"<w:comment w:id='5' w:author='Eva' w:initials='E'>{p('Stryk det här')}</w:comment>",
    )  # fmt: skip
    return data


def long_page() -> bytes:
    """Two thousand numbered paragraphs, for the time."""
    body = "".join(listed(f"Ärende {n} om bad och bro i Granvik", 1) for n in range(2000))
    data: bytes = docx_bytes(body, styles=HEADING_STYLES, numbering=numbering(level(0, "decimal", "%1.")))
    return data


def ours(data: bytes) -> str:
    """Read with Klubbat's own reader."""
    from corpus.readers import docx

    return docx.read(data, "p.docx").text


def python_docx(data: bytes) -> str:
    """Use python-docx as its documentation shows it: paragraphs and cells in order."""
    import docx

    document = docx.Document(io.BytesIO(data))
    lines: list[str] = []
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            lines += [" | ".join(cell.text for cell in row.cells) for row in part.rows]
        else:
            name = str(part.style.name)
            heading = re.fullmatch(r"Heading (\d)", name)
            lines.append(f"#{'#' * int(heading[1])} {part.text}" if heading else part.text)
    return "\n".join(lines)


def docx2python(data: bytes) -> str:
    """Take the text of all parts from docx2python."""
    from docx2python import docx2python as opened

    with opened(io.BytesIO(data)) as content:
        return str(content.text)


def mammoth(data: bytes) -> str:
    """Read the web page that mammoth makes with our reader of web pages."""
    import mammoth as library

    from corpus.readers import html

    page = library.convert_to_html(io.BytesIO(data)).value
    return html.read(f"<html><body>{page}</body></html>".encode(), "p.html").text


def holds(text: str, question: str) -> bool:
    """Whether a text is as a question wants it."""
    wanted = not question.startswith("!")
    return (re.search(question.removeprefix("!"), text, re.DOTALL) is not None) is wanted


def main() -> None:
    """Print the table."""
    readers: list[Callable[[bytes], str]] = [ours, python_docx, docx2python, mammoth]
    texts, times = {}, {}
    for reader in readers:
        try:
            texts[reader.__name__] = reader(page())
        except ImportError:
            continue
        data = long_page()
        start = time.perf_counter()
        reader(data)
        times[reader.__name__] = time.perf_counter() - start
    print("| |", " | ".join(texts), "|")
    print("|---|" + "---|" * len(texts))
    for name, question in QUESTIONS.items():
        print(f"| {name} |", " | ".join("yes" if holds(text, question) else "no" for text in texts.values()), "|")
    print("| 2000 paragraphs, seconds |", " | ".join(f"{times[name]:.2f}" for name in texts), "|")
    if "--show" in sys.argv:
        for name, text in texts.items():
            print(f"\n--- {name}\n{text}")


if __name__ == "__main__":
    main()

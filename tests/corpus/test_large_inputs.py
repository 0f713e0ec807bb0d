"""Size and malice: long lines and runs of one sign take time in proportion to their length."""

from __future__ import annotations

import time

import pytest
from corpus_reading import read

from models.sentences import split_sentences

SIZE = 150_000
# Far above what any of them takes (about a second): only a quadratic pattern gets there.
SECONDS = 60
RUNS = [" ", ".", "1", "§", "-", "#", "*", "[", "|", "\t", "<", "_", "(", "[](", "<!--", "\u00a0", "\u00ad", "1.",
        "a-\n", "# ", " .", "\n", "\f", "¹\n", "§ 1\n\n", "1. A\n\n", "Innehåll\nx 1\n", "Läs mer\n\n",
        "en rad\n¹ Not\n\nfort\n", "<!-- sida 4 -->\nord\n\n", "a)", "möte ", "12-12-12 "]  # fmt: skip
TEXTS = {
    **{f"run of {sign!r}": sign * (SIZE // len(sign)) for sign in RUNS},
    "heading with a gap": "# a" + " " * SIZE + "b",
    "heading with signs": "# a" + "#" * SIZE + "b",
    "leader dots": "Innehåll\n" + "." * SIZE + "\nx 1\ny 2\n",
    "title with a gap": "Protokoll" + " " * SIZE + "x",
    "metadata with a gap": "<!-- a: b" + " " * SIZE + "c -->",
    "front matter": "---\n" + "a: b  " * (SIZE // 6) + "\n",
    "transcript": "\n".join(f"{n} {n} " + "Innehåll Aa Bb " * (SIZE // 80) for n in range(1, 6)),
}


@pytest.mark.parametrize("name", ["p.txt", "p.md"])
@pytest.mark.parametrize("kind", TEXTS)
def test_no_pattern_is_quadratic(kind: str, name: str) -> None:
    begin = time.perf_counter()
    try:
        read("§ 1 Bad\n\nVattnet är rent.\n\n" + TEXTS[kind] + "\n\n§ 2 Bro\n", name)
        read(TEXTS[kind] + "\nx", name)
    finally:
        assert time.perf_counter() - begin < SECONDS


def test_five_megabytes_on_one_line_become_bounded_chunks() -> None:
    from corpus.documents import document_from_bytes

    text = "Nämnden beslutar att bevilja medel till badplatsen vid ån. " * 85_000
    document = document_from_bytes(text.encode(), "p.txt", split_sentences)
    assert len(text) > 5_000_000
    assert max(c.end - c.start for c in document.chunks) <= 1200


@pytest.mark.parametrize("sign", ["(", "[](", "§", '"', ".", " .", "http://a.se/"])
def test_sentences_of_odd_runs(sign: str) -> None:
    text = sign * (30_000 // len(sign))
    assert "".join(s.of(text) for s in split_sentences(text)).replace(" ", "") == text.replace(" ", "")

"""Answers and hits as text for people: the answer first, then its source, then the proof."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from corpus.personal_numbers import mask_personal_numbers
from engine.facts.text import phrase
from engine.hits import Answer, Citation, Language, Results
from engine.places import Places
from engine.questions.account import account
from engine.questions.understanding import Understood
from engine.search.explain import Explanation
from engine.search.proofs import proof_of
from index.records import Extent, StoredChunk
from models.analysis import Analyser

_SHOWN = 700  # characters of a quotation; the proof is always inside
_SHORT = 140  # characters of a quotation where nothing answers
_NEAREST = {"sv": "Närmast till hands:", "en": "The nearest passages:"}
_MORE = {"sv": "Se även:", "en": "See also:"}


def show_answer(answer: Answer, places: Places, console: Console) -> None:
    """Print an answer with its quotation, or the silence with the nearest passages, and what was searched."""
    searched = None if answer.searched is None else Text(searched_line(answer.searched, answer.language), style="dim")
    if answer.text is None:
        console.print(Text(answer.explanation, style="bold"))
        if searched is not None:
            console.print(searched)
        if answer.citations:
            console.print(Text(f"\n{_NEAREST[answer.language]}"))
        for citation in answer.citations:
            _print_indented(Text(places.source_line(citation.chunk), style="cyan"), 2, console)
            _print_indented(Text(f"”{_shortened(citation)}”", style="dim"), 4, console)
        return
    first, *others = answer.citations
    console.print(Text(mask_personal_numbers(answer.text), style="bold"), soft_wrap=not console.is_terminal)
    console.print()
    show_citation(first, places, console)
    if others:
        console.print(Text(f"\n{_MORE[answer.language]}", style="dim"))
    for citation in others:
        _print_indented(Text(places.source_line(citation.chunk), style="dim"), 2, console)
    if searched is not None:
        console.print()
        console.print(searched)


def searched_line(extent: Extent, language: Language) -> str:
    """What was searched, as in *Sökt i 124 handlingar, 2013–2025*."""
    if not extent.documents:
        return phrase("searched_none", language)
    years = "–".join(dict.fromkeys(day[:4] for day in (extent.first, extent.last) if day))
    where = phrase("searched_one" if extent.documents == 1 else "searched", language, count=str(extent.documents))
    return f"{where[:-1]}, {years}." if years else where


def _shortened(citation: Citation) -> str:
    """The proving words on one line, cut at a word where they are many."""
    text = mask_personal_numbers(citation.chunk.text)
    start = citation.proof.start - citation.chunk.start
    words = " ".join(text[start : citation.proof.end - citation.chunk.start].lstrip("#> ").split())
    return words if len(words) <= _SHORT else words[:_SHORT].rsplit(" ", 1)[0].rstrip(",;:–-") + "…"


def show_understood(understood: Understood, console: Console) -> None:
    """Print how the question was understood, a line for each thing that it says."""
    heading = {"sv": "Så förstods frågan:", "en": "The question was understood as:"}[understood.language]
    lines = [f"{label}: {mask_personal_numbers(text)}" for label, text in account(understood)]
    console.print(Text(f"\n{heading}", style="dim"))
    _print_indented(Text("\n".join(lines), style="dim"), 2, console)


def show_citation(citation: Citation, places: Places, console: Console) -> None:
    """Print a source line and, below it, the quotation with the proof marked."""
    chunk = citation.chunk
    line = places.source_line(chunk)
    console.print(Text(line, style="cyan"), soft_wrap=not console.is_terminal)
    start = citation.proof.start - chunk.start
    _print_indented(_marked(chunk, start, start + len(citation.quote), console), 2, console)


def show_results(
    results: Results,
    places: Places,
    analyser: Analyser,
    console: Console,
    explained: Sequence[Explanation] = (),
) -> None:
    """Print hits, numbered, each with its source line and quotation, and why it was found."""
    for number, hit in enumerate(results.hits, 1):
        line = places.source_line(hit.chunk)
        console.print(
            Text.assemble((f"{number}. ", "bold"), (line, "cyan"), (f"  {hit.score:.2f}", "dim")), soft_wrap=True
        )
        proof = proof_of(results.words, hit.chunk, analyser)
        start, end = proof.start - hit.chunk.start, proof.end - hit.chunk.start
        _print_indented(_marked(hit.chunk, start, end, console), 3, console)
        if explained:
            why = explained[number - 1]
            _print_indented(Text(f"varför: {why.reasons_line}\npoäng: {why.scores_line}", style="dim"), 3, console)
        console.print()


def _print_indented(text: Text, indent: int, console: Console) -> None:
    """Text with an indent: wrapped to the terminal, else with the lines that it has."""
    lines = text.wrap(console, console.width - indent) if console.is_terminal else text.split("\n")
    for line in lines:
        line.rstrip()
        console.print(Text(" " * indent).append_text(line), soft_wrap=True)


def _marked(chunk: StoredChunk, start: int, end: int, console: Console) -> Text:
    """The chunk's text with the proof marked: by style where there are styles, else by » and «."""
    text = mask_personal_numbers(chunk.text)
    first = max(0, min(start, start - (_SHOWN - (end - start)) // 2))
    last = min(len(text), max(end, first + _SHOWN))
    before, proof, after = text[first:start], text[start:end], text[end:last]
    marks = ("", "") if console.color_system else ("»", "«")  # without styles, signs
    shown = Text("…" if first else "")
    shown.append(_folded(before))
    shown.append(marks[0] + _folded(proof) + marks[1], style="bold yellow")
    shown.append(_folded(after) + ("…" if last < len(text) else ""))
    return shown


def _folded(text: str) -> str:
    """Text without the empty lines and wide gaps of its source; lists keep their lines."""
    text = re.sub(r"[ \u00a0]{2,}", " ", text)
    return re.sub(r"[ \t]*\n\s*\n\s*", "\n", text)

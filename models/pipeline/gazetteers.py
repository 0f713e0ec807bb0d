"""The component ``klubbat_gazetteers``: bodies, roles and organisations by the form of their words.

The forms stand in ``corpus/tables/bodies.tsv`` (without those of ``models/tables/not_bodies.tsv``),
``models/tables/roles.tsv`` and ``models/tables/organisations.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from corpus.tables import read_rows, table
from models.pipeline.tokenizer import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_NAME = r"[A-ZÅÄÖ][\w-]*[^\W\d_]"
_DEFINITE = re.compile(r"(?i)(?:en|ens|et|ets|n|ns|na|nas|fullmäktiges?)$")


@cache
def body_pattern() -> re.Pattern[str]:
    """A body, with what stands before: *kultur- och fritidsnämndens arbetsutskott*, *Tekniska nämnden*."""
    ends = "|".join(row["pattern"] for row in table("bodies"))
    joined = r"(?:\w+-,? (?:\w+-,? )?(?:och|&|samt) )?"
    word = rf"{joined}\w*(?:{ends})"
    return re.compile(rf"(?<![\w-])(?:\w+(?:ska|ala|samma) )?{word}(?:(?<=s) {word})?(?![\w-])", re.IGNORECASE)


@cache
def _no_body() -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in read_rows("models.tables", "not_bodies")), re.IGNORECASE)


@cache
def role_pattern() -> re.Pattern[str]:
    """A role, with what ranks it: *1:e vice ordförande*, *t.f. förvaltningschef*."""
    forms = "|".join(row["pattern"] for row in read_rows("models.tables", "roles"))
    rank = r"(?:(?:\d:[ea]|förste|första|andre|andra|vice|v\.|tf\.?|t\.f\.|bitr\.?|biträdande|tillförordnad) ){0,3}"
    return re.compile(rf"(?<![\w-]){rank}(?:\w+-)?(?:{forms})(?![\w-])", re.IGNORECASE)


@cache
def organisation_pattern() -> re.Pattern[str]:
    """An organisation by the form of its name."""
    forms = "|".join(row["pattern"].replace("{Name}", _NAME) for row in read_rows("models.tables", "organisations"))
    return re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])")


def mark_gazetteers(doc: Doc) -> Doc:
    """Set ``doc.spans["bodies"]``, ``["roles"]`` and ``["organisations"]``."""
    text = text_of(doc)
    doc.spans["bodies"] = _spans(doc, _bodies(text), "body")
    doc.spans["roles"] = _spans(doc, (match.span() for match in role_pattern().finditer(text)), "role")
    found = (match.span() for match in organisation_pattern().finditer(text))
    doc.spans["organisations"] = _spans(doc, found, "organisation")
    return doc


def _bodies(text: str) -> Iterator[tuple[int, int]]:
    """Bodies that are meant as one: with a capital letter or in the definite form (*råd* is advice)."""
    for match in body_pattern().finditer(text):
        word = match[0].split()[-1]
        if (match[0][0].isupper() or _DEFINITE.search(word)) and not _no_body().fullmatch(word):
            yield match.span()


def _spans(doc: Doc, places: Iterable[tuple[int, int]], label: str) -> list[Span]:
    spans = (doc.char_span(start, end, label=label, alignment_mode="expand") for start, end in places)
    return [span for span in spans if span is not None]

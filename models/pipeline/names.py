"""The component ``klubbat_names``: the persons of the trained model, mended by the layout of minutes.

A name never reaches over a tab, a gap of columns or from one line of a list into the next; a role is no
part of a name; words with capitals before a party (*Eva Ek (M)*), after a role and a colon
(*Justerare: Eva Ek*) or after ``@`` are a person whatever the model says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from models.pipeline.plausible import can_be_other_name, can_be_person
from models.pipeline.tokenizer import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_WORD = r"[A-ZÅÄÖÉÜØÁÇŠŽ](?:[^\W\d_]|['’.-])*[^\W\d_.](?:-[A-ZÅÄÖ]\w+)?"
_LINK = r"(?:von|af|de|van|der|den|la|el|al)"
# Two to four words with capitals on a line; a short first name with a full stop inside too (Eva B. Ek).
_FULL = rf"{_WORD}(?: (?:{_WORD}|{_LINK}|[A-ZÅÄÖ]\.))?(?: {_WORD}){{1,2}}"
_LINKS = re.compile(_LINK)
_COUNTED = re.compile(r"[a-z]\.|[a-z]\)")  # of a list: a. b)
_PARTY = re.compile(rf"(?<![\w-])(?P<name>{_FULL})(?= {{1,2}}\((?:[A-ZÅÄÖ][A-Za-zåäöÅÄÖ]{{0,2}}|-)\))")
# A colon or a gap of columns between a role and a full name: *Sekreterare: Eva Ek*.
_AFTER_ROLE = re.compile(rf"(?::[ \t]{{0,8}}|\t| {{2,}})(?P<name>{_FULL})(?!\w)")
_HANDLE = re.compile(rf"(?<!\w)@(?P<name>{_WORD})")


def mend_names(doc: Doc) -> Doc:
    """Set ``doc.ents`` to the mended names of the model and the persons that the layout shows."""
    from spacy.util import filter_spans

    roles = _tokens(doc, "roles")
    others = roles | _tokens(doc, "bodies", "organisations")
    sure = _by_layout(doc, roles, others)
    taken = {i for span in sure for i in range(span.start, span.end)}
    kept = [
        span
        for ent in doc.ents
        for span in _mended(doc, ent, others if ent.label_ == "PER" else roles)
        if taken.isdisjoint(range(span.start, span.end))
    ]
    doc.set_ents(filter_spans([*sure, *kept]))
    return doc


def _tokens(doc: Doc, *groups: str) -> set[int]:
    """The words of groups of spans."""
    return {i for name in groups for span in doc.spans[name] for i in range(span.start, span.end)}


def _by_layout(doc: Doc, roles: Set[int], others: Set[int]) -> list[Span]:
    """The persons that the layout shows, whatever the model says; none that holds a body or an organisation."""
    from spacy.util import filter_spans

    text = text_of(doc)
    places = [match.span("name") for match in _PARTY.finditer(text)] if "(" in text else []
    for role in doc.spans["roles"]:
        match = _AFTER_ROLE.match(text, role.end_char)
        places += [match.span("name")] if match else []
    places += [match.span("name") for match in _HANDLE.finditer(text)] if "@" in text else []
    found = []
    for start, end in places:
        span = doc.char_span(start, end, alignment_mode="expand")
        while span is not None and len(span) and span[0].i in roles:
            span = span[1:]
        if span is not None and len(span) and others.isdisjoint(range(span.start, span.end)):
            found.append(_labelled(doc, span.start, span.end, "PER"))
    return list(filter_spans(found))


def _mended(doc: Doc, ent: Span, others: Set[int]) -> Iterator[Span]:
    """The parts of a name that stand apart, without ``others`` (roles, bodies), signs and plain words at their ends."""
    for part in _lines(doc, ent):
        start, end = part.start, part.end
        capitals = any(token.text[0].isupper() for token in part)
        while start < end and _no_part(doc[start], capitals, others):
            start += 1
        while start < end and _no_part(doc[end - 1], capitals, others):
            end -= 1
        words = [token.text for token in doc[start:end] if not _is_sign(token)]
        if not words or not others.isdisjoint(range(start, end)):
            continue
        if ent.label_ == "PER":
            good = can_be_person(words)
        else:
            good = any(word[0].isupper() for word in words) and (not _opens(doc, start) or can_be_other_name(words))
        if good:
            yield _labelled(doc, start, end, ent.label_)


def _opens(doc: Doc, i: int) -> bool:
    """Whether a word opens a line or a sentence, where its capital says nothing."""
    while i > 0 and _is_sign(doc[i - 1]):
        i -= 1
        if any(sign in ".:!?\n\t" for sign in doc[i].text):
            return True
    return i == 0


def _no_part(token: Token, capitals: bool, others: Set[int]) -> bool:
    """Whether a word at the end of a name is none of it: a sign, an address, a plain word beside capitals."""
    text = token.text
    if _is_sign(token) or token.i in others or token.like_url or token.like_email or _COUNTED.fullmatch(text):
        return True
    return capitals and text[0].islower() and not _LINKS.fullmatch(text)


def _lines(doc: Doc, ent: Span) -> Iterator[Span]:
    """The entity cut where columns or lines of a list part it; a name broken at the line's end stays whole."""
    start = ent.start
    for token in ent:
        if token.is_space and _parts(token, token.i - start):
            if token.i > start:
                yield _labelled(doc, start, token.i, ent.label_)
            start = token.i + 1
    if start < ent.end:
        yield _labelled(doc, start, ent.end, ent.label_)


def _parts(space: Token, words_before: int) -> bool:
    """Whether white space parts two names: a tab, several spaces, an empty line, a line after a whole name."""
    text = space.text
    if "\n" in text:
        return text.count("\n") > 1 or words_before > 1
    return "\t" in text or len(text) > 1


def _is_sign(token: Token) -> bool:
    return not any(sign.isalpha() for sign in token.text)


def _labelled(doc: Doc, start: int, end: int, label: str) -> Span:
    from spacy.tokens import Span

    return Span(doc, start, end, label=label)

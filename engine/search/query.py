"""The query language of a search: what a researcher may write beside plain words.

``"exact phrase"``, ``skol*``, ``OCH``, ``ELLER``, ``INTE`` with parentheses, ``-ord`` and
``datum:2018``. Whatever does not fit together as such is plain words, and so is every question that
ends with a question mark. ``docs/search-syntax.md`` tells it to users.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import UsageError
from engine.search.query_fields import condition_of_field
from engine.search.query_tokens import Token, tokens_of
from index.conditions import All, AnyOf, Condition, InDocuments, InSection, Not, Phrase, Truncated, Word
from models.swedish import stopwords

# Deeper parentheses than anybody writes are no syntax.
MAX_DEPTH = 20
_EXAMPLE = 'Skriv t.ex. skola OCH (avgift ELLER taxa) INTE "fri parkering".'


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: ``words`` rank, ``condition`` chooses (None: everything may be found).

    ``words`` are those that are wanted, without operators, fields and what is left out.
    """

    text: str
    words: str
    condition: Condition | None = None


def plain_words(text: str) -> Query:
    """A query of which every word is only a word."""
    return Query(text, text)


def parse(text: str) -> Query:
    """The query that ``text`` is; plain words where it uses no operator, or not as one.

    Raises UsageError, saying what to write, where an operator clearly was meant and is wrong.
    """
    tokens = tokens_of(text)
    if all(token.kind in ("word", "open", "close") for token in tokens):
        return plain_words(text)
    if all(token.kind in ("and", "or", "not", "open", "close") for token in tokens):
        return plain_words(text)
    depth = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if not 0 <= depth <= MAX_DEPTH:
            return plain_words(text)
    if depth:
        return plain_words(text)
    parser = _Parser(tokens)
    condition = parser.sequence()
    if isinstance(condition, Not) or (
        isinstance(condition, All) and all(isinstance(c, Not) for c in condition.conditions)
    ):
        raise UsageError(f"Sökningen säger bara vad som inte ska finnas. Lägg till något som ska finnas. {_EXAMPLE}")
    return Query(text, " ".join(parser.wanted), condition)


class _Parser:
    """Recursive descent over tokens with balanced parentheses.

    Operators bind what stands nearest on each side, OCH before ELLER. Things side by side make a
    sequence: whatever is no plain word must hold, and the plain words rank.
    """

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._negations = 0
        self.wanted: list[str] = []

    def sequence(self) -> Condition | None:
        """The conditions until a parenthesis closes; None where nothing is demanded."""
        found: list[Condition] = []
        while self._kind() not in ("end", "close"):
            found.append(self._either())
        words: tuple[Condition, ...] = tuple(one for one in found if isinstance(one, Word))
        demanded: list[Condition] = [one for one in found if not isinstance(one, Word)]
        places = all(isinstance(one, (Not, InDocuments, InSection)) for one in demanded)
        limits = not demanded or self._negations > 0 or any(isinstance(one, Not) for one in demanded)
        if words and places and limits:
            # With nothing else to find but what is left out, one of the words at least must be there.
            telling = tuple(one for one in words if not _is_stopword(one)) or words
            demanded.append(telling[0] if len(telling) == 1 else AnyOf(telling))
        if not demanded:
            return None
        return demanded[0] if len(demanded) == 1 else All(tuple(demanded))

    def _either(self) -> Condition:
        parts = [self._both()]
        while self._kind() == "or":
            self._at += 1
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _both(self) -> Condition:
        parts = [self._one()]
        while self._kind() in ("and", "not") and self._tokens[self._at].text != "-":
            if self._kind() == "and":
                self._at += 1
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _one(self) -> Condition:
        if self._kind() == "not":
            self._at += 1
            self._negations += 1
            negated = Not(self._one())
            self._negations -= 1
            return negated
        if self._kind() in ("end", "close", "and", "or"):
            before = self._tokens[self._at - 1].text if self._at else self._tokens[0].text
            raise UsageError(f"Det saknas något att söka efter vid {before}. {_EXAMPLE}")
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "open":
            inner = self.sequence()
            self._at += 1
            if inner is None:
                raise UsageError(f"Parentesen är tom. {_EXAMPLE}")
            return inner
        return self._leaf(token)

    def _leaf(self, token: Token) -> Condition:
        if token.kind == "field":
            if token.field == "person":
                self._want(token.text)
            return condition_of_field(token.field, token.text)
        self._want(token.text.replace("*", " ").strip())
        if token.kind == "phrase":
            return Phrase(token.text)
        return Truncated(token.text) if token.kind == "truncated" else Word(token.text)

    def _want(self, text: str) -> None:
        if self._negations % 2 == 0:
            self.wanted.append(text)

    def _kind(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else "end"


def _is_stopword(condition: Condition) -> bool:
    return isinstance(condition, Word) and condition.text.lower() in stopwords()

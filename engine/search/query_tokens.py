"""The pieces of a query: words, phrases, truncated words, fields, operators and parentheses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus.tables import read_rows
from index.conditions import MAYBE_TRUNCATED

Kind = Literal["word", "phrase", "truncated", "field", "and", "or", "not", "open", "close"]

# What may close each opening quotation mark; Swedish texts use ”…” and »…» beside the others.
_CLOSING = {'"': '"', "”": "”", "„": "”“", "“": "”“", "«": "»", "»": "»«"}
_QUOTES = "".join(_CLOSING)
_AFTER_QUOTE = re.compile(r"[,.;!)]*(?:\s|$)")
_FIELD = re.compile(r"([^\W\d_]+|§):(?=[^\s)])")
# A question needs no operators: what looks like one in it is emphasis, a quotation or a dash.
_QUESTION = re.compile(r"\?[\s\"”»)]*$")
# One letter after a hyphen is an option of a command, a digit is a negative number.
_EXCLUDED = re.compile(r"-(?=[^\W\d_]{2}|\(|[\"”„“«»])")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query; ``field`` names what a field limits. The minus sign is the text of its ``not``."""

    kind: Kind
    text: str
    field: str = ""


def tokens_of(text: str) -> list[Token]:
    """The pieces of ``text``; nothing but words in a question, or where quotation marks do not pair."""
    scanned = None if _QUESTION.search(text) else _scan(text)
    if scanned is None:
        return [Token("word", word) for word in text.split()]
    tokens = [_unless_shouted(scanned, at) for at in range(len(scanned))]
    if tokens and tokens[-1].kind == "not":  # "Det vill vi INTE": emphasis
        tokens[-1] = Token("word", tokens[-1].text)
    if not any(token.kind in ("and", "or", "not") for token in tokens):
        tokens = [token for token in tokens if token.kind not in ("open", "close")]
    return tokens


@cache
def _meanings() -> dict[str, str]:
    return {row["word"]: row["means"] for row in read_rows("engine.tables", "operators")}


def _scan(text: str) -> list[Token] | None:
    """The pieces as they stand; None where quotation marks do not pair."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif text[at] in "()":
            tokens.append(Token("open" if text[at] == "(" else "close", text[at]))
            at += 1
        elif _EXCLUDED.match(text, at):
            tokens.append(Token("not", "-"))
            at += 1
        else:
            named = _FIELD.match(text, at)
            field = _meanings().get(named[1].lower(), "") if named else ""
            start = named.end() if named and field else at
            if text[start] in _QUOTES:
                end = _closing(text, start)
                if end is None:
                    return None
                token = _token("phrase", text[start + 1 : end], field)
                at = end + 1
            else:
                word = _bare(text, start)
                if any(sign in _QUOTES for sign in word):
                    return None
                token = _token("word", word, field)
                at = start + len(word)
            if token is not None:
                tokens.append(token)
    return tokens


def _closing(text: str, start: int) -> int | None:
    """Where the quotation that opens at ``start`` closes, if words stand in it and none touches it."""
    closing = _CLOSING[text[start]]
    end = next((at for at in range(start + 1, len(text)) if text[at] in closing), None)
    if end is None or not any(sign.isalnum() for sign in text[start:end]):
        return None
    return end if _AFTER_QUOTE.match(text, end + 1) else None


def _bare(text: str, start: int) -> str:
    """The word at ``start``, without the parentheses that close after it but did not open in it."""
    found = re.compile(r"\S+").match(text, start)
    word = found[0] if found else ""
    while word.count(")") > word.count("(") and word.rstrip(",.;!").endswith(")"):
        word = word.rstrip(",.;!")[:-1]
    return word


def _token(kind: Kind, text: str, field: str) -> Token | None:
    """A word or phrase as the piece that it is; None for signs without a letter or digit."""
    if field:
        value = text if kind == "phrase" else text.strip(",;!")
        return Token("field", value, field) if value else None
    if kind == "phrase":
        return Token("phrase", text)
    means = _meanings().get(text)
    if means in ("and", "or", "not") and text.isupper():
        return Token(means, text)  # type: ignore[arg-type]
    core = text.strip(",.;:!?")
    if "*" in core and sum(sign.isalnum() for sign in core) > 1 and MAYBE_TRUNCATED.fullmatch(core):
        return Token("truncated", core)
    return Token("word", text) if any(sign.isalnum() for sign in text) else None


def _unless_shouted(tokens: list[Token], at: int) -> Token:
    """The token, but an operator among words that are all in capitals is one of them."""
    token = tokens[at]
    if token.kind not in ("and", "or", "not") or token.text == "-":
        return token
    beside = [one for one in (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2]) if one.kind == "word"]
    shouted = bool(beside) and all(one.text.isupper() for one in beside)
    return Token("word", token.text) if shouted else token

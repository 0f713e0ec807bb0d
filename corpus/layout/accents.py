"""TeX sets an accent as a sign of its own before or above the letter: *M¨otet*, *p˚a*, *Andr´e*."""

from __future__ import annotations

import re
import unicodedata

from corpus.layout.words import Word

_ACCENTS = {"¨": "\u0308", "˚": "\u030a", "´": "\u0301"}
_ACCENTED = re.compile(r"([¨˚´])([aeouAEOU])")


def composed(words: list[Word]) -> list[Word]:
    """The words with loose accents on their letters; the same list where there are none.

    Only ¨ and ˚ show that accents are loose: other texts hold ´ as an apostrophe.
    """
    every = "".join([word.text for word in words])
    if "¨" not in every and "˚" not in every:
        return words
    whole, alone = [], []
    for word in words:
        if word.text in _ACCENTS:
            alone.append(word)
        elif any(accent in word.text for accent in _ACCENTS):
            whole.append(word._replace(text=_ACCENTED.sub(lambda m: _over(m[2], m[1]), word.text)))
        else:
            whole.append(word)
    for accent in alone:  # over a capital: *Övrigt*
        middle = (accent.left + accent.right) / 2
        reach = accent.bottom - accent.top
        for k, word in enumerate(whole):
            if word.left <= middle <= word.right and abs(word.top - accent.top) < reach:
                at = int((middle - word.left) / (word.right - word.left) * len(word.text))
                for place in (at, at - 1, at + 1):
                    if 0 <= place < len(word.text) and word.text[place] in "aeouAEOU":
                        text = word.text[:place] + _over(word.text[place], accent.text) + word.text[place + 1 :]
                        whole[k] = word._replace(text=text)
                        break
                break
    return whole


def _over(letter: str, accent: str) -> str:
    return unicodedata.normalize("NFC", letter + _ACCENTS[accent])

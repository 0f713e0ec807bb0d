"""Numbers as lists show them: digits, letters, Roman numerals (ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MAX_ROMAN = 5000
_MAX_LETTERS = 26 * 20


def roman(number: int) -> str:
    """A number in small Roman numerals; in digits where none would be read."""
    if not 0 < number <= _MAX_ROMAN:
        return str(number)
    text = ""
    for size, sign in _ROMAN:
        text += sign * (number // size)
        number %= size
    return text


def _letters(number: int) -> str:
    """Small letters as Word counts: a … z, aa, bb …."""
    if not 0 < number <= _MAX_LETTERS:
        return str(number)
    turn, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (turn + 1)


def shown(number: int, form: str) -> str:
    """A number in the format that a level names (``ST_NumberFormat``); others are shown in digits."""
    match form:
        case "lowerLetter":
            return _letters(number)
        case "upperLetter":
            return _letters(number).upper()
        case "lowerRoman":
            return roman(number)
        case "upperRoman":
            return roman(number).upper()
        case "decimalZero":
            return f"{number:02}"
        case "none":
            return ""
        case _:
            return str(number)

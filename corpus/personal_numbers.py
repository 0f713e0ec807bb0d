"""Swedish personal identity numbers (personnummer): found, so that they are never shown.

Form and check digit after Skatteverket, SKV 704: YYMMDD-NNNN or YYYYMMDD-NNNN, the last digit by
the Luhn formula over the last ten; coordination numbers have 60 added to the day.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"(?<![\d-])((?:18|19|20)?\d{2})(\d{2})(\d{2})([ \u00a0]?[-+–\u2011][ \u00a0]?|[ \u00a0]?)(\d{4})(?![\d-])"
)
_LAST_FOUR = re.compile(r"\d{4}")  # a text without such a run holds none: nearly every text, told at once
MASK = "•"


def mask_personal_numbers(text: str) -> str:
    """``text`` with the digits of every personal identity number as dots; the length stays.

    *Eva Ek, 640823-3234* → *Eva Ek, ••••••-••••*, also with a space on a side of the dash.
    Organisation numbers and other numbers stay: their third digit is 2 or more, or the date or the
    check digit does not fit.
    """
    if not _LAST_FOUR.search(text):
        return text
    return _NUMBER.sub(lambda m: re.sub(r"\d", MASK, m[0]) if _is_personal(m) else m[0], text)


def _is_personal(match: re.Match[str]) -> bool:
    month, day = int(match[2]), int(match[3])
    if not (1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)):
        return False
    if not match[4] and len(match[1]) == 2:
        return False  # ten digits in a row are more often a phone or an account number
    digits = f"{match[1][-2:]}{match[2]}{match[3]}{match[5]}"
    doubled = (int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(digits))
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0

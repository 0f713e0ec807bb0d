"""Lines that are no questions: *på mötet i mars*, *§ 7*, *i Granvik*, *lokalen*."""

from __future__ import annotations

from engine.chat.leanings import Leanings, asks
from engine.chat.times import month_in, months
from engine.questions.understanding import Limits, understand

_LONGEST = 5  # words that are hardly a question by themselves
_NEIGHBOURING = ("mötet", "meeting", "före", "efter", "innan")


def limits_of(text: str) -> Limits:
    """Where a line says to look; nothing for one without words."""
    return understand(text).limits if any(c.isalnum() for c in text) else Limits()


def only_says_where(found: Leanings) -> bool:
    """Whether a line only names another meeting, time, §, body or person: *på mötet i mars*, *§ 7*, *Stefan*."""
    beside = found.any_of("earlier", "later")
    if not any(c.isalnum() for c in found.rest):
        return beside
    limits = limits_of(found.rest)
    said = (limits.since, limits.until, limits.section, limits.body, limits.organisation, limits.person)
    if not any(said) and month_in(found.rest) is None and not beside:
        return False
    asked = understand(found.rest)
    gone = " ".join(value for value in said if value).lower()
    left = [word.lower() for word in asked.topic if word.lower() not in gone and word.lower() not in months()]
    if beside:
        left = [word for word in left if word not in _NEIGHBOURING]
    return asked.wanted == "statement" and asked.relation is None and not left


def is_fragment(rest: str) -> bool:
    """Whether a line is no question but the name of something: *lokalen*, *i Granvik*."""
    if not any(c.isalnum() for c in rest) or len(rest.split()) > _LONGEST:
        return False
    return understand(rest).wanted == "statement" and not asks(rest)


def names_no_matter(rest: str) -> bool:
    """Whether a line has nothing of its own that it asks about."""
    if not any(c.isalnum() for c in rest):
        return True
    asked = understand(rest)
    return not (asked.topic or asked.limits.person or asked.relation)

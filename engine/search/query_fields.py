"""The fields of the query language, ``organ:`` and the like, as conditions on chunks."""

from __future__ import annotations

from corpus.dates import dates_in
from corpus.errors import UsageError
from index.conditions import AnyOf, Condition, InDocuments, InSection, Phrase
from index.filters import Filter
from index.reader import storable


def condition_of_field(field: str, value: str) -> Condition:
    """The condition that a field's value means; ``field`` is what the table ``operators`` calls it.

    Raises UsageError for a date that is none, or a period that is empty.
    """
    if field == "body":
        return InDocuments(Filter(body=storable(value)))
    if field == "date":
        return InDocuments(_period(value))
    if field == "section":
        return InSection(storable(value))
    # Until there are registers of persons: the name as it stands, or in the genitive.
    return AnyOf((Phrase(value), Phrase(f"{value}s")))


def _period(value: str) -> Filter:
    """The documents of ``2018``, ``2018-10..2019-02``, ``2018..``, ``..2019`` or a day in words."""
    since, dots, until = value.partition("..")
    if not dots:
        written = next(iter(dates_in(value)), None)
        since = until = written.iso if written else value
    if not since.strip() and not until.strip():
        raise UsageError("Perioden saknar datum. Skriv t.ex. datum:2018 eller datum:2018-10..2019-02.")
    try:
        return Filter(since=since.strip() or None, until=until.strip() or None)
    except UsageError as error:
        raise UsageError(f"{error} En period skrivs datum:2018-10..2019-02.") from error

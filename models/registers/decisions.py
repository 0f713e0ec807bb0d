"""Decisions (beslut): in a part that decides (*Beslut*), in running text, and as a point's only words."""

from __future__ import annotations

from collections.abc import Iterator

from models.registers.decision_formal import adopted_proposal, decided, is_own_proposal
from models.registers.decision_outcomes import with_outcomes
from models.registers.decision_parts import points_of
from models.registers.decision_points import bare_decision
from models.registers.decision_rows import Reading
from models.registers.decision_running import running
from models.registers.minutes import Minutes
from models.registers.records import Decision, Meeting


def find_decisions(minutes: Minutes, meeting: Meeting | None) -> list[Decision]:
    """The decisions of minutes in reading order, each in the text's words.

    ``meeting`` gives the body that decides where a sentence names none. What is only proposed,
    asked or retold with an earlier date is left out; a committee's proposal to another body is
    what the committee decided (kind ``other``).
    """
    body = (meeting.body if meeting else None) or minutes.body
    found: list[Decision] = []
    for point in points_of(minutes):
        reading = Reading(minutes, point, body)
        decisions = list(_of_point(reading))
        found += with_outcomes(minutes, point, decisions)
    return sorted(found, key=lambda one: (one.proof.start, one.proof.end))


def _of_point(reading: Reading) -> Iterator[Decision]:
    point = reading.point
    found = [one for part in point.of("decided") for one in decided(reading, part)]
    for part in point.of("proposed"):
        if not found or is_own_proposal(reading, part):
            found += adopted_proposal(reading, part)
    formal = bool(found or point.of("decided", "proposed", "motion"))
    open_parts = point.of("open") if formal else point.of("open", "background")
    found += [one for part in open_parts for one in running(reading, part)]
    if not found and not formal:
        bare = bare_decision(reading.minutes, point, reading.body)
        found = [bare] if bare else []
    yield from found

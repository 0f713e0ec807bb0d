"""Those who were called to a meeting and are not among those present: two lists tell it together."""

from __future__ import annotations

from collections.abc import Sequence

from models.registers.persons import same_person
from models.registers.records import Attendance


def called_in_vain(called: Sequence[Attendance], found: Sequence[Attendance]) -> list[Attendance]:
    """Those of the list of the called who stand in no other list, absent, with their row there as proof.

    Nobody, unless both lists are complete lists of the same kind of names, full ones or single ones, and
    most of those present were called: else one list may give offices where the other gives persons.
    """
    present = [one.person for one in found if one.status == "present"]
    expected = [one.person for one in called]
    if not present or not expected or None in present or None in expected:
        return []
    names, wanted = [name for name in present if name], [name for name in expected if name]
    if len({" " in name for name in (*names, *wanted)}) != 1:
        return []
    if sum(any(same_person(name, other) for other in wanted) for name in names) * 2 < len(names):
        return []
    listed = [one.person for one in found if one.person]
    return [one for one in called if one.person and not any(same_person(one.person, other) for other in listed)]

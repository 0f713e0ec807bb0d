"""Minutes with a list of those who were there, and what is read of it."""

from __future__ import annotations

from models.registers.attendance import find_attendance
from models.registers.records import Attendance
from tests.models.registers.conftest import read_minutes

HEAD = "Protokoll från styrelsemöte med Granviks byalag\n2031-03-04\nPlats: Bygdegården\n\n"
OPENING = "\n\n§ 1 Mötets öppnande\nAda Ek öppnade mötet.\n"


def attendance(body: str, name: str = "protokoll.txt") -> list[Attendance]:
    return find_attendance(read_minutes(HEAD + body + OPENING, name))


def who(rows: list[Attendance]) -> list[tuple[str | None, str | None, str]]:
    return [(row.person, row.organisation, row.status) for row in rows]

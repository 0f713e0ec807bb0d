"""An archive of invented minutes with facts made by hand: what the registers print, whatever extractors find."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine.intake.adding import add_paths
from index.archive import Archive
from index.records import Extraction
from models.registers.records import (
    Action,
    Amount,
    Attendance,
    Decision,
    Fact,
    Meeting,
    NextMeeting,
    Party,
    Proof,
    Role,
    Statement,
)
from models.registers.version import facts_version

MARCH = """PROTOKOLL
Byanämnden
2031-03-04 kl. 18.00-20.00, Bystugan

Närvarande
Sören Ek, ordförande
Siri Al
Frånvarande
Stina Ek

§ 1 Bänkarna

Sören får i uppdrag att måla bänkarna vid badplatsen gröna till den 1 april 2031.
Någon ringer kommunen om vägskyltarna.
Siri Al informerade om badplatsens skötsel, 640823-3234.

§ 2 Budget

Nämnden godkänner budgeten på 12 500 kronor för badplatsen.
Siri Al väljs till kassör.
Stina tar med sig frågan om bryggan.
"""
MAY = """PROTOKOLL
Byanämnden
2031-05-06 kl. 18.00, Bystugan

Närvarande
Stina Ek, ordförande

§ 1 Bänkarna

Bänkarna vid badplatsen är nu målade gröna och arbetet är klart.
Frågan om vägskyltarna hos kommunen är inte slutförd.

§ 2 Bryggan

Nämnden avslår förslaget om ny brygga. Nästa möte är den 3 juni 2031.
"""
SCHOOL = """PROTOKOLL
Skolrådet
2031-04-02

§ 1 Skyltar

Eva Berg ska köpa skyltar.
Målningen av bänkarna vid badplatsen är klar, sade någon från byn.
"""
FILES = {"byn-mars.txt": MARCH, "byn-maj.txt": MAY, "skolan.txt": SCHOOL}


def _party(name: str, **more: object) -> Party:
    return Party(name, name, **more)  # type: ignore[arg-type]


def _march(at: Callable[[str], Proof]) -> tuple[Fact, ...]:
    stina = Party("Stina", "Stina", None, None, None, ("Stina Ek", "Stina Al"))
    soren = Party("Sören", "Sören Ek", "Byn", None, "ensam om sitt förnamn på mötet")
    return (
        Meeting(
            *("Byanämnden", "Protokoll", "2031-03-04", "18:00", "20:00", "Bystugan", "Sören Ek", None, ("Siri Al",)),
            notes=(),
            proof=at("2031-03-04 kl. 18.00-20.00, Bystugan"),
        ),
        Attendance("Sören Ek", "Byn", "present", "ordförande", None, None, at("Sören Ek, ordförande")),
        Attendance("Siri Al", None, "present", "ersättare", "Stina Ek", "§ 2", at("Siri Al")),
        Attendance("Stina Ek", None, "absent", None, None, None, at("Stina Ek")),
        Role("Siri Al", "kassör", "Byanämnden", at("Siri Al väljs till kassör")),
        Action(
            (soren,),
            "måla bänkarna vid badplatsen gröna",
            "2031-04-01",
            "till den 1 april 2031",
            None,
            "Byanämnden",
            "explicit",
            "får i uppdrag",
            at("Sören får i uppdrag att måla bänkarna vid badplatsen gröna till den 1 april 2031."),
        ),
        Action(
            (),
            "ringer kommunen om vägskyltarna",
            None,
            None,
            None,
            None,
            "soft",
            "ringer",
            at("Någon ringer kommunen om vägskyltarna."),
        ),
        Action(
            (stina,),
            "tar med sig frågan om bryggan",
            "2031-06",
            "före sommaren",
            None,
            None,
            "explicit",
            "tar med sig",
            at("Stina tar med sig frågan om bryggan."),
        ),
        Decision(
            "godkänner budgeten på 12 500 kronor",
            "approve",
            "Nämnden",
            (),
            None,
            at("Nämnden godkänner budgeten på 12 500 kronor för badplatsen."),
        ),
        Decision(
            "Siri Al väljs till kassör", "elect", "Byanämnden", ("Sören Ek",), None, at("Siri Al väljs till kassör.")
        ),
        Statement(
            _party("Siri Al"),
            "informerade om",
            "badplatsens skötsel, 640823-3234",
            at("Siri Al informerade om badplatsens skötsel, 640823-3234."),
        ),
        Amount(12500.0, None, "SEK", "12 500 kronor", "badplatsen", at("12 500 kronor")),
    )


def _may(at: Callable[[str], Proof]) -> tuple[Fact, ...]:
    return (
        Attendance("Stina Ek", None, "present", "ordförande", None, None, at("Stina Ek, ordförande")),
        Decision(
            "avslår förslaget om ny brygga", "reject", "Nämnden", (), None, at("Nämnden avslår förslaget om ny brygga.")
        ),
        NextMeeting("Byanämnden", "2031-06-03", None, None, None, at("Nästa möte är den 3 juni 2031.")),
    )


def _school(at: Callable[[str], Proof]) -> tuple[Fact, ...]:
    eva = _party("Eva Berg", organisation="Skolan")
    return (
        Action((eva,), "köpa skyltar", None, None, None, None, "explicit", "ska", at("Eva Berg ska köpa skyltar.")),
    )


_FACTS = {"byn-mars.txt": _march, "byn-maj.txt": _may, "skolan.txt": _school}


def make_archive(place: Path) -> Path:
    """An archive in the folder ``place``: the minutes of ``FILES`` with the facts of this module."""
    for name, text in FILES.items():
        (place / name).write_text(text, encoding="utf-8")
    folder = place / "arkiv"
    add_paths(folder, [place / name for name in FILES])
    with Archive.open(folder, write=True) as archive:
        for stored in archive.documents():
            document = archive.structured(stored)

            def at(quote: str) -> Proof:
                start = document.text.index(quote)  # noqa: B023  (called before the next document)
                paragraph = next(one for one in document.paragraphs if one.start <= start < one.end)  # noqa: B023
                return Proof(paragraph.section, paragraph.number, start, start + len(quote))

            archive.store_facts(document, Extraction(facts_version(), _FACTS[Path(stored.path).name](at)))
    return folder

"""Whole names in answers of passages, over invented minutes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.facts.full_names import in_full
from engine.facts.text import MAX_ANSWER
from engine.hits import Citation
from engine.intake.adding import add_paths
from engine.questions.understanding import understand
from engine.service import Service

MINUTES = """# Protokoll, Granviks byalag

Styrelsemöte den 4 mars 2031 kl. 18.30 i Bystugan

Närvarande:
- Siri Alm, Granviks skola
- Bo Ek, Sjöbo kommun
- Bo Fors, Granviks skola
- Kerstin Lind, Sjöbo kommun

## § 1 Val av kassör
Kerstin Lind valdes till kassör.

## § 2 Badbryggan
Siri skissar gärna på en ny brygga och hör av sig. Bo hör sig för om virke hos sågen.
Nils har sagt att han kan låna ut en såg.

## § 3 Orkestern
Kassören betalar ut bidraget till orkestern. Avgående kassören tackades med blommor.
Stina Ek lånar ut noter, och Stina Bro stämmer pianot.
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("namn")
    (folder / "granvik.md").write_text(MINUTES, encoding="utf-8")
    (folder / "sjobo.md").write_text(
        "# Protokoll, Sjöbo bygdegård\n\nMöte den 5 mars 2031\n\nNärvarande:\n- Nils Hed, Sjöbo kommun\n- Ylva Ask\n\n"
        "## § 1 Staketet\nStaketet målas rött.\n",
        encoding="utf-8",
    )
    report = add_paths(folder / "arkiv", [folder / "granvik.md", folder / "sjobo.md"])
    assert not report.left_out
    with Service.open(folder / "arkiv") as opened:
        yield opened


def explained(service: Service, question: str, sentence: str) -> tuple[str, tuple[Citation, ...]]:
    """The answer that a sentence of the minutes becomes, as if a passage had given it."""
    store = service.answerer.facts._current()
    document = next(one for one in store.documents if one.path.endswith("granvik.md"))
    chunk = next(one for one in store.chunks(document) if sentence in one.text)
    start = chunk.start + chunk.text.index(sentence)
    from corpus.records import Span

    return in_full(understand(question), sentence, (Citation(chunk, Span(start, start + len(sentence)), 0.8),), store)


def test_a_given_name_that_one_person_has_is_told_in_full_with_the_list_cited(service: Service) -> None:
    text, cited = explained(service, "Vem ritar bryggan?", "Siri skissar gärna på en ny brygga och hör av sig.")
    assert text == "Siri skissar gärna på en ny brygga och hör av sig (Siri Alm, Granviks skola)."
    assert any("Siri Alm" in one.quote for one in cited[1:])
    assert "Siri skissar" in cited[0].quote


@pytest.mark.parametrize(
    "sentence",
    [
        "Bo hör sig för om virke hos sågen.",  # two of the name
        "Nils har sagt att han kan låna ut en såg.",  # only in the minutes of another body
        "Avgående kassören tackades med blommor.",  # not the one who was elected
    ],
)
def test_a_name_or_role_that_the_registers_do_not_settle_stays_as_it_is(service: Service, sentence: str) -> None:
    text, cited = explained(service, "Vem var det?", sentence)
    assert text == sentence
    assert len(cited) == 1


def test_a_role_that_one_person_holds_is_told_by_name(service: Service) -> None:
    text, _ = explained(service, "Vem betalar ut bidraget?", "Kassören betalar ut bidraget till orkestern.")
    assert text == "Kassören betalar ut bidraget till orkestern (Kerstin Lind, kassör)."


def test_a_question_that_asks_for_nobody_gets_no_names(service: Service) -> None:
    sentence = "Siri skissar gärna på en ny brygga och hör av sig."
    assert explained(service, "Vad händer med bryggan?", sentence)[0] == sentence


def test_the_title_and_organisation_that_a_question_asks_for_are_added_to_the_name(service: Service) -> None:
    text, _ = explained(service, "Vilken titel har Kerstin Lind?", "Kerstin Lind valdes till kassör.")
    assert "Kerstin Lind, kassör, Sjöbo kommun" in text


def test_a_long_answer_is_cut_to_hold_the_name(service: Service) -> None:
    store = service.answerer.facts._current()
    _, cited = explained(service, "Vem ritar bryggan?", "Siri skissar gärna på en ny brygga och hör av sig.")
    long = "Siri skissar gärna på en ny brygga och hör av sig. " + "Sågen är till låns. " * 17
    text, _ = in_full(understand("Vem ritar bryggan?"), long.strip(), cited[:1], store)
    assert len(text) <= MAX_ANSWER
    assert text.endswith("… (Siri Alm, Granviks skola).")

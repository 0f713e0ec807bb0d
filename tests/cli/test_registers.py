"""The registers as commands: every filter and form, on facts made by hand (``register_samples``)."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from command_line import Outcome, klubbat, refused
from register_samples import make_archive

from index.archive import Archive
from index.records import Extraction

COMMANDS = ("meetings", "people", "attendance", "actions", "decisions", "statements")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("register"))


def rows(archive: Path, *arguments: str) -> list[dict[str, Any]]:
    found = klubbat(*arguments, "--json", "-a", archive)
    assert found.code == (0 if found.json else 1)
    return list(found.json)


def tasks(archive: Path, *arguments: str) -> list[str]:
    return [row["task"].split()[0] for row in rows(archive, "actions", "--today", "2031-06-15", *arguments)]


def test_a_meeting_has_its_head_and_its_source(archive: Path) -> None:
    (row,) = rows(archive, "meetings")
    assert (row["date"], row["start"], row["end"], row["place"]) == ("2031-03-04", "18:00", "20:00", "Bystugan")
    assert (row["chair"], row["secretary"], row["adjusters"]) == ("Sören Ek", None, ["Siri Al"])
    assert Path(row["document"]["path"]).name == "byn-mars.txt"
    assert rows(archive, "meetings", "--person", "al") == [row]
    assert rows(archive, "meetings", "--person", "berg") == []


def test_attendance_is_chosen_by_person_and_presence(archive: Path) -> None:
    assert [row["person"] for row in rows(archive, "attendance", "--kind", "absent")] == ["Stina Ek"]
    stina = [(row["person"], row["status"]) for row in rows(archive, "attendance", "--person", "STINA EK")]
    assert stina == [("Siri Al", "present"), ("Stina Ek", "absent"), ("Stina Ek", "present")]  # Siri sat for her
    siri = klubbat("attendance", "--text", "siri", "-a", archive).out
    assert "Siri Al: närvarande, ersättare för Stina Ek, § 2" in siri


def test_a_filter_for_a_name_that_several_have_shows_all_and_says_so(archive: Path) -> None:
    found = klubbat("actions", "--person", "ek", "--json", "-a", archive)
    assert [row["task"].split()[0] for row in found.json] == ["måla", "tar"]
    assert found.err == "Obs: Namnet passar på flera: Stina Ek; Sören Ek.\n"
    assert klubbat("actions", "--person", "Stina Ek", "--json", "-a", archive).err == ""


def test_decisions_are_chosen_by_kind_section_words_and_person(archive: Path) -> None:
    assert [row["text"] for row in rows(archive, "decisions", "--kind", "reject")] == ["avslår förslaget om ny brygga"]
    assert [row["kind"] for row in rows(archive, "decisions", "--section", "§2")] == ["approve", "elect", "reject"]
    assert rows(archive, "decisions", "--section", "1") == []
    assert [row["kind"] for row in rows(archive, "decisions", "--text", "BUDGET badpl")] == ["approve"]
    assert [row["kind"] for row in rows(archive, "decisions", "--person", "siri al")] == ["elect"]
    assert [row["kind"] for row in rows(archive, "decisions", "--person", "Sören")] == ["elect"]  # reserved himself


def test_statements_say_who_and_what(archive: Path) -> None:
    (row,) = rows(archive, "statements", "--person", "al", "--section", "1")
    assert (row["person"]["name"], row["verb"]) == ("Siri Al", "informerade om")
    assert rows(archive, "statements", "--section", "2") == []


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ((), ["måla", "ringer", "tar", "köpa"]),
        (("--body", "byanämnden"), ["måla", "ringer", "tar"]),
        (("--from", "2031-04"), ["köpa"]),
        (("--to", "2031-03"), ["måla", "ringer", "tar"]),
        (("--since", "2031-04", "--until", "2031-04"), ["köpa"]),
        (("--path", "skolan.txt"), ["köpa"]),
        (("--section", "2"), ["tar"]),
        (("--text", "skyltar"), ["ringer", "köpa"]),
        (("--kind", "soft"), ["ringer"]),
        (("--open",), ["ringer", "tar", "köpa"]),
        (("--overdue",), []),
        (("--person", "Eva"), ["köpa"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_each_filter_of_actions_chooses(archive: Path, arguments: tuple[str, ...], found: list[str]) -> None:
    assert tasks(archive, *arguments) == found


def test_an_action_without_assignee_or_deadline_is_flagged(archive: Path) -> None:
    flags = {row["task"].split()[0]: row["flags"] for row in rows(archive, "actions")}
    assert flags == {"måla": [], "ringer": ["utan mottagare", "utan frist"], "tar": [], "köpa": ["utan frist"]}
    assert "ringer kommunen om vägskyltarna [utan mottagare; utan frist]" in klubbat("actions", "-a", archive).out


def test_a_later_report_of_the_same_body_closes_an_action_and_is_shown(archive: Path) -> None:
    done = rows(archive, "actions", "--text", "måla")[0]
    assert (done["open"], done["overdue"]) == (False, False)
    assert done["done"]["quote"] == "Bänkarna vid badplatsen är nu målade gröna och arbetet är klart."
    assert done["done"]["document"]["body"] == "Byanämnden" and done["done"]["section"] == "§ 1"
    assert "klart enligt Protokoll, Byanämnden, 2031-05-06, § 1" in klubbat("actions", "-a", archive).out


def test_a_deadline_of_a_month_is_overdue_only_after_its_last_day(archive: Path) -> None:
    last = rows(archive, "actions", "--overdue", "--today", "2031-06-30")
    assert last == []
    (late,) = rows(archive, "actions", "--overdue", "--today", "2031-07-01")
    assert (late["deadline"], late["open"], late["overdue"]) == ("2031-06", True, True)


def test_a_person_is_shown_through_time(archive: Path) -> None:
    (stina,) = rows(archive, "people", "stina ek")
    assert [(one["date"], one["event"], one["certain"]) for one in stina["events"]] == [
        ("2031-03-04", "meeting", True), ("2031-03-04", "action", False), ("2031-05-06", "meeting", True)
    ]  # fmt: skip
    assert (stina["meetings"], stina["absences"], stina["actions"]) == (1, 1, 0)
    assert "Stina kan vara Stina Ek eller Stina Al" in stina["events"][1]["text"]
    (siri,) = [one for one in rows(archive, "people", "al") if one["name"] == "Siri Al"]
    assert {one["event"] for one in siri["events"]} == {"meeting", "role", "election", "statement"}
    assert siri["events"][0]["text"] == "närvarande, ersättare för Stina Ek, § 2, justerare"


def test_a_name_that_several_persons_have_shows_them_all_and_says_so(archive: Path) -> None:
    found = klubbat("people", "Ek", "--json", "-a", archive)
    assert [one["name"] for one in found.json] == ["Stina Ek", "Sören Ek"]
    assert "Namnet passar på flera: Stina Ek; Sören Ek." in found.err
    shown = klubbat("people", "ek", "-a", archive).out
    assert shown.index("Stina Ek") < shown.index("uppdrag?:") < shown.index("Sören Ek  Byn")


def test_people_without_a_name_are_those_who_met_or_have_a_role(archive: Path) -> None:
    assert [one["name"] for one in rows(archive, "people")] == ["Siri Al", "Stina Ek", "Sören Ek"]
    assert [one["name"] for one in rows(archive, "people", "--from", "2031-05")] == ["Stina Ek"]
    assert [one["name"] for one in rows(archive, "people", "berg")] == ["Eva Berg"]  # holds a commission only


@pytest.mark.parametrize("command", COMMANDS)
def test_every_form_shows_the_same_rows(archive: Path, command: str) -> None:
    found = rows(archive, command)
    assert klubbat(command, "--jsonl", "-a", archive).lines == found
    listed = list(csv.DictReader(io.StringIO(klubbat(command, "--csv", "-a", archive).out)))
    assert len(listed) == len(found)
    table = klubbat(command, "--table", "-a", archive).out
    text = klubbat(command, "-a", archive).out
    for row in found:
        shown = row.get("name") or row.get("task") or row.get("text") or row.get("content") or row.get("place")
        assert (shown or row["person"]) in table and (shown or row["person"]) in text


def test_a_table_speaks_swedish_and_names_files(archive: Path) -> None:
    decisions = klubbat("decisions", "--table", "-a", archive).out
    assert "bifall" in decisions and "avslag" in decisions and "approve" not in decisions
    assert "byn-maj.txt" in decisions and str(archive.parent) not in decisions
    assert "frånvarande" in klubbat("attendance", "--table", "-a", archive).out
    actions = klubbat("actions", "--table", "--today", "2031-07-01", "-a", archive).out
    assert "utan mottagare; utan frist" in actions and "försenat" in actions and "klart" in actions
    assert "avslag: avslår" in klubbat("facts", "--table", "-a", archive).out


def test_csv_has_no_nested_objects(archive: Path) -> None:
    first, _, third, _ = csv.DictReader(io.StringIO(klubbat("actions", "--csv", "-a", archive).out))
    assert (first["assignees"], first["open"], first["done"]) == (
        "Sören Ek (Byn)", "nej", "Protokoll, Byanämnden, 2031-05-06, § 1"
    )  # fmt: skip
    assert third["assignees"] == "Stina (Stina Ek eller Stina Al)"
    assert (first["document_date"], first["document_body"]) == ("2031-03-04", "Byanämnden")
    (amount,) = csv.DictReader(io.StringIO(klubbat("facts", "--type", "amount", "--csv", "-a", archive).out))
    assert amount["value"] == "12500"


def test_an_inferred_name_shows_its_reason(archive: Path) -> None:
    assert "Sören = Sören Ek: ensam om sitt förnamn på mötet" in klubbat("actions", "-a", archive).out


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_found_is_exit_code_1(archive: Path, command: str) -> None:
    for form in ("--json", "--csv", "--table"):
        assert klubbat(command, form, "--since", "2099", "-a", archive).code == 1
    nothing = klubbat(command, "--since", "2099", "-a", archive)
    assert nothing.code == 1 and nothing.out.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("actions", "--kind", "stor"), "explicit, soft"),
        (("decisions", "--kind", "ja"), "refer_back"),
        (("attendance", "--kind", "minutes"), "present, absent"),
        (("actions", "--today", "i morgon"), "2018-10-05"),
        (("actions", "--from", "2031-13"), "Ogiltigt datum"),
        (("actions", "--person", " "), "--person"),
        (("people", "…"), "tomt"),
        (("decisions", "--section", "§"), "--section"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_bad_value_is_refused(archive: Path, arguments: tuple[str, ...], said: str) -> None:
    refused(klubbat(*arguments, "-a", archive), 2, said)


@pytest.mark.parametrize("command", COMMANDS)
def test_without_an_archive_it_says_what_to_do(tmp_path: Path, command: str) -> None:
    refused(klubbat(command, "-a", tmp_path / "saknas"), 3, "klubbat add")


def test_facts_prints_every_type_with_quote_and_section(archive: Path) -> None:
    found = klubbat("facts", "--jsonl", "-a", archive).lines
    types = ["section", "meeting", "attendance", "role", "next_meeting", "action", "decision", "statement", "amount"]
    assert {row["type"] for row in found} == set(types)
    for row in found:
        assert Path(row["document"]["path"]).exists()
        if row["type"] != "section":
            text = Path(row["document"]["path"]).read_text(encoding="utf-8")
            if "•" not in row["quote"]:
                assert row["quote"] == text[row["quote_start"] : row["quote_end"]]
            assert {"section", "heading", "page", "paragraph"} <= row.keys()
    (action,) = klubbat("facts", "--type", "action", "--path", "skolan", "--json", "-a", archive).json
    assert (action["assignees"][0]["name"], action["task"], action["section"]) == ("Eva Berg", "köpa skyltar", "§ 1")
    assert klubbat("facts", "--csv", "-a", archive).out.count("\n") == len(found) + 1
    assert "Stina (Stina Ek eller Stina Al): tar med sig" in klubbat("facts", "-a", archive).out


def all_forms(archive: Path) -> list[Outcome]:
    return [
        klubbat(*command, *form, "-a", archive)
        for command in (("statements",), ("people", "siri"), ("facts",))
        for form in ((), ("--json",), ("--jsonl",), ("--csv",), ("--table",))
    ]


def test_no_register_shows_a_personal_identity_number(archive: Path) -> None:
    for outcome in all_forms(archive):
        assert "badplatsens skötsel" in outcome.out
        assert "3234" not in outcome.out + outcome.err


def test_reindex_facts_reads_facts_anew_and_embeds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_archive(tmp_path)
    with Archive.open(folder) as opened:
        before = opened.chunk_ids().tolist(), opened.last_change()
        documents = [opened.structured(one) for one in opened.documents()]
    (kept,) = {one.id for one in documents if "godkänner" in one.text}

    def extract(document: Any) -> Extraction:
        if document.id == kept:
            return Extraction("9", fault="uppgifterna till registren gick inte att läsa ut")
        return Extraction("9")

    monkeypatch.setattr("engine.intake.adding.extract_facts", extract)
    monkeypatch.setattr("engine.intake.adding.load_embedder", lambda name: pytest.fail("nothing is embedded"))
    done = klubbat("reindex", "--facts", "-a", folder)
    assert (done.code, done.out) == (0, "Registren är lästa på nytt: 0 uppgifter ur 3 handlingar.\n")
    assert "byn-mars.txt: uppgifterna till registren gick inte att läsa ut" in done.err
    with Archive.open(folder) as opened:
        assert (opened.chunk_ids().tolist(), opened.last_change()) == before
        assert list(opened.facts()) == []
    refused(klubbat("reindex", "--facts", "--model", "x", "-a", folder), 2, "--facts", "--model")


def test_facts_of_another_version_are_told_and_the_next_add_reads_them(tmp_path: Path) -> None:
    folder = make_archive(tmp_path)
    with Archive.open(folder, write=True) as opened:
        for one in opened.documents():
            opened.store_facts(opened.structured(one), Extraction("gammal"))
    told = klubbat("meetings", "-a", folder)
    assert told.code == 1
    assert "ur 3 handlingar" in told.err and "klubbat reindex --facts" in told.err
    added = klubbat("add", tmp_path / "skolan.txt", "-a", folder)
    assert added.out == "1 fil: 1 oförändrad.\n"
    assert klubbat("meetings", "-a", folder).err == ""


def test_a_fault_in_an_extractor_costs_the_facts_and_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(document: object) -> object:
        raise IndexError("list index out of range")

    monkeypatch.setattr("models.registers.reading.facts_of", faulty)
    (tmp_path / "a.txt").write_text("PROTOKOLL\n\nStyrelsen antog budgeten.\n", encoding="utf-8")
    added = klubbat("add", tmp_path / "a.txt", "-a", tmp_path / "arkiv")
    assert (added.code, added.out) == (0, "1 fil: 1 tillagd.\n")
    assert "uppgifterna till registren gick inte att läsa ut (IndexError" in added.err
    assert "Traceback" not in added.err
    assert klubbat("search", "budgeten", "-a", tmp_path / "arkiv").code == 0
    assert klubbat("status", "--json", "-a", tmp_path / "arkiv").json[0]["faulty_facts"] == 1

"""What scripts rely on: the objects that ``--json``, ``--jsonl``, ``--csv`` and ``--batch`` print."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from command_line import klubbat

from engine.service import Service

QUESTION = "Vem fick i mars 2024 i uppdrag att se över parkeringsavgifterna i Högsjöbro centrum?"
DOCUMENT = ["id", "path", "title", "date", "body", "kind"]
CITATION = [
    *("document", "section", "heading", "section_path", "paragraph", "page", "page_grade"),
    *("start", "end", "text", "quote", "score"),
]
FORMS = ("--json", "--jsonl", "--csv", "--table")


def test_ask_prints_one_object_with_citations(sample_archive: Path, sample_service: Service) -> None:
    outcome = klubbat("ask", "--json", QUESTION, "-a", sample_archive)
    answer = outcome.json
    assert outcome.code == 0 and outcome.err == ""
    assert "Skogdahl" in answer["answer"] and len(answer["answer"]) <= 400
    assert 0 < answer["confidence"] <= 1
    first = answer["citations"][0]
    assert list(first) == CITATION
    assert list(first["document"]) == DOCUMENT
    assert first["quote"] in first["text"]
    assert sample_service.archive.text(first["document"]["id"])[first["start"] : first["end"]] == first["text"]
    assert (first["section"], first["page"]) == ("§ 14", 5)
    assert first["document"]["date"] == "2024-03-12"


def test_an_unanswered_question_is_null_and_exit_code_1(sample_archive: Path) -> None:
    outcome = klubbat("ask", "--json", QUESTION, "--since", "2099", "-a", sample_archive)
    assert outcome.code == 1 and outcome.err == ""
    assert outcome.json["answer"] is None
    assert outcome.json["explanation"] == "Det framgår inte av underlaget."
    assert outcome.json["citations"] == []


def test_an_answer_and_a_silence_say_how_many_documents_were_searched_and_of_which_days(sample_archive: Path) -> None:
    whole = klubbat("ask", "--json", QUESTION, "-a", sample_archive).json["searched"]
    assert whole == {"documents": 15, "first": "2023-10-06", "last": "2025-02-11"}
    some = klubbat("ask", "--json", QUESTION, "--until", "2023", "-a", sample_archive).json["searched"]
    assert some == {"documents": 1, "first": "2023-10-06", "last": "2023-10-06"}
    none = klubbat("ask", "--json", QUESTION, "--since", "2099", "-a", sample_archive).json["searched"]
    assert none == {"documents": 0, "first": None, "last": None}


def test_ask_as_a_json_line_is_the_same_object_on_one_line(sample_archive: Path) -> None:
    line = klubbat("ask", "--jsonl", QUESTION, "-a", sample_archive)
    assert line.out.count("\n") == 1
    assert line.json == klubbat("ask", "--json", QUESTION, "-a", sample_archive).json


def test_search_prints_the_query_the_hits_and_their_number(sample_archive: Path) -> None:
    outcome = klubbat("search", "--json", "hundrastgård", "-n", 3, "-a", sample_archive)
    assert outcome.code == 0
    assert list(outcome.json) == ["query", "hits", "total"]
    assert outcome.json["query"] == "hundrastgård"
    assert len(outcome.json["hits"]) == 3 <= outcome.json["total"]
    for hit in outcome.json["hits"]:
        assert list(hit) == CITATION
        assert hit["quote"] in hit["text"]
    assert "hundrastgård" in outcome.json["hits"][0]["text"]


def test_search_without_hits_is_exit_code_1(sample_archive: Path) -> None:
    outcome = klubbat("search", "--json", "hund", "--since", "2099", "-a", sample_archive)
    assert (outcome.code, outcome.json) == (1, {"query": "hund", "hits": [], "total": 0})


def test_every_form_of_a_search_has_the_same_hits(sample_archive: Path) -> None:
    hits = klubbat("search", "--json", "hundrastgård", "-n", 4, "-a", sample_archive).json["hits"]
    assert klubbat("search", "--jsonl", "hundrastgård", "-n", 4, "-a", sample_archive).lines == hits
    printed = klubbat("search", "--csv", "hundrastgård", "-n", 4, "-a", sample_archive).out
    rows = list(csv.DictReader(io.StringIO(printed)))
    assert [row["text"] for row in rows] == [hit["text"] for hit in hits]
    assert [row["document"] for row in rows] == [hit["document"]["id"] for hit in hits]
    assert {"quote", "score", "path", "date", "body", "kind", "section"} <= rows[0].keys()


def test_a_batch_keeps_its_order_and_gives_every_id_back_as_it_was(sample_archive: Path, tmp_path: Path) -> None:
    rows = [
        {"id": "b", "question": QUESTION},
        {"id": 7, "question": "Vad kostar hundrastgården?"},
        {"question": "Vem\u2028är ordförande?"},
        {"id": None, "question": "Hur många kom?"},
        {"id": "b", "query": "hundrastgård"},
    ]
    text = "\ufeff" + "\r\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n"
    file = tmp_path / "frågor.jsonl"
    file.write_bytes(text.encode("utf-8"))
    asked = klubbat("ask", "--batch", file, "-a", sample_archive)
    assert (asked.code, asked.err) == (0, "")
    printed = [json.loads(line) for line in asked.out.split("\n") if line]
    assert [row["id"] for row in printed] == ["b", 7, "3", None, "b"]
    keys = ["id", "question", "answer", "explanation", "confidence", "kind", "citations", "searched"]
    assert list(printed[0]) == keys
    alone = klubbat("ask", "--json", QUESTION, "-a", sample_archive).json
    assert printed[0] == {"id": "b", **alone}

    found = klubbat("search", "--batch", "-", "-n", 2, "-a", sample_archive, stdin=text.encode("utf-8"))
    printed = [json.loads(line) for line in found.out.split("\n") if line]
    assert [row["id"] for row in printed] == ["b", 7, "3", None, "b"]
    assert all(list(row) == ["id", "query", "hits", "total"] and len(row["hits"]) == 2 for row in printed)


def test_documents_are_the_same_in_every_form(sample_archive: Path) -> None:
    listed = klubbat("documents", "--json", "-a", sample_archive).json
    assert len(listed) == 15
    assert list(listed[0])[: len(DOCUMENT)] == DOCUMENT
    assert {"paths", "chunks", "sections", "characters", "added_at"} <= listed[0].keys()
    dates = [row["date"] or "9999" for row in listed]  # those without a date come last
    assert dates == sorted(dates)
    assert klubbat("documents", "--jsonl", "-a", sample_archive).lines == listed
    rows = list(csv.DictReader(io.StringIO(klubbat("documents", "--csv", "-a", sample_archive).out)))
    assert [row["id"] for row in rows] == [row["id"] for row in listed]
    assert list(rows[0]) == list(listed[0])
    table = klubbat("documents", "--table", "-a", sample_archive).out
    assert all(row["id"] in table for row in listed)
    assert klubbat("documents", "-a", sample_archive).out == table


def test_documents_are_chosen_by_body_kind_date_and_path(sample_archive: Path) -> None:
    def titles(*options: str) -> set[str]:
        listed = klubbat("documents", "--jsonl", *options, "-a", sample_archive).lines
        return {Path(row["path"]).name for row in listed}

    assert titles("--kind", "notes") >= {"sjostraket-minnesanteckningar-2024-01-19.txt"}
    assert titles("--body", "TEKNISKA", "--since", "2024", "--until", "2024-03") == {"tekniska-namnden-2024-03-12.md"}
    assert titles("--path", "ladan-*2025*") == {"ladan-styrelsemote-2025-02-03.md"}
    nothing = klubbat("documents", "--json", "--since", "2099", "-a", sample_archive)
    assert (nothing.code, nothing.json) == (1, [])


@pytest.mark.parametrize("wanted", ["14", "§ 14", "§14", "14.", "parkeringsavgifterna"])
def test_a_paragraph_is_shown_as_it_stands(sample_archive: Path, sample_service: Service, wanted: str) -> None:
    outcome = klubbat("show", "tekniska-namnden-2024-03-12.md", wanted, "--json", "-a", sample_archive)
    assert outcome.code == 0
    (section,) = outcome.json
    assert section["section"] == "§ 14"
    stored = sample_service.archive.text(section["document"])
    assert stored[section["start"] : section["end"]] == section["text"]
    assert "Avgifterna har legat stilla sedan 2017." in section["text"]
    shown = klubbat("show", section["document"][:8], wanted, "-a", sample_archive).out
    assert section["text"].strip() in shown


def test_a_whole_document_is_shown_from_its_first_word_to_its_last(
    sample_archive: Path, sample_service: Service
) -> None:
    sections = klubbat("show", "ladan-styrelsemote-2025-02-03.md", "--jsonl", "-a", sample_archive).lines
    stored = sample_service.archive.text(sections[0]["document"])
    shown = "".join(section["text"] for section in sections)
    assert "".join(shown.split()) == "".join(stored.split())


def test_the_status_counts_what_is_there(sample_archive: Path) -> None:
    (values,) = klubbat("status", "--json", "-a", sample_archive).json
    assert values["documents"] == 15
    assert values["chunks"] == values["lexical_chunks"] == values["dense_chunks"] > 100
    assert values["current"] == "ja"
    assert (values["first_date"], values["folder"]) == ("2023-10-06", str(sample_archive))
    shown = klubbat("status", "-a", sample_archive).out
    assert "Handlingar                   15\n" in shown


def test_eval_prints_its_measures(sample_archive: Path, tmp_path: Path) -> None:
    gold = Path(__file__).resolve().parents[1] / "data" / "sample-questions.jsonl"
    few = tmp_path / "få.jsonl"
    few.write_text("".join(gold.read_text(encoding="utf-8").splitlines(keepends=True)[:3]), encoding="utf-8")
    figures = klubbat("eval", few, "--json", "-a", sample_archive).json
    assert figures["questions"] == 3
    assert {"answer", "cited", "false_null", "found@1000", "recall@10", "mrr@10", "ndcg@10"} <= figures.keys()
    assert all(0 <= value <= 1 for name, value in figures.items() if name != "questions")
    rows = csv.DictReader(io.StringIO(klubbat("eval", few, "--csv", "-a", sample_archive).out))
    assert {row["measure"]: float(row["value"]) for row in rows} == pytest.approx(figures, abs=1e-4)


@pytest.mark.parametrize("command", ["search", "documents", "facts", "show", "status", "eval"])
def test_the_listing_commands_share_one_set_of_options(command: str) -> None:
    page = klubbat(command, "--help").out
    assert all(form in page for form in FORMS)


def test_explain_tells_how_the_question_was_understood(sample_archive: Path) -> None:
    question = "Vem valdes till sekreterare på mötet i mars 2024?"
    plain = klubbat("ask", "--json", question, "-a", sample_archive).json
    explained = klubbat("ask", "--json", "--explain", question, "-a", sample_archive).json
    assert explained.pop("explain") == {
        "wanted": "person",
        "relation": "elected",
        "topic": ["sekreterare"],
        "limits": {"since": "2024-03-01", "until": "2024-03-31"},
    }
    assert explained == plain


def test_explain_tells_people_how_the_question_was_understood(sample_archive: Path) -> None:
    outcome = klubbat("ask", "--explain", "Vem valdes till sekreterare på mötet i mars 2024?", "-a", sample_archive)
    shown = outcome.out.split("Så förstods frågan:")[1].splitlines()
    assert [line.strip() for line in shown if line.strip()] == [
        "Det som efterfrågas: en person",
        "Det handlar om: val",
        "Ämnet: sekreterare",
        "Var och när: från 2024-03-01 · till 2024-03-31",
    ]

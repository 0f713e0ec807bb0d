"""Archives: what is in them is read, what would do harm is refused, one member never costs the others."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile

import pytest
from word_files import docx_bytes, p, zip_bytes

from corpus.containers import MAX_MEMBERS, RATIO_FROM_BYTES, Budget, zip_members
from corpus.errors import UnreadableError
from corpus.parts import Part, is_container, read_parts

TEXT = "§ 1 Val\n\nEva Ek väljs."


def parts_of(data: bytes, name: str = "bilagor.zip") -> dict[str, Part]:
    found = list(read_parts(data, name))
    assert len({part.name for part in found}) == len(found)
    return {part.name: part for part in found}


def outcome(data: bytes, name: str = "bilagor.zip") -> dict[str, str]:
    """Of each part the text that was read, or the reason why it was not."""
    return {key: (part.source.text if part.source else str(part.reason)) for key, part in parts_of(data, name).items()}


def special(name: str, change: dict[str, int], data: bytes = b"Bad.") -> bytes:
    """An archive with a good member and one whose header is changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("gott.txt", TEXT)
        info = zipfile.ZipInfo(name)
        for key, value in change.items():
            setattr(info, key, value)
        archive.writestr(info, data)
    return out.getvalue()


def test_a_plain_file_is_one_part_without_a_name() -> None:
    (part,) = read_parts(TEXT.encode(), "protokoll.txt")
    assert (part.name, part.reason) == ("", None)
    assert part.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert part.source is not None and part.source.text == TEXT


def test_an_unreadable_plain_file_is_refused_itself() -> None:
    with pytest.raises(UnreadableError, match="tom"):
        list(read_parts(b"", "protokoll.txt"))


def test_members_are_read_with_the_reader_of_their_format_and_named_by_their_path() -> None:
    files = {"a/protokoll.txt": TEXT, "b/protokoll.docx": docx_bytes(p("Bad")), "c.html": "<html><p>Bro</p></html>"}
    assert {name: part.source and part.source.format for name, part in parts_of(zip_bytes(files)).items()} == {
        "a/protokoll.txt": "txt",
        "b/protokoll.docx": "docx",
        "c.html": "html",
    }


def test_system_files_are_passed_over_and_other_formats_come_with_the_reason() -> None:
    files = {
        "__MACOSX/._a.txt": "x", ".dold.txt": "x", "a/.git/b.txt": "x", "Thumbs.db": "x", "~$utkast.docx": "x",
        "tom/": "", "film.mp4": "x", "a.txt": TEXT,
    }  # fmt: skip
    found = outcome(zip_bytes(files))
    assert list(found) == ["film.mp4", "a.txt"]
    assert found["film.mp4"].startswith("formatet läses inte")


def test_archives_are_read_three_deep_and_no_deeper() -> None:
    data = zip_bytes({"d.txt": "fyra"})
    for depth in ("tre", "två", "ett"):
        data = zip_bytes({"inre.zip": data, f"{depth}.txt": depth})
    found = outcome(data)
    assert found["ett.txt"] == "ett"
    assert found["inre.zip/två.txt"] == "två"
    assert found["inre.zip/inre.zip/tre.txt"] == "tre"
    assert "för djupt" in found["inre.zip/inre.zip/inre.zip"]


def test_members_of_the_same_name_are_told_apart() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.txt", "bad")
        archive.writestr("a.txt", "bro")
    assert outcome(out.getvalue()) == {"a.txt": "bad", "a (2).txt": "bro"}


@pytest.mark.parametrize(
    "name", ["../ut.txt", "a/../../ut.txt", "/etc/ut.txt", "C:/ut.txt", "a\\ut.txt", "..\\ut.txt", "ut.txt\0.pdf"]
)
def test_a_name_that_leads_out_of_the_archive_is_refused(name: str) -> None:
    data = zip_bytes({"gott.txt": TEXT, "X" * len(name): "Bad."}).replace(b"X" * len(name), name.encode())
    found = list(outcome(data).values())
    assert found[0] == TEXT
    assert "otillåtet namn" in found[1]


def test_a_link_is_no_file() -> None:
    link = special("länk.txt", {"external_attr": 0o120777 << 16, "create_system": 3}, b"/etc/passwd")
    assert "är en länk" in outcome(link)["länk.txt"]


def test_a_protected_member_says_so() -> None:
    data = bytearray(zip_bytes({"gott.txt": TEXT, "hemligt.txt": "Bad."}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.rindex(sign) + at] |= 1
    found = outcome(bytes(data))
    assert found["gott.txt"] == TEXT
    assert "lösenord" in found["hemligt.txt"]


def test_an_unusual_packing_method_is_refused() -> None:
    assert "ovanlig metod" in outcome(special("a.txt", {"compress_type": zipfile.ZIP_LZMA}))["a.txt"]


def test_a_damaged_member_costs_itself_only() -> None:
    data = bytearray(zip_bytes({"trasig.txt": "Bad och bro. " * 50, "gott.txt": TEXT}))
    data[45] ^= 0xFF
    found = outcome(bytes(data))
    assert found["gott.txt"] == TEXT
    assert "skadad" in found["trasig.txt"]


def test_a_member_that_unpacks_to_a_thousand_times_its_size_is_refused() -> None:
    found = outcome(zip_bytes({"bomb.txt": b"a" * (RATIO_FROM_BYTES + 1), "gott.txt": TEXT}))
    assert "zip-bomb" in found["bomb.txt"]
    assert found["gott.txt"] == TEXT


def test_a_header_that_understates_a_size_is_not_trusted() -> None:
    data = bytearray(zip_bytes({"gott.txt": TEXT, "bomb.txt": b"a" * (RATIO_FROM_BYTES + 1)}))
    size = struct.pack("<I", RATIO_FROM_BYTES + 1)
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = struct.pack("<I", 100)
    found = outcome(bytes(data))
    assert found["gott.txt"] == TEXT
    assert "bomb" in found["bomb.txt"] or "skadad" in found["bomb.txt"]


def test_what_comes_out_is_counted_through_nested_archives() -> None:
    budget = Budget(bytes_left=5)
    inner, outer = zip_bytes({"b.txt": "1234"}), zip_bytes({"a.txt": "1234", "b.txt": "1234"})
    assert [m.reason is None for m in zip_members(outer, budget)] == [True, False]
    assert [m.reason is None for m in zip_members(inner, budget)] == [False]


def test_too_many_members_are_refused() -> None:
    with pytest.raises(UnreadableError, match=f"fler än {MAX_MEMBERS}"):
        list(read_parts(zip_bytes({f"{n}.txt": "" for n in range(MAX_MEMBERS + 1)}), "a.zip"))


def test_members_that_share_their_bytes_are_refused() -> None:
    data = zip_bytes({"a.txt": TEXT})
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    twice = data[:start] + data[start:end] * 2 + data[end:]
    at = twice.index(b"PK\x05\x06")
    twice = twice[: at + 8] + struct.pack("<HHI", 2, 2, 2 * (end - start)) + twice[at + 16 :]
    with pytest.raises(UnreadableError, match="överlappar"):
        list(read_parts(twice, "a.zip"))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (zip_bytes({}), "inget som kan läsas"),
        (zip_bytes({"film.mp4": "x", "bild.xyz": "y"}), "film.mp4: formatet läses inte"),
        (zip_bytes({"a.txt": TEXT})[:60], "skadat"),
        (b"Bara text", "skadat"),
    ],
)
def test_an_archive_with_nothing_to_read_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        list(read_parts(data, "a.zip"))


def test_names_keep_their_swedish_letters_without_the_flag_for_them() -> None:
    letters = zip_bytes({"åäö.txt": TEXT})
    for flagged in (b"\x00\x08", b"\x00\x08"):
        letters = letters.replace(b"\x14\x00" + flagged, b"\x14\x00\x00\x00")
    assert list(outcome(letters)) == ["åäö.txt"]


def test_a_word_file_is_checked_like_an_archive() -> None:
    with zipfile.ZipFile(io.BytesIO(docx_bytes(p("Bad")))) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    bomb = zip_bytes({**files, "word/media/bild.png": b"a" * (RATIO_FROM_BYTES + 1)})
    with pytest.raises(UnreadableError, match="zip-bomb"):
        list(read_parts(bomb, "p.docx"))


def test_containers_are_known_by_name() -> None:
    assert is_container("a.ZIP") and is_container("brev.eml") and is_container("brev.msg")
    assert not is_container("protokoll.docx")

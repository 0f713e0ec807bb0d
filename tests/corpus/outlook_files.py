"""Outlook messages (MSG) written by hand: a compound file ([MS-CFB]) with the properties of a mail."""

from __future__ import annotations

import struct

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Tree = dict[str, "bytes | Tree"]


Properties = dict[int, object]


def msg_bytes(subject: str, body: str = "", html: bytes = b"", attachments: list[Properties] | None = None) -> bytes:
    """A mail from Eva Ek to Bo Ek on 4 March 2031; an attachment is its properties by their ids."""
    sent = 135_748_854_000_000_000  # 17.30 in units of 100 nanoseconds since 1601
    properties: dict[int, object] = {0x0037: subject, 0x0C1A: "Eva Ek", 0x0039: sent}
    if body:
        properties[0x1000] = body
    if html:
        properties[0x1013] = html
    tree = _storage(properties, header=32)
    tree["__recip_version1.0_#00000000"] = _storage({0x3001: "Bo Ek"}, header=8)
    for number, attachment in enumerate(attachments or []):
        tree[f"__attach_version1.0_#{number:08X}"] = _storage(attachment, header=8)
    return compound_file(tree)


def _storage(properties: dict[int, object], header: int) -> Tree:
    """The streams of an object: one lists its properties, the long ones have a stream each."""
    tree: Tree = {}
    listed = b"\0" * header
    for pid, value in properties.items():
        if isinstance(value, int):
            kind, payload = (0x0040, struct.pack("<Q", value)) if value > 2**32 else (3, struct.pack("<II", value, 0))
        else:
            kind = 0x001F if isinstance(value, str) else 0x0102
            data = value.encode("utf-16-le") if isinstance(value, str) else value
            assert isinstance(data, bytes)
            tree[f"__substg1.0_{pid:04X}{kind:04X}"] = data
            payload = struct.pack("<II", len(data), 0)
        listed += struct.pack("<HHI", kind, pid, 6) + payload
    tree["__properties_version1.0"] = listed
    return tree


def compound_file(tree: Tree) -> bytes:
    """An OLE compound file, version 3, of streams (bytes) and storages (dicts)."""
    entries: list[dict[str, object]] = [{"name": "Root Entry", "type": 5, "data": b""}]
    _add(entries, 0, tree)
    mini = b""
    mini_fat: list[int] = []
    sectors: list[bytes] = []
    fat: list[int] = []

    def store(data: bytes) -> int:
        if not data:
            return _END
        first = len(sectors)
        pieces = [data[i : i + _SECTOR].ljust(_SECTOR, b"\0") for i in range(0, len(data), _SECTOR)]
        sectors.extend(pieces)
        fat.extend([*range(first + 1, first + len(pieces)), _END])
        return first

    for entry in entries[1:]:
        data = entry["data"]
        assert isinstance(data, bytes)
        if entry["type"] != 2 or not data:
            entry["start"] = _END if entry["type"] == 2 else 0
        elif len(data) < _CUTOFF:
            entry["start"] = first = len(mini_fat)
            count = -(-len(data) // _MINI)
            mini_fat.extend([*range(first + 1, first + count), _END])
            mini += data.ljust(count * _MINI, b"\0")
        else:
            entry["start"] = store(data)
    entries[0]["start"], entries[0]["data"] = store(mini), mini
    packed = b"".join(_entry(entry) for entry in entries)
    directory = store(packed + _entry({"name": "", "type": 0, "data": b""}) * (-len(entries) % 4))
    mini_start = store(struct.pack(f"<{len(mini_fat)}I", *mini_fat).ljust(_SECTOR, b"\xff")) if mini_fat else _END
    fat_sectors = 1
    while (len(fat) + fat_sectors) * 4 > fat_sectors * _SECTOR:
        fat_sectors += 1
    places = list(range(len(sectors), len(sectors) + fat_sectors))
    table = struct.pack(f"<{len(fat) + fat_sectors}I", *fat, *[_FAT] * fat_sectors)
    sectors.append(table.ljust(fat_sectors * _SECTOR, b"\xff"))
    mini_sectors = -(-len(mini_fat) * 4 // _SECTOR)
    head = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, fat_sectors, directory, 0, _CUTOFF, mini_start, mini_sectors, _END, 0, *places[:1],
    )  # fmt: skip
    head += struct.pack(f"<{108}I", *places[1:], *[_FREE] * (109 - len(places)))
    return head + b"".join(sectors)


def _add(entries: list[dict[str, object]], parent: int, tree: Tree) -> None:
    """Append the children of a storage; siblings are chained to the right."""
    numbers = []
    for name, content in sorted(tree.items()):
        numbers.append(len(entries))
        stream = isinstance(content, bytes)
        entries.append({"name": name, "type": 2 if stream else 1, "data": content if stream else b""})
        if not isinstance(content, bytes):
            _add(entries, numbers[-1], content)
    for number, following in zip(numbers, [*numbers[1:], _FREE], strict=True):
        entries[number]["right"] = following
    if numbers:
        entries[parent]["child"] = numbers[0]


def _entry(entry: dict[str, object]) -> bytes:
    name = str(entry["name"]).encode("utf-16-le") + b"\0\0"
    data = entry["data"]
    assert isinstance(data, bytes)
    return struct.pack(
        "<64sHBBIII36xIQ",
        name, len(name) if entry["type"] else 0, entry["type"], 1,
        _FREE, entry.get("right", _FREE), entry.get("child", _FREE), entry.get("start", 0), len(data),
    )  # fmt: skip

"""Facts as rows of plain data: what the archive stores and ``facts --jsonl`` prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from models.registers.records import TYPES, Fact, Party, Proof

_TYPE_NAMES = {kind: name for name, kind in TYPES.items()}
_NAMES: dict[type, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind) if field.name != "proof") for kind in (*TYPES.values(), Party)
}


def type_of(fact: Fact) -> str:
    """What a fact's type is called: ``action``, ``decision`` …."""
    return _TYPE_NAMES[type(fact)]


def row_of(fact: Fact) -> dict[str, Any]:
    """The fields of a fact as JSON values, without its proof."""
    return {name: _plain(getattr(fact, name)) for name in _NAMES[type(fact)]}


def fact_of(name: str, row: Mapping[str, Any], proof: Proof) -> Fact:
    """The fact of a stored row; the inverse of ``type_of`` and ``row_of`` (with lists for tuples)."""
    kind = TYPES[name]
    values: dict[str, Any] = {}
    for field in _NAMES[kind]:
        value = row[field]
        values[field] = tuple(map(_value, value)) if isinstance(value, (list, tuple)) else _value(value)
    return kind(**values, proof=proof)


def _plain(value: Any) -> Any:
    if isinstance(value, Party):
        return {name: _plain(getattr(value, name)) for name in _NAMES[Party]}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return Party(**{**value, "others": tuple(value["others"])})
    return value

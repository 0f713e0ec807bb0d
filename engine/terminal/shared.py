"""Options that many commands share, given to a command by a decorator instead of written out in each.

A command that takes ``form`` gets ``--json --jsonl --csv --table`` and the one form that was asked for;
one that takes ``selection`` gets ``--body --kind --since --until --path`` and the filter that they make;
one that takes ``period`` gets the same without ``--kind``, for a register has kinds of its own.
"""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engine.terminal.options import AsCsv, AsJson, AsJsonLines, AsTable, Body, InPath, Kind, Since, Until

if TYPE_CHECKING:
    from engine.listing import Form
    from index.filters import Filter

_FORMS: dict[Form, tuple[str, Any]] = {
    "json": ("as_json", AsJson),
    "jsonl": ("as_json_lines", AsJsonLines),
    "csv": ("as_csv", AsCsv),
    "table": ("as_table", AsTable),
}
_SELECTION: dict[str, Any] = {"body": Body, "kind": Kind, "since": Since, "until": Until, "path": InPath}
# The options that each parameter stands for.
_FILTERS = {"selection": tuple(_SELECTION), "period": tuple(key for key in _SELECTION if key != "kind")}

Command = Callable[..., None]


def with_shared_options(
    default: Form = "text", forms: tuple[Form, ...] = tuple(_FORMS)
) -> Callable[[Command], Command]:
    """Replace the parameters ``form``, ``selection`` and ``period`` of a command by the options they stand for.

    ``default``: the form without any option; ``forms``: those that the command can write.
    """

    def decorated(command: Command) -> Command:
        hints = typing.get_type_hints(command, localns={"Form": Any, "Filter": Any}, include_extras=True)
        taken = inspect.signature(command).parameters
        parameters: list[inspect.Parameter] = []
        for name, parameter in taken.items():
            if name in _FILTERS:
                parameters += [_option(key, _SELECTION[key], None) for key in _FILTERS[name]]
            elif name == "form":
                parameters += [_option(*_FORMS[form], default=False) for form in forms]
            else:
                parameters.append(parameter.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY))

        @functools.wraps(command)
        def run(**given: Any) -> None:
            from engine.listing import chosen_form

            for name in _FILTERS.keys() & taken.keys():
                given[name] = _filter(**{key: given.pop(key) for key in _FILTERS[name]})
            if "form" in taken:
                asked = {form: given.pop(_FORMS[form][0]) for form in forms}
                given["form"] = chosen_form([form for form, on in asked.items() if on], default)
            command(**given)

        del run.__wrapped__  # the parser shall see these parameters only
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {one.name: one.annotation for one in parameters}
        return run

    return decorated


def _option(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _filter(
    body: str | None, since: str | None, until: str | None, path: str | None, kind: str | None = None
) -> Filter:
    from index.filters import Filter
    from index.reader import storable

    # Bytes of an argument that are no text are lone surrogates, which a database does not take.
    return Filter(body=body and storable(body), kind=kind, since=since, until=until, path=path and storable(path))

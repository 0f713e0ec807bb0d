"""``klubbat chat``: a conversation in the terminal, or line by line through a pipe."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from engine.terminal.opening import open_service, terminal_console
from engine.terminal.options import ArchivePlace
from engine.terminal.shared import with_shared_options

if TYPE_CHECKING:
    from rich.console import Console

    from engine.chat.conversation import Conversation, Reply
    from engine.listing import Form
    from index.filters import Filter

PROMPT = "klubbat> "
_WELCOME = "Ställ en fråga, eller skriv hjälp. Avsluta med sluta eller Ctrl-D."
_MOST_KEPT = 1_000  # lines of history


@with_shared_options(forms=("jsonl",))
def chat(
    archive: ArchivePlace = None,
    no_history: Annotated[
        bool, typer.Option("--no-history", help="Spara inte frågorna, och läs inte tidigare frågor.")
    ] = False,
    *,
    selection: Filter,
    form: Form,
) -> None:
    """Samtala med arkivet: följdfrågor, fler ställen, hela källan. Frågor kan också komma på standard in."""
    from engine.chat.conversation import Conversation
    from engine.listing import print_json_line

    with open_service(archive) as service:
        conversation = Conversation(service, selection)
        console = terminal_console()
        for line in _typed(no_history) if sys.stdin.isatty() else _piped():
            try:
                reply = conversation.reply(line)
            except KeyboardInterrupt:  # during an answer: as at the prompt
                if not sys.stdin.isatty():
                    raise
                break
            if form == "jsonl":
                print_json_line(_object(line, reply, conversation))
            else:
                _show(reply, conversation, console)
                sys.stdout.flush()
            if reply.kind == "end":
                return
    if sys.stdin.isatty():
        print("Hej då!")


def _piped() -> Iterator[str]:
    """The lines of standard input, in UTF-8 whatever the terminal speaks; empty ones are passed over."""
    for line in sys.stdin.buffer:
        text = line.decode("utf-8-sig", errors="replace").strip()
        if text:
            yield text


def _typed(no_history: bool) -> Iterator[str]:
    """The lines that are typed, with the arrows and the history of Python's own readline where there is one."""
    print(_WELCOME)
    with contextlib.nullcontext() if no_history else history(history_file()):
        while True:
            try:
                text = input(PROMPT).encode(errors="replace").decode(errors="replace").strip()
            except (EOFError, KeyboardInterrupt):
                print()
                return
            if text:
                yield text


def history_file() -> Path:
    """Where the questions of earlier conversations are kept: in the user's state folder."""
    from platformdirs import user_state_dir

    return Path(user_state_dir("klubbat")) / "chat-history"


@contextlib.contextmanager
def history(file: Path) -> Iterator[None]:
    """Earlier lines are at hand, and those of this conversation are kept at its end, for the user's eyes only.

    A history that cannot be read or written is done without: it is a convenience.
    """
    try:
        import readline
    except ImportError:  # not on every system
        yield
        return
    readline.set_history_length(_MOST_KEPT)
    readline.clear_history()
    with contextlib.suppress(OSError):
        readline.read_history_file(file)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
            file.chmod(0o600)
            readline.write_history_file(file)
            file.chmod(0o600)  # the library may have made a new file


def _show(reply: Reply, conversation: Conversation, console: Console) -> None:
    from rich.text import Text

    from engine.presentation import show_answer, show_citation

    places = conversation.service.places
    for sentence in reply.told:
        console.print(Text(sentence, style="dim italic"), soft_wrap=True)
    if reply.answer is not None:
        show_answer(reply.answer, places, console)
    for number, citation in enumerate(reply.citations):
        if number:
            console.print()
        show_citation(citation, places, console)
    if reply.quotation is not None:
        one = reply.quotation
        marks = ("", "") if console.color_system else ("»", "«")
        console.print(Text(one.head, style="cyan"), soft_wrap=True)
        body = Text.assemble(one.before, (marks[0] + one.quote + marks[1], "bold yellow"), one.after)
        console.print(Text("\n").append_text(body), soft_wrap=True)
    if reply.text:
        console.print(Text(reply.text), soft_wrap=True)
    console.print()


def _object(line: str, reply: Reply, conversation: Conversation) -> dict[str, Any]:
    """A reply as a JSON object: the line, its kind and what was taken over, then what belongs to the kind."""
    from corpus.personal_numbers import mask_personal_numbers
    from engine.contracts import answer_object, citation_object

    places = conversation.service.places
    value: dict[str, Any] = {"line": mask_personal_numbers(line), "kind": reply.kind, "told": list(reply.told)}
    if reply.answer is not None:
        answer = answer_object(reply.answer, places)
        value |= {"answer_kind": answer.pop("kind"), **answer}
    if reply.citations:
        value["citations"] = [citation_object(c.chunk, c.proof, c.score, places) for c in reply.citations]
    if reply.quotation is not None:
        one = reply.quotation
        value |= {"source": one.head, "before": one.before, "quote": one.quote, "after": one.after}
    return value | ({"text": reply.text} if reply.text else {})

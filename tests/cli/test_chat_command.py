"""``klubbat chat``: a line is a question through a pipe; in a terminal the questions are kept, for the user only."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command_line import ROOT, environment, klubbat, refused

from engine.terminal.chat import history, history_file

LINES = "Vem fick i uppdrag att se över parkeringsavgifterna?\n\noch vem är ordförande där?\nkälla\nfler\n"


def test_every_line_of_a_pipe_is_answered_in_order(sample_archive: Path) -> None:
    outcome = klubbat("chat", "-a", sample_archive, stdin=LINES.encode())
    assert (outcome.code, outcome.err) == (0, "")
    taken, more = outcome.out.index("Jag utgår från protokollet 20"), outcome.out.index("Fler ställen om frågan")
    assert 0 < outcome.out.index("parkeringsavgifterna") < taken < more
    assert "»" in outcome.out
    assert "klubbat>" not in outcome.out


def test_a_script_gets_one_object_a_line_with_what_was_taken_over(sample_archive: Path) -> None:
    first, second, source, more = klubbat("chat", "--jsonl", "-a", sample_archive, stdin=LINES.encode()).lines
    assert [one["kind"] for one in (first, second, source, more)] == ["answer", "answer", "source", "more"]
    assert (first["told"], first["line"]) == ([], LINES.splitlines()[0])
    assert {"answer", "explanation", "confidence", "answer_kind", "citations"} <= second.keys()
    assert second["told"] and second["question"] == "Vem är ordförande?"
    assert source["quote"] == second["citations"][0]["quote"]
    assert more["citations"]


def test_the_end_is_polite_and_nothing_after_it_is_answered(sample_archive: Path) -> None:
    outcome = klubbat("chat", "-a", sample_archive, stdin=b"sluta\nVem valdes?\n")
    assert (outcome.code, outcome.out.strip()) == (0, "Hej då!")


def test_bytes_that_are_no_text_and_sections_that_are_not_there_do_not_end_it(sample_archive: Path) -> None:
    lines = LINES.encode() + b"\xff\xfe\x00?\nvisa 999\nhj\xc3\xa4lp\n"
    outcome = klubbat("chat", "-a", sample_archive, stdin=lines)
    assert (outcome.code, outcome.err) == (0, "")
    assert "ingen paragraf eller rubrik ”999”" in outcome.out
    assert "visa § 6" in outcome.out


def test_no_archive_is_the_usual_error(tmp_path: Path) -> None:
    refused(klubbat("chat", "-a", tmp_path / "saknas", stdin=b"Vem?\n"), 3, "saknas")


def test_nothing_is_kept_of_what_came_through_a_pipe(sample_archive: Path) -> None:
    klubbat("chat", "-a", sample_archive, stdin=b"hj\xc3\xa4lp\n")
    assert not history_file().exists()


def test_the_history_is_for_the_user_only_even_where_it_was_open(tmp_path: Path) -> None:
    readline = pytest.importorskip("readline")
    file = tmp_path / "state" / "chat-history"
    with history(file):
        readline.add_history("Vem valdes till sekreterare?")
    file.chmod(0o644)
    with history(file):
        assert readline.get_history_item(readline.get_current_history_length()) == "Vem valdes till sekreterare?"
        readline.add_history("när då?")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [line for line in file.read_text(encoding="utf-8").splitlines() if line[0] != "_"] == [
        "Vem valdes till sekreterare?",
        "när då?",
    ]


def _in_a_terminal(archive: Path, state: Path, keys: list[bytes], *options: str) -> tuple[int, str]:
    """The exit code and what is shown when the keys are pressed, each once a prompt is there."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "cli", "chat", "-a", str(archive), *options]
    changed = environment(XDG_STATE_HOME=str(state), TERM="dumb", PYTHONUTF8="1")
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=changed, start_new_session=True
    ) as process:
        os.close(theirs)
        shown, left, deadline = b"", list(keys), time.monotonic() + 300
        while time.monotonic() < deadline:
            try:
                got = os.read(ours, 4096)
            except OSError:  # the other side is closed
                break
            if not got:
                break
            shown += got
            if left and shown.count(b"klubbat> ") > len(keys) - len(left):
                os.write(ours, left.pop(0))
        code = process.wait(timeout=60)
    os.close(ours)
    return code, shown.decode("utf-8", errors="replace")


@pytest.mark.skipif(sys.platform != "linux", reason="needs a terminal of Linux")
@pytest.mark.parametrize(("options", "kept"), [((), True), (("--no-history",), False)])
def test_the_end_of_input_ends_politely_and_questions_are_kept_unless_switched_off(
    sample_archive: Path, tmp_path: Path, options: tuple[str, ...], kept: bool
) -> None:
    code, shown = _in_a_terminal(sample_archive, tmp_path, [b"fler\n", b"\x04"], *options)
    assert (code, "Traceback" in shown) == (0, False)
    assert "Hej då!" in shown
    file = tmp_path / "klubbat" / "chat-history"
    assert file.exists() == kept
    assert not kept or "fler" in file.read_text(encoding="utf-8")

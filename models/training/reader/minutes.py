"""Reading examples in the style of minutes: paragraphs put together from tables, with invented names.

Every question is of a relation (``relations.tsv``). With the answer, its sentence stands among others,
some of the same relation about something else. Without it, the paragraph looks as if it answered.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from corpus.tables import read_rows
from models.training.names import Names
from models.training.reader.examples import Example
from models.training.reader.slots import Bound, Slots, answer_slots, forms_of, labels_of, slots_of, worded

LONGEST = 900  # characters of a passage
UNANSWERED = 0.45  # share of the examples
# The ways not to be answered, and how often.
_WAYS = {"sibling": 38, "near": 30, "removed": 8, "date": 4, "unrelated": 20}
_PLACED = {"sentence": 6, "row": 2, "under": 2}
_ENGLISH = ("Who", "What", "When", "Where", "How", "Which", "Why", "Was", "Did", "Is", "For")


@dataclass(frozen=True, slots=True)
class Wording:
    """A row of ``relations.tsv``: of which relation, what kind of row, its template."""

    relation: str
    kind: str
    text: str

    def may_say(self, question: Wording) -> bool:
        """Whether the question can be put to this sentence."""
        if question.relation != self.relation or question.kind not in labels_of(self.text):
            return False
        hidden = answer_slots(self.text, question.kind)
        if any(slot in hidden and forms_of(question.text, slot) & {"", "q"} for slot in slots_of(question.text)):
            return False
        return self.kind == "under" or slots_of(question.text) <= slots_of(self.text)


def wordings() -> tuple[list[Wording], list[Wording], list[Wording], list[Wording]]:
    """The rows of the table: sentences with answers, questions, look-alikes, headings."""
    rows = [
        Wording(row["relation"], row["kind"], row["text"].replace("{TAB}", "\t"))
        for row in read_rows("models.training.reader", "relations")
    ]
    apart: dict[str, list[Wording]] = {"sentences": [], "questions": [], "near": [], "head": []}
    for row in rows:
        if row.kind in ("near", "head"):
            apart[row.kind].append(row)
        else:
            apart["sentences" if row.kind in _PLACED else "questions"].append(row)
    return apart["sentences"], apart["questions"], apart["near"], apart["head"]


@dataclass(slots=True)
class _Part:
    """Lines of a passage, and where the answer stands in them."""

    text: str
    answer: tuple[int, int] | None = None


class _Writer:
    """Writes examples; one a run, since all is drawn from one seed."""

    def __init__(self, draw: random.Random, names: Names) -> None:
        self._draw, self._slots = draw, Slots(draw, names)
        self._sentences, self._questions, self._near, self._heads = wordings()
        self._fillers = [row["text"] for row in read_rows("models.training.reader", "fillers")]
        self._saying = {question: [one for one in self._sentences if one.may_say(question)]
                        for question in self._questions}  # fmt: skip
        self._asking: dict[tuple[str, str], list[Wording]] = {}
        for question in self._questions:
            self._asking.setdefault((question.relation, question.kind), []).append(question)

    def example(self) -> Example:
        """The next example."""
        for _ in range(50):
            made = self._example()
            if made is not None and 80 <= len(made.passage) <= LONGEST:
                return made
        raise ValueError("no passage of a fitting length: the tables hold too little")

    def _example(self) -> Example | None:
        draw = self._draw
        evenly = draw.random() < 0.5  # else more of the relations with many questions: elections, tasks, decisions
        question = draw.choice(draw.choice(list(self._asking.values())) if evenly else self._questions)
        said = self._said(question)
        if said is None:
            return None
        answered = draw.random() >= UNANSWERED
        way = "" if answered else draw.choices(list(_WAYS), list(_WAYS.values()))[0]
        if way == "date" and not _dateable(question):
            way = "removed"
        bound: Bound = {}
        form = self._heading(question, said)
        heading = self._slots.fill(form, bound).text
        target = self._placed(said, question, bound)
        asked = self._slots.fill(question.text, bound).text
        answer_text = target.text[target.answer[0] : target.answer[1]] if target.answer else ""
        parts: list[_Part] = []
        if way in ("", "date"):
            parts = [target]
            parts += [
                _Part(text) for text in self._siblings(question, bound, draw.choice([0, 0, 1, 1, 2, 3]), keep=0.0)
            ]
        elif way == "sibling":
            if said.kind == "under":  # the same words under another heading
                new = self._otherwise(form + said.text, question, bound, keep=0.5)
                heading, siblings = self._slots.fill(form, new).text, [self._slots.fill(said.text, new).text]
            elif said.kind == "row" and slots_of(question.text):  # the list without the row
                siblings = [self._placed(said, question, bound, with_answer=False).text]
            else:
                heading = heading if draw.random() < 0.3 else ""
                siblings = self._siblings(question, bound, draw.randint(1, 3), keep=0.5)
            if not siblings:
                way = "near"
            parts = [_Part(text) for text in siblings]
        if way == "near":
            parts = [_Part(text) for text in self._looking_alike(question, bound)]
            if draw.random() < 0.5 or not parts:
                parts += [_Part(text) for text in self._siblings(question, bound, draw.randint(1, 2), keep=0.3)]
            if not parts:
                way = "removed"
        if way == "unrelated":
            heading = ""
        parts += [_Part(text) for text in self._others(question, bound, few=bool(parts))]
        if way == "removed" and any(answer_text.lower() in part.text.lower() for part in parts):
            return None
        draw.shuffle(parts)
        passage, answer = self._joined(parts, heading if draw.random() < 0.5 or said.kind == "under" else "")
        if way:
            answer = None
        asked, context = self._framed(question, asked, heading, way == "date")
        return Example(self._typed(asked), passage, answer, context)

    def _said(self, question: Wording) -> Wording | None:
        """A sentence that answers: prose more often than rows."""
        options = self._saying[question]
        if not options:
            return None
        return self._draw.choices(options, [_PLACED[one.kind] for one in options])[0]

    def _heading(self, question: Wording, said: Wording) -> str:
        """The template of the heading over the answer: of its relation, of any matter, or none."""
        asked = slots_of(question.text)
        heads = [head for head in self._heads if head.relation == question.relation]
        if said.kind == "under":
            heads = [head for head in heads if asked - slots_of(said.text) <= slots_of(head.text)]
            return self._draw.choice(heads).text
        heads = [head for head in heads if slots_of(head.text) <= asked]
        roll = self._draw.random()
        if heads and roll < 0.45:
            return self._draw.choice(heads).text
        return "{TOPIC9}" if roll < 0.75 else ""

    def _placed(self, said: Wording, question: Wording, bound: Bound, with_answer: bool = True) -> _Part:
        """The sentence with the answer; a row stands among rows of its form under their label."""
        label, _, form = said.text.rpartition(" ¶ ")
        filled = self._slots.fill(form, bound)
        if said.kind != "row":
            return _Part(filled.text, filled.spans[question.kind])
        rows = [filled] if with_answer else []
        for _ in range(self._draw.randint(1, 5)):
            rows.append(self._slots.fill(form, self._otherwise(form, question, bound, keep=0.0)))
        self._draw.shuffle(rows)
        text, answer = (f"{label}\n" if label else ""), (0, 0)
        for row in rows:
            if row is filled:
                start, end = row.spans[question.kind]
                answer = (start + len(text), end + len(text))
            text += row.text + "\n"
        return _Part(text.rstrip("\n"), answer)

    def _otherwise(self, template: str, question: Wording, bound: Bound, keep: float) -> Bound:
        """Values for a sentence of the same form about something else: what the question names differs."""
        asked = slots_of(question.text)
        new: Bound = {}
        for slot in sorted(slots_of(template)):
            kind = slot.rstrip("0123456789")
            same = slot if slot in bound else next((one for one in asked if one.rstrip("0123456789") == kind), "")
            if slot in bound and slot not in asked and self._draw.random() < keep:
                new[slot] = bound[slot]
            elif same:
                new[slot] = self._slots.other(kind, bound[same])
        return new

    def _siblings(self, question: Wording, bound: Bound, count: int, keep: float) -> list[str]:
        """Sentences of the relation that say something else than what is asked; none if nothing is named."""
        asked = slots_of(question.text)
        forms = [one for one in self._sentences if one.relation == question.relation and one.kind == "sentence"
                 and asked & slots_of(one.text)]  # fmt: skip
        if not forms:
            return []
        found: list[str] = []
        for _ in range(count):
            form = self._draw.choice(forms).text
            new = self._otherwise(form, question, bound, keep)
            found.append(self._slots.fill(form, new).text)
        return found

    def _looking_alike(self, question: Wording, bound: Bound) -> list[str]:
        """Sentences about what is asked that say other things of it."""
        asked = slots_of(question.text)
        forms = [one for one in self._near if one.relation == question.relation]
        forms += [one for one in self._sentences if one.relation == question.relation and one.kind == "sentence"
                  and question.kind not in labels_of(one.text) and asked & slots_of(one.text)]  # fmt: skip
        if not forms:
            return []
        kept = {slot: forms_ for slot, forms_ in bound.items() if slot in asked}
        return [self._slots.fill(form.text, dict(kept)).text
                for form in self._draw.sample(forms, min(len(forms), self._draw.choice([1, 1, 2])))]  # fmt: skip

    def _others(self, question: Wording, bound: Bound, few: bool) -> list[str]:
        """Fillers and sentences of other relations."""
        family = question.relation.partition("/")[0]
        texts: list[str] = []
        for _ in range(self._draw.choice([0, 1, 2, 3, 4, 5, 6, 8]) if few else self._draw.randint(3, 9)):
            if self._draw.random() < 0.55:
                texts.append(self._slots.fill(self._draw.choice(self._fillers), self._known(question, bound)).text)
                continue
            other = self._draw.choice(self._sentences)
            if other.relation.partition("/")[0] != family and other.kind == "sentence":
                texts.append(self._slots.fill(other.text, {}).text)
        return texts

    def _known(self, question: Wording, bound: Bound) -> Bound:
        """For a filler: now and then the matter that the question names."""
        asked = slots_of(question.text) if self._draw.random() < 0.5 else frozenset()
        return {slot: forms for slot, forms in bound.items() if slot in asked}

    def _joined(self, parts: Sequence[_Part], heading: str) -> tuple[str, tuple[int, int] | None]:
        """The parts as one passage: running text, lines or a list, now and then under its heading."""
        draw, text, answer = self._draw, "", None
        if heading:
            number = draw.randint(1, 60)
            text = draw.choice([heading, f"§ {number} {heading}", f"§ {number}. {heading}", f"{number}. {heading}",
                                f"## {heading}", f"{heading}:"]) + "\n"  # fmt: skip
        layout = draw.choices([" ", "\n", "- ", "• ", "1", "* "], [55, 22, 9, 5, 5, 4])[0]
        for number, part in enumerate(parts, 1):
            if layout in " \n" or "\n" in part.text:
                text += ("\n" if "\n" in part.text else layout) if number > 1 else ""
            else:
                text += ("\n" if number > 1 else "") + (f"{number}. " if layout == "1" else layout)
            before = parts[number - 2].text if number > 1 else ""
            if layout == " " and before and ("\n" in before or not before.endswith((".", "!", "?"))):
                text = text[:-1] + "\n"
            if part.answer:
                answer = (part.answer[0] + len(text), part.answer[1] + len(text))
            text += part.text
        return text, answer

    def _framed(self, question: Wording, asked: str, heading: str, other_day: bool) -> tuple[str, str]:
        """The question, now and then with the meeting named, and the context of the passage."""
        draw = self._draw
        day = self._slots.day()
        body = self._slots.value("BODY")
        said = body[""][0]
        named = other_day or (_dateable(question) and draw.random() < 0.14)
        if named:
            asked_day = day + timedelta(days=draw.choice([-62, -35, -30, 28, 61, 364])) if other_day else day
            when = worded(asked_day) + draw.choice(["", f" {asked_day.year}"])
            if other_day and abs((asked_day - day).days) > 300:
                when = f"{worded(asked_day)} {asked_day.year}"
            asked = asked[:-1] + draw.choice([
                f" på mötet den {when}?", f" när {said} möttes den {when}?", f" på {said}s möte den {when}?",
                f" vid sammanträdet den {when}?", f" enligt protokollet från den {when}?",
            ])  # fmt: skip
        context = ""
        if named or draw.random() < 0.6:
            meeting = draw.choice([said[0].upper() + said[1:], said]) + ("" if not named and draw.random() < 0.15
                                                                         else f", {day.isoformat()}")  # fmt: skip
            over = [self._slots.fill("{TOPIC}", {}).text] if draw.random() < 0.15 else []
            over += [heading] if heading else []
            context = ". ".join(part for part in (meeting, ", ".join(over)) if part)
        return asked, context

    def _typed(self, question: str) -> str:
        """The question as some write it: without its sign, in lower case."""
        roll = self._draw.random()
        if roll < 0.05:
            return question.rstrip("?").lower()
        return question.rstrip("?") if roll < 0.08 else question


def _dateable(question: Wording) -> bool:
    """Whether a meeting can be named at the end of the question."""
    words = question.text
    return (
        words.endswith("?") and not words.startswith((*_ENGLISH, "{")) and not re.search("möte|sammanträd|{DATE", words)
    )


def minutes_examples(draw: random.Random, names: Names, count: int) -> Iterator[Example]:
    """Examples in the style of minutes, the same for the same seeds of ``draw`` and ``names``.

    Raises:
        ValueError: a table's row is broken.
    """
    writer = _Writer(draw, names)
    for _ in range(count):
        yield writer.example()

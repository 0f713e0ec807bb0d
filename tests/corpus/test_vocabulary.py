"""How much of a text is Swedish, and which of two readings is the better."""

from __future__ import annotations

from corpus.vocabulary import known_share, reads_better

GOOD = (
    "Styrelsen beslutade att laga bryggan vid badplatsen före midsommar och att höja avgiften för båtplatser. "
    "Frågan om samfällighetsavgiften skjuts upp till nästa möte."
)
BARE = GOOD.translate(str.maketrans("åäöÅÄÖ", "aaoAAO"))


def test_swedish_is_known_with_its_compounds() -> None:
    share = known_share(GOOD)
    assert share is not None and share > 0.9


def test_a_text_that_lost_its_letters_is_known_less() -> None:
    good, bare = known_share(GOOD), known_share(BARE)
    assert good is not None and bare is not None and bare < good - 0.1


def test_garbled_text_is_not_known() -> None:
    share = known_share("sfvrclscn hcslntadc ntt lnga brvggan vld hadplatscn forc rnidsornrnar " * 3)
    assert share is not None and share < 0.4


def test_names_do_not_count() -> None:
    assert known_share(f"{GOOD} Wxyz Qvist och Bjgrn Vrtq") == known_share(f"{GOOD} och")


def test_few_words_say_nothing() -> None:
    assert known_share("Mötet avslutas.") is None


def test_the_better_reading_has_its_letters() -> None:
    assert reads_better(GOOD, BARE)
    assert not reads_better(BARE, GOOD)
    assert not reads_better(GOOD, GOOD)


def test_a_reading_that_lost_words_is_not_better() -> None:
    assert not reads_better("Styrelsen beslutade på", GOOD)

"""What a fuzzy match makes of the n best renderings."""

from __future__ import annotations

from aligner.memory import MemoryChoice
from aligner.memory.choice import WEIGHT
from aligner.model import Match
from aligner.translation import Preference

MATCH = Match(83, "tm.tmx", "u2", "Il a adopté 5 résolutions.", "It passed 5 resolutions.")


def test_renderings_like_the_match_are_worth_more() -> None:
    choice: Preference = (known := MemoryChoice())
    text = "Il a adopté 3 résolutions."
    known.know({text: MATCH})
    near, far = (choice.worth(text, each) for each in ("It passed 3 resolutions.", "He took on three decisions."))
    assert 0 < far < near <= WEIGHT * 0.83
    assert choice.key(text) == choice.key("Il a adopté 3\u00a0résolutions.") != ""


def test_texts_without_a_match_and_exact_ones_have_no_wish() -> None:
    choice = MemoryChoice()
    choice.know({"Oui.": Match(100, "tm.tmx", "u1", "Oui.", "Yes.")})
    assert (choice.key("Oui."), choice.worth("Oui.", "Yes."), choice.key("Non."), choice.signature) == ("", 0.0, "", "")


def test_only_the_texts_translated_next_are_known() -> None:
    choice = MemoryChoice()
    choice.know({"Il a adopté 3 résolutions.": MATCH})
    choice.know({"Il a adopté 4 résolutions.": MATCH})
    assert choice.key("Il a adopté 3 résolutions.") == ""
    assert choice.key("Il a adopté 4 résolutions.")

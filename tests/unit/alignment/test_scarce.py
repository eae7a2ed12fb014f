"""Pairs of languages of which the aligner knows nothing: no lexicon, no translation, no common script."""

from __future__ import annotations

import hashlib
import random
import re

import pytest

from aligner.alignment import AlignOptions, align, score_pairs
from aligner.alignment.search import Found, expected_right, search
from benchmarks.alignment_harder import delete_lines
from benchmarks.alignment_suite import Document

CHINESE = [
    "人人生而自由,在尊严和权利上一律平等。",
    "他们赋有理性和良心,并应以兄弟关系的精神相对待。",
    "人人有权享有生命、自由和人身安全。",
    "任何人不得使为奴隶或奴役。",
    "一切形式的奴隶制度和奴隶买卖,均应予以禁止。",
]
ENGLISH = [
    "All human beings are born free and equal in dignity and rights.",
    "They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood.",
    "Everyone has the right to life, liberty and security of person.",
    "No one shall be held in slavery or servitude;",
    "slavery and the slave trade shall be prohibited in all their forms.",
]


def strange(sentence: str) -> str:
    """The sentence in a language that nobody knows: each word always becomes the same other word."""

    def other(word: re.Match[str]) -> str:
        digest = hashlib.sha256(word[0].lower().encode()).digest()
        return "".join(chr(0x10D0 + byte % 30) for byte in digest[: max(len(word[0]) + digest[31] % 4 - 1, 1)])

    return re.sub(r"[^\W\d]+", other, sentence)


@pytest.fixture(scope="module")
def text() -> Document:
    """A hundred different sentences and their strange translation."""
    chance = random.Random(3)
    words = [
        f"{a}{b}{c}" for a in ("ba", "ko", "ri", "tu", "me") for b in ("n", "st", "l", "r") for c in ("a", "ove", "i")
    ]
    lines = [" ".join(chance.choices(words, k=chance.randint(2, 30))) + "." for _ in range(100)]
    return Document("strange", tuple(lines), tuple(map(strange, lines)), tuple(((i,), (i,)) for i in range(100)))


def test_chinese_and_english_lines_pair() -> None:
    found = align(CHINESE, ENGLISH, options=AlignOptions(embeddings="never"))
    assert [(bead.source, bead.target) for bead in found] == [((i,), (i,)) for i in range(5)]


def test_passes_do_not_spiral_into_nulls(text: Document) -> None:
    scores = []
    for document in (delete_lines(text, 0.15, seed) for seed in range(4)):
        found = align(document.source, document.target)
        scores.append(score_pairs([document.gold], [[(bead.source, bead.target) for bead in found]]).strict.f1)
    assert sum(scores) / len(scores) > 0.85
    assert min(scores) > 0.75


def test_a_pass_is_kept_only_if_it_explains_the_texts_better(text: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    document = delete_lines(text, 0.3, 0)
    seen: list[float] = []

    def noted(found: Found) -> float:
        seen.append(expected_right(found))
        return seen[-1]

    monkeypatch.setattr("aligner.alignment.search.expected_right", noted)
    kept = search(document.given("plain"), AlignOptions(passes=3))
    assert expected_right(kept) == max(seen)

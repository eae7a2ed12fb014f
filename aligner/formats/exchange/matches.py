"""What a memory had for a bead, as names and values: the same in TMX, XLIFF and TEI."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from aligner.model import Match

_PREFIX = "match-"
_TEXTS = ("memory", "unit", "source", "target", "note")


def match_facts(match: Match | None) -> Iterator[tuple[str, str]]:
    """Names and values; nothing for None.

    >>> dict(match_facts(Match(80, "treaties.tmx", "tu7", "Le traité", "The treaty")))["match-score"]
    '80'
    """
    if match is not None:
        yield f"{_PREFIX}score", str(match.score)
        for name in _TEXTS:
            if value := getattr(match, name):
                yield f"{_PREFIX}{name}", value


def match_of(facts: Mapping[str, str]) -> Match | None:
    """The way back; None where nothing is said or the score is none."""
    # Another tool may have a prop of this name with a percentage or a word in it.
    score = facts.get(f"{_PREFIX}score", "")
    if not (score.isascii() and score.isdigit() and int(score) <= 100):
        return None
    return Match(int(score), **{name: facts.get(f"{_PREFIX}{name}", "") for name in _TEXTS})

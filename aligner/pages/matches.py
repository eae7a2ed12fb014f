"""How the page says what a translation memory had for a bead."""

from __future__ import annotations

from aligner.model import Bead, Origin


def match_line(bead: Bead) -> tuple[str, str] | None:
    """A label and a line of text; None where no memory had anything.

    What was found is shown unless the bead's English was taken from it.

    >>> from aligner.model import Match
    >>> match_line(Bead((0,), (0,), match=Match(83, "treaties.tmx", "u2", "Il a voté.", "He voted.")))
    ('Memory 83 %', 'Il a voté. → He voted. (treaties.tmx u2)')
    """
    match = bead.match
    if match is None:
        return None
    where = "; ".join(filter(None, [f"{match.memory} {match.unit}".strip(), match.note]))
    taken = bead.origin is Origin.MEMORY and match.score == 100
    return f"Memory {match.score} %", where if taken else f"{match.source} → {match.target} ({where})"

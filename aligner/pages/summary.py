"""A document in figures: what the head of a review page and a line of the index page say.

Beads set aside as boilerplate are counted apart and enter no other figure. Start reading at `summarize`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from aligner.checks import Finding, check
from aligner.citations.titles import title_heading
from aligner.model import Bitext, Kind, Provenance, Record, Status
from aligner.pages.beads import Certainty, least, means, says_else

# What apostrophes, hyphens and separators of numbers hold together is one word, as in a word processor's count.
_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A bead and the lower of its figures."""

    locator: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Alert:
    """An error that the checks found."""

    locator: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one bitext, small enough to keep for every document of a corpus."""

    id: str
    heading: str
    """The first heading of the source, which is the title where the record has none."""
    record: Record
    provenance: Provenance
    source_language: str
    target_language: str
    beads: int
    excluded: int
    """Beads set aside as boilerplate, not counted in `beads`."""
    types: tuple[tuple[str, int], ...]
    """How many beads of each shape, most frequent first."""
    statuses: tuple[tuple[Status, int], ...]
    """How many beads in each status, every status named."""
    source_words: int
    target_words: int
    differing: int
    """Beads whose text is not the machine translation."""
    outdated: int
    """Accepted and edited beads where the machine now says something else."""
    means: tuple[Certainty, ...]
    """The means of the alignment's and the translation's figures, as far as they occur."""
    doubts: tuple[Doubt, ...]
    """The least sure of the beads about which something is in question, the worst first."""
    errors: int = 0
    """Beads in which the checks found an error."""
    warnings: int = 0
    """Other beads in which they found something."""
    alerts: tuple[Alert, ...] = ()
    """The first of the errors, in reading order."""

    @property
    def reviewed(self) -> int:
        """Beads that are no longer drafts."""
        return sum(count for status, count in self.statuses if status is not Status.DRAFT)

    @property
    def title(self) -> str:
        """The record's title, or the first heading, or the id."""
        return self.record.title or self.heading or self.id


def summarize(bitext: Bitext, *, doubts: int = 3, findings: Iterable[Finding] | None = None) -> Summary:
    """Count the figures of `bitext`, with its `doubts` least sure beads (equals in reading order) and first errors.

    `findings` are those of `aligner.checks`; None: it is checked here.
    """
    found = [each for each in (check([bitext]) if findings is None else findings) if each.document == bitext.id]
    errors = {each.locator: each for each in reversed(found) if each.code.startswith("E")}
    kept = [bead for bead in bitext.beads if bead.kind is not Kind.EXCLUDED]
    statuses = Counter(bead.status for bead in kept)
    # Without a rendering on record, as for most human translations, nothing is known to differ from it.
    rendered = [bead for bead in kept if bead.machine is not None and bead.target]
    # Sorting is stable, so equals stay in reading order.
    figures = [Doubt(bitext.locator(bead), figure) for bead in kept if (figure := least(bead))]
    return Summary(
        id=bitext.id,
        heading=title_heading(bitext),
        record=bitext.record,
        provenance=bitext.provenance,
        source_language=bitext.source.language,
        target_language=bitext.target.language,
        beads=len(kept),
        excluded=len(bitext.beads) - len(kept),
        types=tuple(Counter(bead.type for bead in kept).most_common()),
        statuses=tuple((status, statuses[status]) for status in Status),
        source_words=count_words(bitext.source_text(bead) for bead in kept),
        target_words=count_words(bitext.target_text(bead) for bead in kept),
        differing=sum(bead.machine != bitext.target_text(bead) for bead in rendered),
        outdated=sum(says_else(bitext, bead) for bead in kept),
        means=means(kept),
        doubts=tuple(sorted(figures, key=lambda doubt: doubt.certainty.value)[:doubts]),
        errors=len(errors),
        warnings=len({each.locator for each in found} - errors.keys()),
        alerts=tuple(Alert(each.locator, each.code, each.name) for each in reversed(errors.values()))[:doubts],
    )


def count_words(texts: Iterable[str]) -> int:
    """Words as a translator counts them: punctuation alone is none, ``l'Inde`` and ``1,234.5`` are one each.

    >>> count_words(["Oui : l'Inde paie 1,234.5 €."])
    4
    """
    return sum(len(_WORD.findall(text)) for text in texts)

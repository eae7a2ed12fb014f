"""Checking bitexts: every check on every bead, one after the other. Start reading at `check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aligner.check.findings import (
    Check,
    Finding,
    Pair,
    PairCheck,
    Remark,
)
from aligner.check.registry import NO_TERMS, selected
from aligner.model import Bitext, Kind, Status
from aligner.terms import Glossary


def check(
    bitexts: Iterable[Bitext], *, only: Sequence[str] = (), skip: Sequence[str] = (), terms: Glossary = NO_TERMS
) -> Iterator[Finding]:
    """What a person should look at, document by document, bead by bead, in the order of the codes.

    `only` and `skip` choose checks (see `aligner.check.selected`), `terms` is a glossary. Boilerplate and rejected
    beads are passed over; for other languages than French into English only the checks that hold for any are run.
    Raises InputError for an unknown check. Linear in the text; memory grows only for the checks of consistency.
    """
    running = [(each, each.start()) for each in selected(only, skip, terms=terms)]
    return (
        finding
        for bitext in bitexts
        for pair in pairs(bitext)
        for finding in check_pair(pair, running if is_french_english(bitext) else _general(running))
    )


def pairs(bitext: Bitext) -> Iterator[Pair]:
    """The pairs of a bitext that are checked."""
    for bead in bitext.beads:
        if bead.kind is not Kind.EXCLUDED and bead.status is not Status.REJECTED:
            yield Pair(bitext.source_text(bead), bitext.target_text(bead), bitext.id, bitext.locator(bead))


def check_pair(pair: Pair, running: Iterable[tuple[Check, PairCheck]]) -> Iterator[Finding]:
    """The findings of some checks on one pair; a pair with one side empty gives only that."""
    for each, function in running:
        if each.name in ("empty", "added") or (pair.source.strip() and pair.target.strip()):
            for remark in function(pair):
                yield _finding(each, pair, remark)


def _finding(each: Check, pair: Pair, remark: Remark) -> Finding:
    return Finding(
        code=each.code,
        name=each.name,
        severity=each.severity,
        document=pair.document,
        locator=pair.locator,
        message=remark.message,
        source=remark.source,
        target=remark.target,
    )


def is_french_english(bitext: Bitext) -> bool:
    """Whether all checks hold for the languages of a bitext; otherwise only those for any languages do."""
    languages = (bitext.source.language, bitext.target.language)
    return [language.lower().split("-")[0] for language in languages] == ["fr", "en"]


def _general(running: Iterable[tuple[Check, PairCheck]]) -> list[tuple[Check, PairCheck]]:
    return [(each, function) for each, function in running if each.any_languages]

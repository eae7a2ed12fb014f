"""Checking bitexts: every check on every bead, one after the other. Start reading at `check`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from aligner.checks.findings import (
    Check,
    Finding,
    Pair,
    PairCheck,
)
from aligner.checks.registry import selected
from aligner.languages.markup import decoded_with_places
from aligner.languages.pair import LanguagePair, find_pair
from aligner.languages.words import Span, Spans
from aligner.model import Bitext, Kind, Status
from aligner.terms.glossary import NO_TERMS, Glossary

_RAW = frozenset(("markup", "encoding"))
"""Checks of what is not for readers."""


def check(
    bitexts: Iterable[Bitext], *, only: Sequence[str] = (), skip: Sequence[str] = (), terms: Glossary = NO_TERMS
) -> Iterator[Finding]:
    """What a person should look at, document by document, bead by bead, in the order of the codes.

    `only` and `skip` choose checks (see `aligner.checks.selected`), `terms` is a glossary. Boilerplate and rejected
    beads are passed over. Which checks are run depends on the languages (`aligner.languages.LanguagePair.checks`).
    Raises InputError for an unknown check. Linear in the text; memory grows only for the checks of consistency.
    """
    checked = _checker([(each, each.start()) for each in selected(only, skip, terms=terms)])
    return (finding for bitext in bitexts for pair in pairs(bitext) for finding in checked(pair))


def pairs(bitext: Bitext) -> Iterator[Pair]:
    """The pairs of a bitext that are checked."""
    languages = find_pair(*bitext.languages)
    around = _paragraphs(bitext)
    for number, bead in enumerate(bitext.beads):
        # Page furniture is no text that anybody gets, and of a rejected pair a person knows already.
        if bead.kind is not Kind.EXCLUDED and bead.status is not Status.REJECTED:
            source, target = bitext.source_text(bead), bitext.target_text(bead)
            yield Pair(source, target, bitext.id, bitext.locator(bead), around.get(number, ("", "")), languages)


def _paragraphs(bitext: Bitext) -> dict[int, tuple[str, str]]:
    """For each bead, by its place, that shares a paragraph with others, the texts of all of them."""
    found: dict[int, tuple[str, str]] = {}
    group: list[int] = []
    last: tuple[set[int], set[int]] = (set(), set())
    # None ends the last group.
    for number, bead in enumerate([*bitext.beads, None]):
        here = (
            {bitext.source.segments[i].paragraph for i in bead.source} if bead else set[int](),
            {bitext.target.segments[j].paragraph for j in bead.target} if bead else set[int](),
        )
        if not (here[0] & last[0] or here[1] & last[1]):
            if len(group) > 1:
                beads = [bitext.beads[each] for each in group]
                texts = " ".join(map(bitext.source_text, beads)), " ".join(map(bitext.target_text, beads))
                found |= dict.fromkeys(group, texts)
            group, last = [], (set(), set())
        group.append(number)
        # A null says nothing of its empty side: the paragraph there goes on.
        last = (here[0] or last[0], here[1] or last[1])
    return found


def check_pair(pair: Pair, running: Iterable[tuple[Check, PairCheck]]) -> Iterator[Finding]:
    """The findings of some checks on one pair, of those that hold for its languages; one empty side gives only that."""
    # Where a side is empty every other check would find its words missing.
    both = pair.source.strip() and pair.target.strip()
    # Entities are the characters they stand for; what is for machines is looked at as it stands.
    (source, here), (target, there) = decoded_with_places(pair.source), decoded_with_places(pair.target)
    read = replace(pair, source=source, target=target) if (source, target) != (pair.source, pair.target) else pair
    for each, function in running:
        if each.holds_for(pair.languages) and (both or each.name in ("empty", "added")):
            is_raw = read is pair or each.name in _RAW
            for remark in function(pair if is_raw else read):
                yield Finding(
                    code=each.code,
                    name=each.name,
                    severity=each.severity,
                    document=pair.document,
                    locator=pair.locator,
                    message=remark.message,
                    source=remark.source if is_raw else _placed(remark.source, here),
                    target=remark.target if is_raw else _placed(remark.target, there),
                )


def _checker(running: Sequence[tuple[Check, PairCheck]]) -> Callable[[Pair], Iterable[Finding]]:
    """As `check_pair`, but what is decided by the two texts alone is found once for all who ask.

    The engine asks for a pair before it is in a bitext, its page and the list of documents afterwards.
    """
    order = {each.code: number for number, (each, _) in enumerate(running)}
    known = {each.code for each, _ in _by_texts()}
    # a few chosen checks are quicker than all of them
    if not known.issubset(order):
        return lambda pair: check_pair(pair, running)
    others = [(each, function) for each, function in running if each.code not in known]

    def checked(pair: Pair) -> list[Finding]:
        by_texts = _found_in(pair.source, pair.target, pair.languages)
        found = [replace(each, document=pair.document, locator=pair.locator) for each in by_texts]
        return sorted([*found, *check_pair(pair, others)], key=lambda finding: order[finding.code])

    return checked


@lru_cache(maxsize=8_192)
def _found_in(source: str, target: str, languages: LanguagePair) -> tuple[Finding, ...]:
    """What the checks find in two texts that need nothing else."""
    return tuple(check_pair(Pair(source, target, languages=languages), _by_texts()))


@cache
def _by_texts() -> tuple[tuple[Check, PairCheck], ...]:
    """The checks that need no more than the two texts, ready to run."""
    return tuple(row for row in alone() if not row[0].reads_around)


def _placed(spans: Spans, places: Sequence[int]) -> Spans:
    return tuple(Span(places[span.start], places[span.end]) for span in spans)


def check_texts(source: str, target: str, languages: LanguagePair) -> list[str]:
    """The names of the checks that find something in a pair of texts alone, in the order of their codes.

    >>> check_texts("Il a 12 ans (voir annexe).", "He is 13.", find_pair("fr", "en"))
    ['numbers', 'brackets']
    """
    found = _alone()(Pair(source, target, languages=languages))
    return list(dict.fromkeys(finding.name for finding in found))


def check_alone(bitext: Bitext, *, terms: Glossary = NO_TERMS) -> list[Finding]:
    """The findings of all checks that look at one pair at a time: only the bitext and the terms decide them."""
    checked = _checker(alone(terms)) if terms else _alone()
    return [finding for pair in pairs(bitext) for finding in checked(pair)]


def alone(terms: Glossary = NO_TERMS) -> tuple[tuple[Check, PairCheck], ...]:
    """The checks that remember nothing, ready to run."""
    # A check that remembers is another object each time it starts.
    return tuple((each, each.start()) for each in selected(terms=terms) if each.start() is each.start())


@cache
def _alone() -> Callable[[Pair], Iterable[Finding]]:
    return _checker(alone())

"""Words that stand twice, and stretches that go round in circles, as lost translation models do.

What the source repeats may be repeated: *très, très* gives *very, very*. Start reading at `runs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from aligner.checks.findings import Pair, Remark
from aligner.languages.words import Span, Word, covering, words

_LONGEST_JOINED = 4
"""Words on each side of *and* that are compared."""
_NEAR = 8
"""Words in which the source may come back to one of its own across such a word."""
LONGEST_STRETCH = 30
"""Words of the longest stretch whose repetition is looked for."""
_BRACKETED = re.compile(r"[\s()\[\]]*[()\[\]][\s()\[\]]*")
_ONLY_WORDS = re.compile(r"[\w\s'’-]+")
_QUOTES = " \u00a0\u202f\"“”«»‘’'"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of `period` words that comes `times` times in a row."""

    first: int
    period: int
    times: int


def doubled(pair: Pair) -> Iterator[Remark]:
    """A word stands twice in a row in the target and not in the source.

    Example: Il est venu à la réunion. → He came to the the meeting.
    """
    yield from (remark for loop, remark in _repetitions(pair) if not loop)


def loop(pair: Pair) -> Iterator[Remark]:
    """A stretch of words repeats itself in the target: twice or more, or one word three times.

    Example: Les deux pays coopèrent. → The two countries the two countries cooperate.
    """
    yield from (remark for loop, remark in _repetitions(pair) if loop)


def echoed(pair: Pair) -> Iterator[Remark]:
    """A name, a word in quotation marks or a reference stands twice in a row in the target, or any word around *and*.

    Example: Vu l'article R. 411-8 du code → Having regard to R. 411-8, R. 411-8 of the code
    """
    found = words(pair.target)
    for run in _suspects(pair):
        if not _may_repeat(pair, found, run):
            continue
        stretch, again = found[run.first : run.first + run.period], found[run.first + run.period]
        first, last = stretch[0], stretch[-1]
        between = pair.target[last.end : again.start].strip()
        if run.period > 1 and any(each.text.isdigit() for each in stretch):
            # A reference with its number is not said twice, be there a comma between or not.
            is_echo = not between.strip("., ")
        else:
            # A name or a title (*Board Board*); a word in quotation marks, which a comma would make a list of.
            is_word = run.period == 1 and len(first.text) > 2 and first.text.isalpha()
            is_echo = is_word and first.key not in pair.languages.target.repeatable and not between.strip(_QUOTES)
        if is_echo:
            whole = covering(found[run.first : run.first + run.period * run.times])
            yield Remark(f"“{pair.target[whole.start : whole.end]}”: said twice", target=(whole,))
    for whole in _joined(pair):
        yield Remark(f"“{whole.of(pair.target)}”: said twice", target=(whole,))


def _joined(pair: Pair) -> Iterator[Span]:
    """The same words on both sides of *and* or *or* in the target, for two of the source: *fair, safe and safe*."""
    found, language = words(pair.target), pair.languages.target
    places = [i for i, word in enumerate(found) if word.key in language.joining]
    if not places or _comes_back(pair):
        return
    for i in places:
        for size in range(1, _LONGEST_JOINED + 1):
            one, other = found[max(0, i - size) : i], found[i + 1 : i + 1 + size]
            if len(one) != size or [word.key for word in one] != [word.key for word in other]:
                continue
            whole = covering(found[i - size : i + size + 1])
            is_word = size > 1 or (len(one[0].text) > 2 and one[0].text.isalpha())
            # Names of two may be alike (*Miller and Miller*), and what has marks inside is no slip.
            is_name = all(word.text[:1].isupper() for word in (*one, *other))
            is_meant = size == 1 and language.emphasised.fullmatch(one[0].key)
            if is_word and not is_name and not is_meant and _ONLY_WORDS.fullmatch(whole.of(pair.target)):
                yield whole
                break


def _comes_back(pair: Pair) -> bool:
    """Whether the source itself has a word twice in a row, or again soon after *et*: *la foi du roi et la foi*."""
    keys, joining = [word.key for word in words(pair.source)], pair.languages.source.joining
    if runs(keys):
        return True
    for i, key in enumerate(keys):
        if len(key) > 3:
            soon = keys[i + 1 : i + 1 + _NEAR]
            if key in soon and not joining.isdisjoint(soon[: soon.index(key)]):
                return True
    return False


def _repetitions(pair: Pair) -> Iterator[tuple[bool, Remark]]:
    """What stands in a row in the target and may not; whether it goes round in circles, as lost models do."""
    found = words(pair.target)
    for run in _suspects(pair):
        stretch = found[run.first : run.first + run.period]
        if not _may_repeat(pair, found, run):
            text = pair.target[stretch[0].start : stretch[-1].span.end]
            whole = found[run.first : run.first + run.period * run.times]
            # A slip of the pen says a word twice; three times, or a stretch of words twice, is a model that is lost.
            is_loop = run.times > 2 or run.period > 1
            yield is_loop, Remark(f"“{text}” stands {run.times} times in a row", target=(covering(whole),))


@lru_cache(maxsize=8)
def _suspects(pair: Pair) -> tuple[Run, ...]:
    """The runs of the target, for all checks of a pair; none where the source repeats itself too."""
    keys = [word.key for word in words(pair.source)]
    # A pronoun does not repeat itself on purpose: *nous nous réunissons* is no reason for *we we meet*.
    if any(keys[run.first] not in pair.languages.source.repeatable for run in runs(keys)):
        return ()
    return tuple(runs([word.key for word in words(pair.target)]))


def _may_repeat(pair: Pair, found: Sequence[Word], run: Run) -> bool:
    """Whether a stretch may stand twice: across punctuation, a name, a number, a letter, or a word like *had*."""
    last, again = found[run.first + run.period - 1], found[run.first + run.period]
    name = run.period == 1 and last.text[0].isupper() and again.text[0].isupper()
    fine = run.period == 1 and (
        last.key in pair.languages.target.repeatable
        or not last.text.isalpha()
        or (len(last.text) < 2 and last.key != "a")
    )
    # A name may follow itself (*New York, New York*); a word may follow itself across a comma or a full stop.
    if run.times > 2:
        return False
    between = pair.target[last.end : again.start]
    # *from time to time to*: the second *to* begins something else.
    is_idiom = run.period == 2 and found[run.first].text.isalpha() and last.key in pair.languages.target.between
    # A bracket may explain a word (*CMC (CMC)*); that it says a stretch of words once more is a loop.
    is_bracketed = (run.period > 1 or re.search(r"\)\s*\(", between) is not None) and bool(
        _BRACKETED.fullmatch(between)
    )
    return name or fine or is_idiom or not (between.isspace() or is_bracketed)


def runs(tokens: Sequence[str]) -> list[Run]:
    """Stretches that repeat at once, shortest period first, without overlap. Linear in the tokens for each period.

    >>> runs("a b a b a b c c".split())
    [Run(first=6, period=1, times=2), Run(first=0, period=2, times=3)]
    """
    places: dict[str, list[int]] = {}
    for i, token in enumerate(tokens):
        places.setdefault(token, []).append(i)
    # Only distances at which some word comes again can be periods: in most texts there are hardly any.
    earlier = ((b, each[max(0, n - LONGEST_STRETCH) : n]) for each in places.values() for n, b in enumerate(each))
    distances = {b - a for b, before in earlier for a in before}
    found: list[Run] = []
    taken: set[int] = set()
    for period in sorted(distance for distance in distances if distance <= LONGEST_STRETCH):
        for run in _runs_of(tokens, period):
            positions = set(range(run.first, run.first + run.period * run.times))
            if not positions & taken:
                taken |= positions
                found.append(run)
    return found


def _runs_of(tokens: Sequence[str], period: int) -> Iterator[Run]:
    """The runs of one period: `equal` counts the tokens in a row that stand there `period` places earlier, too."""
    equal = 0
    for i in range(period, len(tokens) + 1):
        if i < len(tokens) and tokens[i] == tokens[i - period]:
            equal += 1
            continue
        if equal >= period:
            yield Run(i - equal - period, period, equal // period + 1)
        equal = 0

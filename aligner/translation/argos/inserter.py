"""Decoding that must say the terms of a glossary.

When none of the n best outputs has a term, it is put into the best one, where the model itself finds it likeliest:

1. The words of the output that look most at the term's words in the source (by the model's attention) are the places
   to try; the likeliest few for the term's first words to stand are kept.
2. From each of these the model goes on freely after the term (a forced prefix); also, none, one, two … words of the
   old output are replaced by the term and the rest is kept.
3. Of all these outputs the model's likeliest that keeps the most terms is taken; then comes the next missing term.

This is a greedy form of the lexically constrained search of Hokamp and Liu (2017), guided by attention as in Hasler et
al. (2018), "Neural Machine Translation Decoding with Terminology Constraints": it needs nothing of the model but forced
prefixes and scores. What must not be said is kept from the search. Start reading at `Inserter.stream`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aligner.terms import Finder, TermMatch
from aligner.translation.argos.decoder import (
    Attention,
    Decoder,
    Decoding,
    Hypothesis,
)
from aligner.translation.argos.faults import has_loop
from aligner.translation.argos.tokenizer import Tokenizer, Tokens

_WIDE = Decoding(beam=5, hypotheses=5)
_NARROW = Decoding(beam=2)
"""A wider search finds outputs of higher probability, which repeat themselves more often."""
_ON = Decoding(beam=4)
_PLACES = 8
"""Places tried for a term."""
_KEPT = 3
"""Places from which the model goes on."""
_MOST_TERMS = 8
"""Terms put into one output."""
_MORE_WORDS = 3
"""The term may replace so many words more than it has."""
_UNDER_WAY = 8
"""Outputs worked at together, so that no core waits."""

Work = Generator[Callable[[], Any], Any, Hypothesis]
"""A computation that yields what it waits for, is sent the result, and returns a hypothesis."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A term's tokens at a position of an output."""

    start: int
    term: Tokens

    def ahead(self, tokens: Tokens) -> Tokens:
        """The output up to the end of the term."""
        return [*tokens[: self.start], *self.term]


class Inserter:
    """Puts terms into outputs of one model."""

    def __init__(self, decoder: Decoder, tokenizer: Tokenizer, finder: Finder) -> None:
        self._decoder, self._tokenizer, self._finder = decoder, tokenizer, finder

    def stream(self, texts: Sequence[str], inputs: Sequence[Tokens]) -> Iterator[list[tuple[int, list[Hypothesis]]]]:
        """Decode texts, given with their tokens; yields (index of the text, its best output), one at a time.

        The result for a text does not depend on the others.
        """
        under_way: deque[tuple[int, Work, Callable[[], Any]]] = deque()
        waiting = iter(enumerate(zip(texts, inputs, strict=True)))
        while True:
            for index, (text, tokens) in waiting:
                work = self._render(text, tokens)
                under_way.append((index, work, next(work)))
                if len(under_way) >= _UNDER_WAY:
                    break
            if not under_way:
                return
            index, work, wait = under_way.popleft()
            try:
                under_way.append((index, work, work.send(wait())))
            except StopIteration as done:
                yield [(index, [done.value])]

    def _render(self, text: str, source: Tokens) -> Work:
        """Render one text with its terms, as far as it can be done."""
        # What must not be said is forbidden as a whole: its single tokens may be needed for other words.
        forbidden = {form for match in self._finder.matches(text) for form in match.term.forbidden}
        forms = sorted({*forbidden, *(form[:1].upper() + form[1:] for form in forbidden)})
        suppressed = [tokens for tokens in self._tokenizer.spell(forms) if tokens]
        outputs = yield self._decoder.request(source, [[]], _WIDE, suppress=suppressed)
        outputs += yield self._decoder.request(source, [[]], _NARROW, suppress=suppressed)
        best: Hypothesis = min(outputs, key=lambda h: self._rank(text, h))
        given_up: set[TermMatch] = set()
        for _ in range(_MOST_TERMS):
            said = self._tokenizer.decode([best.tokens])[0]
            breaches = [b for b in self._finder.broken(text, said) if b.match not in given_up and b.match.term.allowed]
            if not breaches:
                break
            # Whether it succeeds or not: one term that cannot be said must not keep the others from being tried.
            given_up.add(breaches[0].match)
            other = yield from self._with_term(text, source, best, breaches[0].match)
            best = min(best, other, key=lambda h: self._rank(text, h))
        return best

    def _with_term(self, text: str, source: Tokens, old: Hypothesis, match: TermMatch) -> Work:
        """The likeliest output with one term put into an old output."""
        places = self._places(text, old, match)
        scores = yield self._decoder.request_scores(source, [place.ahead(old.tokens) for place in places])
        likely = sorted(zip(places, scores, strict=True), key=lambda one: -_mean(one[1][one[0].start : -1]))
        kept = [place for place, _ in likely[:_KEPT]]
        stretch = self._stretch(text, match)
        most = len(match.term.allowed[0].split()) + _MORE_WORDS
        outputs = [(place, output) for place in kept for output in self._replaced(source, old, place, stretch, most)]
        # Going on freely after the term, or keeping the rest of the old output: the model says which is likelier.
        further = yield self._decoder.request(source, [place.ahead(old.tokens) for place in kept], _ON)
        outputs += zip(kept, further, strict=True)
        scores = yield self._decoder.request_scores(source, [output.tokens for _, output in outputs])

        def rank(scored: tuple[_Place, Hypothesis]) -> tuple[int, float]:
            place, output = scored
            faults, cost = self._rank(text, output)
            # An output that still looks at the term's words outside the term says them once more.
            looks = _looks(output.attention, stretch)
            looks[place.start : place.start + len(place.term)] = []
            return faults, cost + sum(looks) / max(1, len(output.tokens))

        scored = [(p, replace(o, log_probability=_mean(each))) for (p, o), each in zip(outputs, scores, strict=True)]
        return min(scored, key=rank)[1]

    def _places(self, text: str, old: Hypothesis, match: TermMatch) -> list[_Place]:
        """Where the term could stand, in each of its forms: the places that look most at its words in the source."""
        starts = [i for i in range(len(old.tokens)) if self._tokenizer.begins_word(old.tokens, i)]
        looks = _looks(old.attention, self._stretch(text, match))
        # The best rendering, also in the plural where the source has one.
        forms = list(dict.fromkeys((match.term.allowed[0], match.rendering)))
        width = max(map(len, forms))
        best = sorted(starts, key=lambda i: (-sum(looks[i : i + width]), i))[:_PLACES] if looks else starts[:_PLACES]
        # The end of an output is before its closing punctuation.
        tokens = old.tokens
        end = next((i + 1 for i in reversed(range(len(tokens))) if any(map(str.isalnum, tokens[i]))), 0)
        places = []
        for start in sorted({*best, 0, end}):
            for form in forms:
                words = form[:1].upper() + form[1:] if not start and text[:1].isupper() else form
                places.append(_Place(start, self._tokenizer.spell([words])[0]))
        return places

    def _replaced(
        self, source: Tokens, old: Hypothesis, place: _Place, stretch: range, most: int
    ) -> Iterator[Hypothesis]:
        """The old output with the term in the place of none, one, two … of its words, in `most` ways."""
        tokens = old.tokens
        # A cut may be before a word or before a sign, not inside a word.
        ends = [
            i
            for i in range(place.start, len(tokens))
            if self._tokenizer.begins_word(tokens, i) or not tokens[i][:1].isalnum()
        ]
        row = [float(i in stretch) for i in range(len(source))]
        for end in [*ends, len(tokens)][:most]:
            # The term is taken to look at its own words and at nothing else; its probability comes later.
            rows = [*old.attention[: place.start], *[row] * len(place.term), *old.attention[end:]]
            yield Hypothesis([*place.ahead(tokens), *tokens[end:]], 0.0, old.complete, rows)

    def _stretch(self, text: str, match: TermMatch) -> range:
        """The tokens of the source in which a term stands."""
        before, through = self._tokenizer.encode([text[: match.start].rstrip(), text[: match.end]])
        return range(len(before), len(through))

    def _rank(self, text: str, output: Hypothesis) -> tuple[int, float]:
        """Lower is better: the terms missing, those said too often, whether it repeats itself; then the probability."""
        said = self._tokenizer.decode([output.tokens])[0]
        faults = len(self._finder.broken(text, said)) + self._finder.surplus(text, said) + has_loop(output.tokens)
        return faults, -output.log_probability


def _looks(attention: Attention, stretch: range) -> list[float]:
    """How much each token of an output looks at a stretch of the source."""
    return [sum(row[i] for i in stretch if i < len(row)) for row in attention]


def _mean(log_probabilities: Sequence[float]) -> float:
    return sum(log_probabilities) / max(1, len(log_probabilities))

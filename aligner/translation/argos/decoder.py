"""CTranslate2, driven directly: a stream of batches that keeps every core busy.

The inputs are sorted by length and cut into batches of so many tokens, each of inputs of one length: without padding
nothing is computed in vain, and an output is the same to the last bit whatever else is translated with it. A few
batches are always under way in CTranslate2's own threads (one per core, which is faster than several per batch) while
this thread prepares and finishes others. Results come back batch by batch: work done is never lost.

Klein et al. (2020), "The OpenNMT Neural Machine Translation Toolkit"; https://opennmt.net/CTranslate2/
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from aligner.errors import AlignerError, EnvironmentProblem, InputError
from aligner.translation.argos.machine import usable_cores
from aligner.translation.argos.tokenizer import Tokens
from aligner.translation.packages.contents import open_contents
from aligner.translation.packages.package import FoundIn, Package

_log = logging.getLogger(__name__)

_FAILURES = (RuntimeError, ValueError, IndexError, OverflowError, MemoryError)
"""What CTranslate2 raises about a model it cannot work with."""
_AHEAD = 2
"""Batches waiting per thread: enough never to leave one idle, few enough to stop at once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decoding:
    """How to search for the best output."""

    beam: int
    hypotheses: int = 1


Attention = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One output of the model."""

    tokens: Tokens
    log_probability: float
    """Mean over its tokens."""
    complete: bool
    """Whether the model ended it: False when it ran into the limit on its length."""
    attention: Attention = ()
    """For each of its tokens how much the model looked at each token of the input; empty when not asked for.

    Of the first token of an output that was not begun for the model it is not known: all zeros.
    """


class Decoder:
    """A loaded model."""

    def __init__(self, package: Package, *, threads: int, batch_tokens: int) -> None:
        import ctranslate2

        self._package = package
        self._threads = threads or usable_cores()
        self._batch_tokens = batch_tokens
        self._prefix = [package.target_prefix] if package.target_prefix else []
        ctranslate2.set_log_level(logging.ERROR)
        compute_type = "int8" if "int8" in ctranslate2.get_supported_compute_types("cpu") else "default"
        try:
            self._model: Any = ctranslate2.Translator(
                str(package.path / "model") if package.path.is_dir() else package.name,
                device="cpu",
                compute_type=compute_type,
                # A core for each batch: several cores on one spend their time waiting for one another.
                inter_threads=self._threads,
                intra_threads=1,
                files=None if package.path.is_dir() else model_files(package),
            )
        except _FAILURES as error:
            raise _unusable(package, f"it cannot be loaded: {error}") from error

    def stream(self, inputs: Sequence[Tokens], decoding: Decoding) -> Iterator[list[tuple[int, list[Hypothesis]]]]:
        """Decode `inputs`, longest first; yields batches of (index of the input, hypotheses, best first)."""
        waiting = self._batches(inputs)
        under_way: deque[tuple[list[int], list[Any]]] = deque()
        while True:
            for batch in waiting:
                futures = self._model.translate_batch(
                    [inputs[i] for i in batch],
                    target_prefix=[self._prefix] * len(batch) if self._prefix else None,
                    asynchronous=True,
                    beam_size=max(decoding.beam, decoding.hypotheses),
                    num_hypotheses=decoding.hypotheses,
                    # 0: nothing is cut off; what is too long for the model was cut into clauses before.
                    max_input_length=0,
                    max_decoding_length=_limit(max(len(inputs[i]) for i in batch)),
                    return_scores=True,
                    return_attention=self._package.least_attention > 0,
                    replace_unknowns=True,
                )
                under_way.append((batch, futures))
                if len(under_way) > self._threads * _AHEAD:
                    break
            if not under_way:
                return
            batch, futures = under_way.popleft()
            results = zip(batch, self._results(futures), strict=True)
            yield [(i, _without_first_look(self._hypotheses(len(inputs[i]), result))) for i, result in results]

    def _batches(self, inputs: Sequence[Tokens]) -> Iterator[list[int]]:
        """Indices of the inputs in batches of one length each and of at most so many tokens, longest first."""
        # Inputs of one length in the order of their tokens: then a batch is the same whatever order they came in.
        order = sorted(range(len(inputs)), key=lambda i: (-len(inputs[i]), inputs[i]))
        # Few inputs are shared among all cores, even if one batch could hold them.
        fair_share = sum(map(len, inputs)) // (self._threads * _AHEAD)
        budget = max(1, min(self._batch_tokens, fair_share))
        for length, group in groupby(order, key=lambda i: len(inputs[i])):
            indices = list(group)
            size = max(1, budget // max(1, length))
            for start in range(0, len(indices), size):
                yield indices[start : start + size]

    def request(
        self, source: Tokens, prefixes: Sequence[Tokens], decoding: Decoding, *, suppress: Sequence[Tokens] = ()
    ) -> Callable[[], list[Hypothesis]]:
        """Begin to decode one input with each of the prefixes, which its outputs begin with; call the result to wait.

        The outputs of all prefixes come in one list, with their attention; `suppress` are tokens that must not follow
        one another. The log probability is that of the model's own tokens, without the prefix.
        """
        futures = self._model.translate_batch(
            [source] * len(prefixes),
            target_prefix=[[*self._prefix, *prefix] for prefix in prefixes],
            asynchronous=True,
            beam_size=max(decoding.beam, decoding.hypotheses),
            num_hypotheses=decoding.hypotheses,
            suppress_sequences=list(suppress) or None,
            max_input_length=0,
            max_decoding_length=_limit(len(source)),
            return_scores=True,
            return_attention=True,
            replace_unknowns=True,
        )
        return lambda: [h for result in self._results(futures) for h in self._hypotheses(len(source), result)]

    def request_scores(self, source: Tokens, targets: Sequence[Tokens]) -> Callable[[], list[list[float]]]:
        """Begin to score outputs for one input; call the result for the log probabilities of tokens and end."""
        futures = self._model.score_batch(
            [source] * len(targets),
            [[*self._prefix, *target] for target in targets],
            asynchronous=True,
            max_input_length=0,
        )
        skip = len(self._prefix)
        return lambda: [list(result.log_probs)[skip:] for result in self._results(futures)]

    def _results(self, futures: list[Any]) -> list[Any]:
        try:
            return [future.result() for future in futures]
        except _FAILURES as error:
            raise _unusable(self._package, f"it fails at its work: {error}") from error

    def _hypotheses(self, length: int, result: Any) -> list[Hypothesis]:
        """The result for one input; its length limit is its own, whatever else was in the batch."""
        skip, limit = len(self._prefix), _limit(length)
        attention = result.attention or [()] * len(result.scores)
        return [
            Hypothesis(tokens[skip:limit], score, len(tokens) < limit, rows[skip:limit])
            for tokens, score, rows in zip(result.hypotheses, result.scores, attention, strict=True)
        ]


def _without_first_look(hypotheses: list[Hypothesis]) -> list[Hypothesis]:
    """The hypotheses with zeros for the attention of their first tokens.

    CTranslate2 (4.8) counts the first step of a beam search wrongly: the k-th input of a batch gets the attention of
    input k // beam there. What is said of an input must not depend on others.
    """
    return [
        replace(each, attention=[[0.0] * len(each.attention[0]), *each.attention[1:]]) if each.attention else each
        for each in hypotheses
    ]


def _limit(length: int) -> int:
    """The longest output allowed for an input of `length` tokens: more can only be a repetition."""
    return 2 * length + 16


def model_files(package: Package) -> dict[str, bytes]:
    """The model's files by name, straight from the archive."""
    with open_contents(package.path) as contents:
        return {n.removeprefix("model/"): contents.read(n) for n in contents.names if n.startswith("model/")}


def _unusable(package: Package, reason: str) -> AlignerError:
    # A model that was named is for whoever named it to change; another one is the machine's (decision 7).
    kind = InputError if package.found is FoundIn.GIVEN else EnvironmentProblem
    line = " ".join(reason.split())
    return kind(f"the model cannot be used ({line})", where=package.path, hint="install the package again")

"""The Argos engine: from texts to renderings.

    texts ──cache──▶ missing ──cut──▶ tasks ──tokenize──▶ decode in batches ──judge──▶ outputs ──join──▶ renderings
                                        ▲                                       │                          │
                                        └──────── the next attempt ◀── at fault ┘                        cache

A text is a `Job`; what the model gets of it are `Task` records, most often a single one. Every distinct text and task
is rendered once. How a task at fault is tried again is told in `aligner.translate.argos.task`. The model is loaded
when the first text is not in the cache. Start reading at `ArgosTranslator.translate`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path

from aligner.signature import signature
from aligner.terms import Finder, Glossary
from aligner.translate.argos.confidence import Calibration, calibrations, confidence
from aligner.translate.argos.decoder import Decoder
from aligner.translate.argos.inserter import Inserter
from aligner.translate.argos.job import Job
from aligner.translate.argos.task import (
    Attempt,
    Output,
    Task,
    Unit,
    attempts,
)
from aligner.translate.argos.tokenizer import Tokenizer, load_tokenizer
from aligner.translate.argos.wanted import NOTHING, Wanted
from aligner.translate.cache import RenderingCache
from aligner.translate.interface import MadeBy, Preference, Progress, Rendering, TranslateOptions
from aligner.translate.packages.contents import open_contents
from aligner.translate.packages.package import Package
from aligner.translate.protect.fold import clean

_COUNTS_KEPT = 20_000
_REVISION = 16
"""Raised whenever the same model, options and text may give another rendering than before."""


def engine_name() -> str:
    """The engine and its version, for the provenance of a bitext: ``ctranslate2 4.8.5``."""
    from importlib.metadata import version

    return f"ctranslate2 {version('ctranslate2')}"


def open_translator(
    package: Package,
    *,
    cache: Path | None = None,
    options: TranslateOptions | None = None,
    preferences: Sequence[Preference] = (),
    glossary: Glossary | None = None,
) -> ArgosTranslator:
    """A translator for a package, which keeps its work in the file `cache` (nowhere when None).

    `preferences` choose among the n best renderings of the texts they have something to say about, the terms of the
    `glossary` are kept; other texts are rendered as without them. Cheap: the model is loaded by the first text that is
    not in the cache.
    """
    wanted = Wanted(tuple(preferences), Finder(glossary) if glossary else None)
    return ArgosTranslator(package, cache=cache, options=options or TranslateOptions(), wanted=wanted)


class ArgosTranslator:
    """Translates with an Argos package, by CTranslate2."""

    def __init__(
        self, package: Package, *, cache: Path | None, options: TranslateOptions, wanted: Wanted = NOTHING
    ) -> None:
        self.package, self.options, self.wanted = package, options, wanted
        self.fresh = 0
        """Texts that the model had to render, so far; the others came from the cache."""
        self._cache = RenderingCache(cache, f"{package.fingerprint}|{self._own_signature}")
        self._attempts = attempts(options.beam)
        self._count = lru_cache(maxsize=_COUNTS_KEPT)(self._length)
        self._french_english = [code.split("-")[0] for code in (package.source, package.target)] == ["fr", "en"]
        self._english = package.target.split("-")[0] == "en"

    @property
    def made_by(self) -> MadeBy:
        """The engine and the package."""
        return MadeBy(engine_name(), self.package.name, self.package.fingerprint)

    @property
    def signature(self) -> str:
        """Everything that shapes a rendering, besides the text, on one line."""
        judged = signature(confidence=self._calibration.digest if self._calibration else "score")
        return "|".join([self._own_signature, judged, *self.wanted.signatures])

    @property
    def _own_signature(self) -> str:
        """What shapes a rendering where nothing else is wanted."""
        made_by = signature(engine=f"{engine_name()} r{_REVISION}", package=self.package.name)
        return f"{made_by}|{self.options.signature}"

    def translate(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Rendering]:
        """One rendering per text, in order; `progress` is told the tokens done and the tokens in all.

        Work is kept in the cache batch by batch: after an interruption only what was under way is done again.
        """
        keys = {text: self._key(text) for text in dict.fromkeys(texts)}
        known = self._cache.get(keys.values())
        missing = [text for text, key in keys.items() if key not in known]
        self.fresh += len(missing)
        for fresh in self._render(missing, progress):
            kept = {keys[text]: rendering for text, rendering in fresh.items()}
            self._cache.put(kept)
            known.update(kept)
        return [self._judged(text, known[keys[text]]) for text in texts]

    def close(self) -> None:
        """Let go of the cache's file and of the model."""
        self._cache.close()
        for name in ("_decoder", "_inserter"):
            self.__dict__.pop(name, None)

    def _judged(self, text: str, rendering: Rendering) -> Rendering:
        """A rendering with the confidence in it, which is not kept in the cache: it may be learned anew."""
        return replace(rendering, confidence=confidence(text, rendering, self._calibration))

    @cached_property
    def _calibration(self) -> Calibration | None:
        return calibrations().get(self.package.fingerprint)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        with open_contents(self.package.path) as contents:
            return load_tokenizer(self.package, contents)

    @cached_property
    def _decoder(self) -> Decoder:
        return Decoder(self.package, threads=self.options.threads, batch_tokens=self.options.batch_tokens)

    @cached_property
    def _inserter(self) -> Inserter:
        if self.wanted.finder is None:
            raise ValueError("without a glossary there is nothing to insert")
        return Inserter(self._decoder, self._tokenizer, self.wanted.finder)

    def _key(self, text: str) -> str:
        """A text and what is wanted of its rendering: as little as can change it, so that the rest is kept."""
        wanted = self.wanted.key(text)
        return f"{text}\0{wanted}" if wanted else text

    def _render(self, texts: Sequence[str], progress: Progress | None) -> Iterator[dict[str, Rendering]]:
        """Render texts in the order that suits the model; yields them as they are finished."""
        longest = self.options.longest or self.package.longest
        knows, count = self._tokenizer.knows, self._count
        learned = self._tokenizer.learned
        jobs = [Job(text, knows, count, longest, self.wanted.of(text), learned) for text in texts]
        yield {job.text: job.rendering({}, english=self._english) for job in jobs if not job.tasks}
        waiting: dict[tuple[str, Wanted], list[Job]] = {}
        for job in jobs:
            for text in dict.fromkeys(job.tasks):
                waiting.setdefault((text, job.wanted), []).append(job)
        french_english = self._french_english
        tasks = {
            Task(text, knows, count, wanted, french_english=french_english): to
            for (text, wanted), to in waiting.items()
        }
        outputs: dict[str, dict[str, Output]] = {}
        for settled in self._settle(list(tasks), progress):
            touched = {}
            for task in settled:
                for job in tasks[task]:
                    if task.best:
                        outputs.setdefault(job.text, {})[task.text] = task.best
                    touched[job.text] = job
            ready = [job for job in touched.values() if outputs[job.text].keys() >= set(job.tasks)]
            yield {job.text: job.rendering(outputs.pop(job.text), english=self._english) for job in ready}

    def _settle(self, tasks: Sequence[Task], progress: Progress | None) -> Iterator[list[Task]]:
        """Make attempt after attempt at the tasks; yields those that are through, each once."""
        pending = dict.fromkeys(tasks)
        done, total = 0, sum(task.length for task in tasks)
        for attempt in self._attempts:
            for drafted in self._drafts([task for task in pending if task.wants(attempt)], attempt):
                good = [task for task in drafted if task.is_good]
                for task in good:
                    del pending[task]
                done += sum(task.length for task in good)
                if progress:
                    progress(done, total)
                yield good
        if pending:
            if progress:
                progress(total, total)
            yield list(pending)

    def _drafts(self, tasks: Sequence[Task], attempt: Attempt) -> Iterator[list[Task]]:
        """Make one attempt; yields, batch by batch, the tasks that are complete with it."""
        parts = [(task, slot, text) for task in tasks for slot, text in enumerate(task.begin(attempt))]
        tokens = self._tokenizer.encode([task.said(text) for task, _, text in parts])
        units = [Unit(*part, pieces) for part, pieces in zip(parts, tokens, strict=True)]
        if not units:
            return
        if attempt.inserting:
            stream = self._inserter.stream([unit.text for unit in units], tokens)
        else:
            stream = self._decoder.stream(tokens, attempt.decoding)
        least = self.package.least_attention
        for batch in stream:
            spelled = iter(self._tokenizer.decode([h.tokens for _, hypotheses in batch for h in hypotheses]))
            complete = []
            for index, hypotheses in batch:
                unit = units[index]
                found = (unit.output(h, clean(next(spelled)), least_attention=least) for h in hypotheses)
                best = min(found, key=lambda output: output.rank)
                if unit.task.take(unit.slot, best, english=self._english):
                    complete.append(unit.task)
            yield complete

    def _length(self, text: str) -> int:
        """The length of a text in tokens."""
        return len(self._tokenizer.encode([text.strip()])[0])

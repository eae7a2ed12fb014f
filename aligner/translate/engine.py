"""The Argos engine: from texts to renderings.

    texts ──cache──▶ missing ──plan──▶ pieces ──tokenize──▶ decode in batches ──judge──▶ renderings ──▶ cache
                                  ▲                                        │ at fault
                                  └────────── the next attempt ◀───────────┘

Every distinct text is rendered once. A rendering at fault (see `aligner.translate.faults`) gets further attempts: a
wider search that may not repeat itself, then piece by piece; the best of all is kept, and flagged. The model is
loaded when the first text is not in the cache. Start reading at `ArgosTranslator.translate`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from aligner.signature import signature
from aligner.translate.cache import RenderingCache
from aligner.translate.contents import open_contents
from aligner.translate.decoder import Decoder, Decoding
from aligner.translate.fold import clean
from aligner.translate.interface import Progress, Rendering, TranslateOptions
from aligner.translate.job import Attempt, Job, Unit
from aligner.translate.package import Package
from aligner.translate.tokenizer import Tokenizer, load_tokenizer

_REVISION = 1
"""Raised whenever the same model, options and text may give another rendering than before."""


def engine_name() -> str:
    """The engine and its version, for the provenance of a bitext: ``ctranslate2 4.8.5``."""
    from importlib.metadata import version

    return f"ctranslate2 {version('ctranslate2')}"


def open_translator(
    package: Package, *, cache: Path | None = None, options: TranslateOptions | None = None
) -> ArgosTranslator:
    """A translator for a package, which keeps its work in the file `cache` (nowhere when None).

    Cheap: the model is loaded by the first text that is not in the cache.
    """
    return ArgosTranslator(package, cache=cache, options=options or TranslateOptions())


class ArgosTranslator:
    """Translates with an Argos package, by CTranslate2."""

    def __init__(self, package: Package, *, cache: Path | None, options: TranslateOptions) -> None:
        self.package, self.options = package, options
        self.fresh = 0
        """Texts that the model had to render, so far; the others came from the cache."""
        self._cache = RenderingCache(cache, f"{package.fingerprint}|{self.signature}")
        self._longest = options.longest or package.longest
        wide = max(5, options.beam)
        careful = Decoding(beam=wide, hypotheses=wide, repetition_penalty=1.1, no_repeat_ngram=4)
        self._attempts = (
            Attempt(1, Decoding(beam=options.beam)),
            Attempt(2, careful),
            Attempt(3, careful, piecemeal=True),
        )

    @property
    def signature(self) -> str:
        """Everything that shapes a rendering, besides the text, on one line."""
        made_by = signature(engine=f"{engine_name()} r{_REVISION}", package=self.package.name)
        return f"{made_by}|{self.options.signature}"

    def translate(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Rendering]:
        """One rendering per text, in order; `progress` is told the tokens done and the tokens in all.

        Work is kept in the cache batch by batch: after an interruption only what was under way is done again.
        """
        distinct = dict.fromkeys(texts)
        known = self._cache.get(distinct)
        missing = [text for text in distinct if text not in known]
        self.fresh += len(missing)
        for fresh in self._render(missing, progress):
            self._cache.put(fresh)
            known.update(fresh)
        return [known[text] for text in texts]

    def close(self) -> None:
        """Let go of the cache's file and of the model."""
        self._cache.close()
        self.__dict__.pop("_decoder", None)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        with open_contents(self.package.path) as contents:
            return load_tokenizer(self.package, contents)

    @cached_property
    def _decoder(self) -> Decoder:
        return Decoder(self.package, threads=self.options.threads, batch_tokens=self.options.batch_tokens)

    def _render(self, texts: Sequence[str], progress: Progress | None) -> Iterator[dict[str, Rendering]]:
        """Render texts in the order that suits the model; yields them as they are finished."""
        jobs = [Job(text, self._tokenizer.knows) for text in texts]
        yield _renderings(job for job in jobs if job.plan.is_literal)
        open_jobs = {job.text: job for job in jobs if not job.plan.is_literal}
        done = total = 0
        for attempt in self._attempts:
            units = self._units(list(open_jobs.values()), attempt)
            total = total or sum(job.weight for job in open_jobs.values())
            for drafted in self._drafts(units, attempt.decoding):
                finished = [job for job in drafted if job.is_good or attempt is self._attempts[-1]]
                done += sum(open_jobs.pop(job.text).weight for job in finished)
                if progress:
                    progress(done, total)
                yield _renderings(finished)
        yield _renderings(open_jobs.values())
        if progress and done < total:
            progress(total, total)

    def _units(self, jobs: Sequence[Job], attempt: Attempt) -> list[Unit]:
        """The pieces of all jobs, in tokens."""
        pieces = [(job, job.begin(attempt, self._count, self._longest)) for job in jobs]
        flat = [(job, slot, text) for job, texts in pieces for slot, text in enumerate(texts)]
        encoded = self._tokenizer.encode([text for _, _, text in flat])
        return [Unit(*piece, tokens) for piece, tokens in zip(flat, encoded, strict=True)]

    def _count(self, text: str) -> int:
        return len(self._tokenizer.encode([text.strip()])[0])

    def _drafts(self, units: Sequence[Unit], decoding: Decoding) -> Iterator[list[Job]]:
        """Decode units; yields, batch by batch, the jobs that are complete with it."""
        if not units:
            return
        english = self.package.target == "en"
        for batch in self._decoder.stream([unit.tokens for unit in units], decoding):
            spelled = iter(self._tokenizer.decode([h.tokens for _, hypotheses in batch for h in hypotheses]))
            complete = []
            for index, hypotheses in batch:
                unit = units[index]
                best = min((unit.output(h, clean(next(spelled))) for h in hypotheses), key=lambda output: output.rank)
                if unit.job.take(unit.slot, best, english=english):
                    complete.append(unit.job)
            yield complete


def _renderings(jobs: Iterable[Job]) -> dict[str, Rendering]:
    return {job.text: job.rendering() for job in jobs}

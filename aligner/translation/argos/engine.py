"""The Argos engine: from texts to renderings.

    texts ──cache──▶ missing ──cut──▶ passages ──tokenize──▶ decode in batches ──judge──▶ outputs ──join──▶ renderings
                                        ▲                                       │                          │
                                        └──────── the next attempt ◀── at fault ┘                        cache

A text is a `SourceText`; what the model gets of it are `Passage` records, most often a single one. Every distinct text
and passage is rendered once. How a passage at fault is tried again is told in `aligner.translation.argos.passage`. The
model is loaded when the first text is not in the cache. Start reading at `ArgosTranslator.translate`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path

from aligner.languages.pair import find_pair
from aligner.signature import signature
from aligner.terms import Finder, Glossary
from aligner.translation.argos.confidence import calibrations, confidence
from aligner.translation.argos.decoder import Decoder, Decoding
from aligner.translation.argos.explain import Explained, explain_text
from aligner.translation.argos.inserter import Inserter
from aligner.translation.argos.passage import (
    Attempt,
    Output,
    Part,
    Passage,
    attempts,
)
from aligner.translation.argos.required import NOTHING, Required
from aligner.translation.argos.source_text import SourceText
from aligner.translation.argos.tokenizer import Tokenizer, load_tokenizer
from aligner.translation.cache import RenderingCache
from aligner.translation.check_flag import with_check_flag
from aligner.translation.interface import MadeBy, Preference, Progress, Rendering, TranslateOptions
from aligner.translation.packages.contents import open_contents
from aligner.translation.packages.package import Package
from aligner.translation.protect.fold import clean
from aligner.translation.protect.preparations import Recipient
from aligner.translation.protect.steps import Acted, Steps

_COUNTS_KEPT = 20_000
_REVISION = {"fr": 30}
_REVISION_OF_OTHERS = 30
"""By source language; raised whenever the same model, options and text may give another rendering than before."""


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
    required = Required(tuple(preferences), Finder(glossary) if glossary else None)
    return ArgosTranslator(package, cache=cache, options=options or TranslateOptions(), required=required)


class ArgosTranslator:
    """Translates with an Argos package, by CTranslate2."""

    def __init__(
        self, package: Package, *, cache: Path | None, options: TranslateOptions, required: Required = NOTHING
    ) -> None:
        self.package, self.options, self.required = package, options, required
        self.steps = Steps(find_pair(package.source, package.target), options.without)
        self.fresh = 0
        """Texts that the model had to render, so far; the others came from the cache."""
        revision = _REVISION.get(self.steps.languages.source.code, _REVISION_OF_OTHERS)
        made_by = signature(engine=f"{engine_name()} r{revision}", package=package.name)
        self._own_signature = f"{made_by}|{options.signature}"
        """What shapes a rendering where nothing else is required."""
        self._cache = RenderingCache(cache, f"{package.fingerprint}|{self._own_signature}")
        self._attempts = attempts(options.beam)
        # The length of a text in tokens; the same parts are measured again and again while a long text is cut.
        count = lru_cache(maxsize=_COUNTS_KEPT)
        self._count = count(lambda text: len(self._tokenizer.encode([text.strip()])[0]))

    @property
    def made_by(self) -> MadeBy:
        """The engine and the package."""
        return MadeBy(engine_name(), self.package.name, self.package.fingerprint)

    @property
    def signature(self) -> str:
        """Everything that shapes a rendering, besides the text, on one line."""
        calibration = calibrations().get(self.package.fingerprint)
        judged = signature(confidence=calibration.digest if calibration else "score")
        return "|".join([self._own_signature, judged, *self.required.signatures])

    def translate(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Rendering]:
        """One rendering per text, in order; `progress` is told the tokens done and the tokens in all.

        Work is kept in the cache batch by batch: after an interruption only what was under way is done again.
        """
        keys = self._keys(texts)
        known = self._cache.get(keys.values())
        for fresh in self.render([text for text, key in keys.items() if key not in known], progress):
            known.update(self.keep(fresh))
        # The confidence is not kept in the cache: it may be learned again.
        calibration = calibrations().get(self.package.fingerprint)
        found = [(text, known[keys[text]]) for text in texts]
        # Nor is what the checks say: they, too, get better.
        judged = [with_check_flag(text, each, self.steps.languages) for text, each in found]
        return [
            replace(each, confidence=confidence(text, each, calibration))
            for text, each in zip(texts, judged, strict=True)
        ]

    def _keys(self, texts: Iterable[str]) -> dict[str, str]:
        """What texts are called in the cache."""
        # What is wanted of a text is a part of its key, as little as can change it: all else stays in the cache.
        return {
            text: f"{text}\0{required}" if (required := self.required.key(text)) else text
            for text in dict.fromkeys(texts)
        }

    def missing(self, texts: Iterable[str]) -> list[str]:
        """The different texts among these that are not in the cache: for whoever lets others render them."""
        keys = self._keys(texts)
        known = self._cache.get(keys.values())
        return [text for text, key in keys.items() if key not in known]

    def keep(self, renderings: Mapping[str, Rendering]) -> dict[str, Rendering]:
        """Take renderings as `render` gave them, here or elsewhere, into the cache; returned by their keys there."""
        self.fresh += len(renderings)
        keys = self._keys(renderings)
        kept = {keys[text]: rendering for text, rendering in renderings.items()}
        self._cache.put(kept)
        return kept

    def explain(self, text: str) -> Explained:
        """Render one text without the cache, and tell how."""
        preparations: list[Acted] = []
        self.steps.acted = preparations
        (source,) = self._source_texts([text])
        self.steps.acted = None
        passages = {
            part: Passage(part, self._reader, self.steps, self._count, source.required)
            for part in dict.fromkeys(source.passages)
        }
        for _ in self._settle(list(passages.values()), None):
            pass
        explained = explain_text(source, preparations, passages, self.steps)
        return replace(explained, rendering=with_check_flag(text, explained.rendering, self.steps.languages))

    def several(self, text: str, count: int = 5) -> list[Rendering]:
        """The most probable renderings of one text, best first, each wording once: for a person to choose from.

        Without the cache. They are the outputs of one wide search, prepared and mended like any other; where
        `translate` needed further attempts to get rid of a fault, its rendering may not be among them.
        """
        wide = Attempt(1, Decoding(beam=max(count, self.options.beam), hypotheses=count))
        (source,) = self._source_texts([text])
        reader, found = self._reader, list[Rendering]()
        for outputs in self._ranked(list(dict.fromkeys(source.passages)), source.required, wide):
            best = {}
            for part, slots in outputs.items():
                passage = Passage(part, reader, self.steps, self._count, source.required)
                passage.begin(wide)
                for slot, output in enumerate(slots):
                    passage.take(slot, output)
                if passage.best:
                    best[part] = passage.best
            found.append(source.rendering(best))
        calibration = calibrations().get(self.package.fingerprint)
        distinct = {each.text: each for each in reversed(found)}.values()
        judged = (replace(each, confidence=confidence(text, each, calibration)) for each in distinct)
        return sorted(judged, key=lambda each: -(each.score or 0.0))

    def _ranked(self, parts: Sequence[str], required: Required, wide: Attempt) -> Iterator[dict[str, list[Output]]]:
        """For each rank of a wide search the outputs of all passages, slot by slot; a text without any gives one."""
        passages = [Passage(part, self._reader, self.steps, self._count, required) for part in parts]
        begun = [(passage, slot, part) for passage in passages for slot, part in enumerate(passage.begin(wide))]
        tokens = self._tokenizer.encode([given for _, _, (_, given) in begun])
        ranked: dict[tuple[str, int], list[Output]] = {}
        for batch in self._decoder.stream(tokens, wide.decoding) if begun else ():
            for index, hypotheses in batch:
                passage, slot, (said, _) = begun[index]
                part = Part(passage, slot, said, tokens[index])
                spelled = self._tokenizer.decode([each.tokens for each in hypotheses])
                ranked[passage.text, slot] = [
                    part.output(each, clean(words), least_attention=self.package.least_attention)
                    for each, words in zip(hypotheses, spelled, strict=True)
                ]
        for rank in range(wide.decoding.hypotheses if begun else 1):
            outputs: dict[str, list[Output]] = {passage.text: [] for passage in passages}
            for passage, slot, _ in begun:
                known = ranked[passage.text, slot]
                outputs[passage.text].append(known[min(rank, len(known) - 1)])
            yield outputs

    def close(self) -> None:
        """Let go of the cache's file and of the model."""
        self._cache.close()
        # Both are made again by the next text that needs them.
        for name in ("_decoder", "_inserter"):
            self.__dict__.pop(name, None)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        with open_contents(self.package.path) as contents:
            return load_tokenizer(self.package, contents)

    @cached_property
    def _decoder(self) -> Decoder:
        return Decoder(self.package, threads=self.options.threads, batch_tokens=self.options.batch_tokens)

    @cached_property
    def _inserter(self) -> Inserter:
        if self.required.finder is None:
            raise ValueError("without a glossary there is nothing to insert")
        return Inserter(self._decoder, self._tokenizer, self.required.finder)

    def render(self, texts: Sequence[str], progress: Progress | None = None) -> Iterator[dict[str, Rendering]]:
        """Render different texts, without the cache, in the order that suits the model; yields what is done."""
        texts_at_work = self._source_texts(texts)
        yield {text.text: text.rendering({}) for text in texts_at_work if not text.passages}
        waiting: dict[tuple[str, Required], list[SourceText]] = {}
        for text in texts_at_work:
            for part in dict.fromkeys(text.passages):
                waiting.setdefault((part, text.required), []).append(text)
        # A passage that several texts share is rendered once, unless different things are wanted of it.
        passages = {
            Passage(part, self._reader, self.steps, self._count, required): to
            for (part, required), to in waiting.items()
        }
        outputs: dict[str, dict[str, Output]] = {}
        for settled in self._settle(list(passages), progress):
            touched = {}
            for passage in settled:
                for text in passages[passage]:
                    if passage.best:
                        outputs.setdefault(text.text, {})[passage.text] = passage.best
                    touched[text.text] = text
            ready = [text for text in touched.values() if outputs[text.text].keys() >= set(text.passages)]
            yield {text.text: text.rendering(outputs.pop(text.text)) for text in ready}

    def _source_texts(self, texts: Sequence[str]) -> list[SourceText]:
        """Texts prepared for the model, and cut."""
        longest = self.options.longest or self.package.longest
        # Letters are replaced once, before a text is cut; its passages are taken as they are (`knows` in `_reader`).
        reader = replace(self._reader, learned=self._tokenizer.learned)
        return [
            SourceText(text, reader, self.steps, lambda part: self._count(part) <= longest, self.required.of(text))
            for text in texts
        ]

    @cached_property
    def _reader(self) -> Recipient:
        return Recipient(knows=self._tokenizer.knows, learned=self._tokenizer.knows, languages=self.steps.languages)

    def _settle(self, passages: Sequence[Passage], progress: Progress | None) -> Iterator[list[Passage]]:
        """Make attempt after attempt at the passages; yields those that are through, each once."""
        pending = dict.fromkeys(passages)
        done, total = 0, sum(passage.length for passage in passages)
        for attempt in self._attempts:
            # Each attempt is made for all texts before the next: batches stay full although few texts need many.
            for drafted in self._drafts([passage for passage in pending if passage.wants(attempt)], attempt):
                good = [passage for passage in drafted if passage.is_good]
                for passage in good:
                    del pending[passage]
                done += sum(passage.length for passage in good)
                if progress:
                    progress(done, total)
                yield good
        if pending:
            if progress:
                progress(total, total)
            yield list(pending)

    def _drafts(self, passages: Sequence[Passage], attempt: Attempt) -> Iterator[list[Passage]]:
        """Make one attempt; yields, batch by batch, the passages that are complete with it."""
        begun = [(passage, slot, part) for passage in passages for slot, part in enumerate(passage.begin(attempt))]
        tokens = self._tokenizer.encode([given for _, _, (_, given) in begun])
        parts = [
            Part(passage, slot, text, pieces) for (passage, slot, (text, _)), pieces in zip(begun, tokens, strict=True)
        ]
        if not parts:
            return
        if attempt.inserting:
            stream = self._inserter.stream([part.text for part in parts], tokens)
        else:
            stream = self._decoder.stream(tokens, attempt.decoding)
        least = self.package.least_attention
        for batch in stream:
            spelled = iter(self._tokenizer.decode([h.tokens for _, hypotheses in batch for h in hypotheses]))
            complete = []
            for index, hypotheses in batch:
                part = parts[index]
                found = (part.output(h, clean(next(spelled)), least_attention=least) for h in hypotheses)
                best = min(found, key=lambda output: output.rank)
                if part.passage.take(part.slot, best):
                    complete.append(part.passage)
            yield complete

"""The tools of a run, opened once: segmentation rules, translation engine, and the signature that names them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import aligner
from aligner.alignment import method_fingerprint
from aligner.config import RunOptions
from aligner.corpus.store import Project
from aligner.memory import MemoryChoice, Place, places
from aligner.model import Provenance, Segment
from aligner.pipeline.cluster import LOCAL, RayCluster, check_engine
from aligner.signature import signature
from aligner.terms import Glossary
from aligner.terms.glossaries import find_glossary, read_glossary
from aligner.text import Srx, builtin_srx, line_layout, load_srx, segment
from aligner.translation import Engine, MadeBy, Server, TranslateOptions, open_engine, unable_to_keep_terms

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Tools:
    """What a run works with. The model itself is loaded when the first segment needs it."""

    project: Project
    options: RunOptions

    @cached_property
    def rules(self) -> Srx:
        """The segmentation rules."""
        return load_srx(self.options.rules) if self.options.rules else builtin_srx()

    @cached_property
    def memories(self) -> list[Place]:
        """The translation memories to ask, besides the corpus's own; InputError when one is not there."""
        return places(self.options.memory, self.project.corpus) if self.options.use_memory else []

    @cached_property
    def choice(self) -> MemoryChoice:
        """What memories make of the engine's n best renderings."""
        return MemoryChoice()

    @cached_property
    def translator(self) -> Engine:
        """The translation engine with its cache; EnvironmentProblem when no package leads to the target."""
        options = self.options
        return open_engine(
            self.project.languages,
            model=options.model,
            server=self._server,
            cache=self.project.cache / "translations.sqlite",
            options=TranslateOptions.chosen(beam=options.beam, threads=options.threads),
            preferences=[self.choice],
            glossary=self.glossary,
        )

    @cached_property
    def cluster(self) -> RayCluster:
        """The actors that translate; InputError where the engine cannot be carried to them."""
        address, engine = self.options.cluster or LOCAL, check_engine(self.translator)
        return RayCluster(address, engine, self.glossary, self.project.languages)

    def close(self) -> None:
        """Let go of a cluster."""
        if "cluster" in self.__dict__:
            self.cluster.close()

    @cached_property
    def glossary(self) -> Glossary | None:
        """The glossary whose terms are kept, if there is one.

        The corpus's own rests where what translates cannot keep terms, and that is said; one that was named does not.
        """
        options, languages = self.options, self.project.languages
        path = options.glossary or self._own_glossary
        if path is None or not options.use_glossary:
            return None
        # neither half of a way through English sees both languages of a glossary, and a server takes no terms
        what = "" if options.glossary else unable_to_keep_terms(languages, model=options.model, server=self._server)
        if what:
            log.warning("%s: %s cannot keep these terms; `aligner check` finds what is missing", path, what)
            return None
        return read_glossary(path, languages)

    @property
    def own_terms(self) -> Glossary | None:
        """The corpus's own glossary, if it is the one whose terms are kept."""
        return self.glossary if self.options.glossary in (None, self._own_glossary) else None

    @cached_property
    def _own_glossary(self) -> Path | None:
        project = self.project
        return find_glossary(project.corpus, project.languages)

    @cached_property
    def _server(self) -> Server | None:
        """The server that translates; None where packages do."""
        return Server.at(self.options.server) if self.options.server else None

    @cached_property
    def made_by(self) -> MadeBy:
        """What makes the renderings."""
        return self.translator.made_by

    def segment(self, text: str, language: str, *, plain: bool = True) -> list[Segment]:
        """Cut a text into segments as the options say; one that is not `plain` never has hard-wrapped lines."""
        # readers of Word, PDF and HTML know paragraphs; only plain text has lines that may have been cut by hand
        paragraphs = line_layout(text, wrapped=self.options.wrapped) if plain else "line"
        boilerplate = not self.keep_boilerplate
        return segment(text, language, rules=self.rules, paragraphs=paragraphs, boilerplate=boilerplate)

    @property
    def keep_boilerplate(self) -> bool:
        """Whether boilerplate is treated as text."""
        return self.options.keep_boilerplate

    @cached_property
    def provenance(self) -> Provenance:
        """What a bitext says of the tools that made it; without dates and memories."""
        return Provenance(
            signature=self.signature,
            rules=self.rules.signature,
            boilerplate="kept" if self.keep_boilerplate else "marked",
            engine=self.made_by.engine,
            package=self.made_by.package,
            fingerprint=self.made_by.fingerprint,
        )

    @cached_property
    def signature(self) -> str:
        """Every choice and version that can change a bitext, on one line."""
        return signature(
            aligner=aligner.__version__,
            srx=self.rules.signature,
            align=method_fingerprint(),
            boilerplate="kept" if self.keep_boilerplate else "marked",
            **({} if self.options.wrapped is None else {"wrapped": self.options.wrapped}),
            translator=self.translator.signature,
            # the first half tells packages apart; the whole is in the provenance
            fingerprint=self.made_by.fingerprint[:16],
        )

"""The tools of a run, opened once: segmentation rules, translation engine, and the signature that names them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import aligner
from aligner.align import method_fingerprint
from aligner.config import RunOptions
from aligner.glossaries import chosen_glossary
from aligner.memories import MemoryChoice, Place, places
from aligner.signature import signature
from aligner.store import Project
from aligner.terms import Glossary
from aligner.text import Srx, builtin_srx, load_srx
from aligner.translate import Engine, MadeBy, Server, TranslateOptions, open_engine


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
            self.project.source,
            self.project.target,
            model=options.model,
            server=Server.at(options.server) if options.server else None,
            cache=self.project.cache / "translations.sqlite",
            options=TranslateOptions.chosen(beam=options.beam, threads=options.threads),
            preferences=[self.choice],
            glossary=self.glossary,
        )

    @cached_property
    def glossary(self) -> Glossary | None:
        """The glossary whose terms are kept, if there is one; a server keeps none, so there the corpus's own rests."""
        project, options = self.project, self.options
        if options.server and options.glossary is None:
            return None
        return chosen_glossary(
            project.corpus, options.glossary, use=options.use_glossary, source=project.source, target=project.target
        )

    @cached_property
    def made_by(self) -> MadeBy:
        """What makes the renderings."""
        return self.translator.made_by

    @property
    def keep_boilerplate(self) -> bool:
        """Whether boilerplate is treated as text."""
        return self.options.keep_boilerplate

    @cached_property
    def signature(self) -> str:
        """Every choice and version that can change a bitext, on one line."""
        return signature(
            aligner=aligner.__version__,
            srx=self.rules.signature,
            align=method_fingerprint(),
            boilerplate="kept" if self.keep_boilerplate else "marked",
            translator=self.translator.signature,
            fingerprint=self.made_by.fingerprint[:16],
        )

"""What translation takes and gives back: options, renderings, and the protocol of an engine.

Any engine that offers `Translator` can stand in for the Argos one: a list of texts in, a `Rendering` for each of them
out, in the same order. Start reading at `Translator`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from aligner.errors import InputError
from aligner.signature import signature

Progress = Callable[[int, int], None]
"""Called with work done and work in all; for translation both count the model's tokens."""

LONGEST_ALLOWED = 240
"""No option may send longer pieces (in tokens) to a model: many models know no position beyond 500."""


class Flag(StrEnum):
    """What a reviewer should know about a rendering."""

    COPIED = "copied"
    """Nothing to translate (no letters, a URL, another script): the source stands unchanged."""
    SPLIT = "split"
    """Too long for the model, or lost in one go: translated clause by clause and joined."""
    RETRIED = "retried"
    """The first attempt was at fault (empty, repeating itself, something lost); another one was taken."""
    DOUBTFUL = "doubtful"
    """No attempt was free of serious faults: this is the best of them."""
    NUMBERS = "numbers"
    """A number of the source is missing in the rendering, became another one, or one was added."""
    OMITTED = "omitted"
    """Words of the source, a clause or a long phrase, that nothing in the rendering stands for."""
    INSERTED = "inserted"
    """The model had other words for a term of the glossary; it was made to say this one (or not to say another)."""
    TERMS = "terms"
    """A term of the glossary is missing, or something that it forbids stands there."""
    CHECKS = "checks"
    """`aligner check` finds something in it: a lost bracket, a name, a placeholder … (docs/checks.md)."""


ASKING = frozenset((Flag.DOUBTFUL, Flag.NUMBERS, Flag.OMITTED, Flag.TERMS, Flag.CHECKS))
"""The flags that ask for a person."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """A machine translation of one text: a single line, never with control characters."""

    text: str
    score: float | None
    """0 to 1, higher is better: the geometric mean of the probabilities the model gave its own tokens, i.e.
    exp(mean log probability). Comparable between renderings of one model, not between models. 1.0 when copied; None
    when the engine does not say."""
    flags: tuple[str, ...] = ()
    """Values of `Flag`, in the order of that class."""
    confidence: float | None = None
    """How good the rendering is expected to be, 0 to 1, higher is better (`aligner.translation.argos.confidence`); None
    when the engine cannot tell."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TranslateOptions:
    """Choices for the Argos engine; the defaults suit documents."""

    beam: int = 2
    """Hypotheses kept while decoding: 1 is fastest, more is slower and slightly better (docs/translation.md)."""
    longest: int = 0
    """Segments of more tokens than this are translated clause by clause; 0 means what the package advises
    (``longest_source`` in its metadata.json), or 80 tokens where it does not."""
    threads: int = 0
    """Processor threads; 0 means every core this process may use. Does not change the result."""
    batch_tokens: int = 1024
    """Tokens, padding counted, decoded in one go. Does not change the result."""
    without: tuple[str, ...] = ()
    """Preparations and repairs that are switched off, by name (`aligner.translation.protect.steps.NAMES`)."""

    @classmethod
    def chosen(
        cls, *, beam: int | None = None, threads: int | None = None, without: tuple[str, ...] | None = None
    ) -> TranslateOptions:
        """The options with what a user chose; None leaves the default.

        >>> TranslateOptions.chosen(threads=8) == TranslateOptions(threads=8)
        True
        """
        # None and not a default of its own: the defaults stand in one place, above.
        choices: dict[str, Any] = {"beam": beam, "threads": threads, "without": without}
        return cls(**{name: value for name, value in choices.items() if value is not None})

    def __post_init__(self) -> None:
        for name, low, high in (
            ("beam", 1, 32),
            ("longest", 0, LONGEST_ALLOWED),
            ("threads", 0, 1024),
            ("batch_tokens", 1, 1 << 20),
        ):
            value = getattr(self, name)
            if not low <= value <= high:
                raise InputError(f"'{name}' must be between {low} and {high}, not {value}")

    @property
    def signature(self) -> str:
        """The choices that can change a rendering, on one line.

        >>> TranslateOptions(beam=4, threads=8).signature
        'beam:4|longest:0'
        """
        # Named only where there is something: a signature of an older version, and what it keeps, stays valid.
        without = {"without": "+".join(sorted(self.without))} if self.without else {}
        return signature(beam=self.beam, longest=self.longest, **without)


class Translator(Protocol):
    """An engine for one pair of languages."""

    def translate(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Rendering]:
        """One rendering per text, in order. `progress` is told the work done and the work in all."""
        ...


@dataclass(frozen=True, slots=True)
class MadeBy:
    """What makes renderings, for the provenance of a bitext."""

    engine: str
    """Name and version: ``ctranslate2 4.8.5``."""
    package: str = ""
    """The model's name and version; of several in a row, all of them."""
    fingerprint: str = ""
    """SHA-256 of what shapes a rendering, where that is known."""


class Engine(Translator, Protocol):
    """A translator as a run uses it: it can say what it is and what it did. An engine of one's own offers this."""

    @property
    def made_by(self) -> MadeBy:
        """What makes the renderings."""
        ...

    @property
    def signature(self) -> str:
        """Everything that shapes a rendering, besides the text and the fingerprint, on one line."""
        ...

    @property
    def fresh(self) -> int:
        """How many texts were rendered so far and not found in the cache."""
        ...

    def close(self) -> None:
        """Let go of files, models and connections; a later use opens them again."""
        ...


class Preference(Protocol):
    """Someone who knows more of a text than the model: of its n best renderings the one worth most is taken.

    A rendering free of faults always goes before one with faults; among those, the mean log probability and the worth
    added up decide. Only for texts with a `key` does the engine ask the model for several renderings. Hashable.
    """

    @property
    def signature(self) -> str:
        """What is behind the preference, on one line: it goes into the engine's signature. Empty: its keys say it."""
        ...

    def key(self, source: str) -> str:
        """What is preferred for this text, or any part of it: goes into the cache's key. Empty: nothing."""
        ...

    def worth(self, source: str, candidate: str) -> float:
        """What a rendering is worth besides its probability, in units of the mean log probability; higher is better."""
        ...

"""The documents with gold alignments that the aligner is measured on and learns from.

A suite is a folder with ``NAME.fr``, ``NAME.en`` and ``NAME.gold``, one sentence a line and one bead a line
(``[0, 1]:[0]``). Beside them there may be machine translations, in a folder of their own: ``NAME.mt`` of the French
and ``NAME.back`` of the English. The Text+Berg set comes as it is handed out: ``dev.de``, ``dev.fr``, ``dev.gold`` and,
for each engine, ``dev.ENGINE.fr`` (of the German) and ``dev.ENGINE.de`` (of the French).

Every document can be aligned in several conditions (`CONDITIONS`). Start reading at `read_suite`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.alignment import AlignOptions
from aligner.alignment.given import Given

Pair = tuple[tuple[int, ...], tuple[int, ...]]
Gold = tuple[Pair, ...]
CONDITIONS = ("plain", "lexicon", "translation", "back", "both")
"""With nothing; with the built-in lexicon; with it and a translation of the source, of the target, of both."""
ENGINES = ("google", "europarlfull", "europarllight")


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a suite with all that is known about it."""

    name: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    gold: Gold
    translation: tuple[str, ...] | None = None
    back_translation: tuple[str, ...] | None = None

    def given(self, condition: str) -> Given:
        """What the aligner gets in a condition."""
        forward = self.translation if condition in ("translation", "both") else None
        backward = self.back_translation if condition in ("back", "both") else None
        return Given(self.source, self.target, forward, backward)

    def has(self, condition: str) -> bool:
        """Whether the document has the translations that a condition needs."""
        forward, backward = self.translation is not None, self.back_translation is not None
        return {"translation": forward, "back": backward, "both": forward and backward}.get(condition, True)


def options_for(condition: str) -> AlignOptions:
    """The options of a condition."""
    return AlignOptions(lexicon="none" if condition == "plain" else "auto")


def read_suite(folder: Path, translations: Path | None = None) -> Iterator[Document]:
    """The documents of a folder by name."""
    for gold in sorted(folder.glob("*.gold")):
        there = translations / f"{gold.stem}.mt" if translations else None
        back = translations / f"{gold.stem}.back" if translations else None
        yield Document(
            gold.stem,
            read_lines(gold.with_suffix(".fr")),
            read_lines(gold.with_suffix(".en")),
            read_gold(gold),
            read_lines(there) if there and there.exists() else None,
            read_lines(back) if back and back.exists() else None,
        )


def read_textberg(folder: Path, engines: Sequence[str] = ENGINES) -> Iterator[Document]:
    """The Text+Berg document, once with the translations of each engine."""
    plain = Document(
        "textberg", read_lines(folder / "dev.de"), read_lines(folder / "dev.fr"), read_gold(folder / "dev.gold")
    )
    for engine in engines:
        there, back = (read_lines(folder / f"dev.{engine}.{language}") for language in ("fr", "de"))
        yield replace(plain, name=f"textberg {engine}", translation=there, back_translation=back)


def read_lines(path: Path) -> tuple[str, ...]:
    """The lines of a file; nothing after the last newline."""
    return tuple(path.read_text("utf-8").split("\n")[:-1])


def read_gold(path: Path) -> Gold:
    """The beads of a gold file."""
    lines = (line.split(":")[:2] for line in read_lines(path) if line)
    return tuple((_numbers(source), _numbers(target)) for source, target in lines)


def _numbers(side: str) -> tuple[int, ...]:
    return tuple(int(number) for number in side.strip("[] ").split(",") if number.strip())

"""Aligning files that are there already: a pair, or two folders matched by name.

    source file ─┐                       ┌─▶ Bitext      align_files
    target file ─┴─read_texts──▶ Texts ──┴─▶ Explanation explain_files

Start reading at `align_files`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import aligner
from aligner.align import AlignOptions, Explanation, explain, method_fingerprint
from aligner.errors import InputError
from aligner.files import read_bytes
from aligner.ingest import read_text
from aligner.model import Bitext, Provenance, Role, Segment, Side, identifier, sha256
from aligner.pairing import pair_texts
from aligner.signature import signature
from aligner.text import Srx, builtin_srx, load_srx, segment
from aligner.translate import Rendering, find_package, open_translator

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignChoices:
    """How two files are to be read and aligned."""

    source: str = "fr"
    """Language of the first file."""
    target: str = "en"
    """Language of the second file."""
    segmented: bool = False
    """Every line is a segment, empty lines too."""
    rules: Path | None = None
    """An SRX file to segment with instead of the built-in rules."""
    translation: Path | None = None
    """A machine's version of the source, one line for each of its segments."""
    translate: bool = False
    """Have the model translate the source to help the aligner."""
    model: Path | None = None
    """The package to translate with."""
    boundaries: str = "none"
    """``headings`` or ``paragraphs``: no bead crosses one; both texts must have the same number of them."""
    keep_boilerplate: bool = False
    """Align boilerplate like text."""
    options: AlignOptions = field(default_factory=AlignOptions)
    """The aligner's own options."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Two segmented texts, what a machine says of the first, and where no bead may cross."""

    source: Side
    target: Side
    renderings: Sequence[Rendering | None]
    boundaries: Sequence[tuple[int, int]]
    signature: str

    @property
    def translation(self) -> list[str] | None:
        """The renderings' texts, or None when there is none for some segment."""
        known = [rendering.text for rendering in self.renderings if rendering is not None]
        return known if known and len(known) == len(self.renderings) else None


def align_files(source: Path, target: Path, choices: AlignChoices) -> Bitext:
    """Align two files and return the pairs as a bitext; its id is made from the source's name.

    Raises InputError for files that cannot be used.
    """
    texts = read_texts(source, target, choices)
    pairing = pair_texts(
        texts.source.segments, "", texts.target.segments, texts.renderings,
        options=choices.options, boundaries=texts.boundaries, paragraphs=not choices.segmented,
    )  # fmt: skip
    beads = pairing.beads
    if choices.translation:  # nobody scored these renderings
        beads = tuple(replace(bead, machine_score=None) for bead in beads)
    provenance = Provenance(signature=texts.signature)
    return Bitext(identifier(source.stem), texts.source, texts.target, beads, provenance=provenance)


def explain_files(source: Path, target: Path, number: int, choices: AlignChoices) -> tuple[Explanation, Texts]:
    """Align two files and tell why bead `number` (from 0) is as it is. Boilerplate counts as text here."""
    texts = read_texts(source, target, replace(choices, keep_boilerplate=True))
    told = explain(
        [s.text for s in texts.source.segments],
        [s.text for s in texts.target.segments],
        number,
        translation=texts.translation,
        options=choices.options,
        boundaries=texts.boundaries,
        paragraphs=_paragraphs(texts) if not choices.segmented else ((), ()),
    )
    return told, texts


def _paragraphs(texts: Texts) -> tuple[list[int], list[int]]:
    return [s.paragraph for s in texts.source.segments], [s.paragraph for s in texts.target.segments]


def read_texts(source: Path, target: Path, choices: AlignChoices) -> Texts:
    """Read and segment both files, with renderings from a file or from the model if they are asked for."""
    rules = load_srx(choices.rules) if choices.rules else builtin_srx()
    first = _read_side(source, choices.source, choices, rules)
    second = _read_side(target, choices.target, choices, rules)
    return Texts(
        first,
        second,
        renderings=_renderings(first.segments, choices),
        boundaries=_boundaries(first, second, choices.boundaries),
        signature=signature(
            aligner=aligner.__version__,
            srx="none" if choices.segmented else rules.signature,
            align=f"{method_fingerprint()} {choices.options}",
        ),
    )


def _read_side(path: Path, language: str, choices: AlignChoices, rules: Srx) -> Side:
    text, notes = read_text(path)
    for note in notes:
        log.warning("%s: %s", path, note)
    if choices.segmented:
        found = line_segments(text)
    else:
        found = segment(text, language, rules=rules, boilerplate=not choices.keep_boilerplate)
    return Side(language, tuple(found), path.name, sha256(text))


def line_segments(text: str) -> list[Segment]:
    r"""One segment per line, empty lines included; a line end at the very end begins no further line.

    >>> [(s.text, s.locator) for s in line_segments("Un.\n\nDeux.\n")]
    [('Un.', '1.1'), ('', '2.1'), ('Deux.', '3.1')]
    """
    segments = []
    position = 0
    lines = text.split("\n")
    for number, line in enumerate(lines[:-1] if not lines[-1] else lines, start=1):
        content = line.removesuffix("\r")
        segments.append(Segment(content, position, position + len(content), paragraph=number))
        position += len(line) + 1
    return segments


def _renderings(segments: Sequence[Segment], choices: AlignChoices) -> Sequence[Rendering | None]:
    if choices.translation:
        return _read_renderings(choices.translation, len(segments))
    if choices.translate:
        package = find_package(choices.source, choices.target, model=choices.model)
        return open_translator(package, cache=None).translate([segment.text for segment in segments])
    return [None] * len(segments)


def _read_renderings(path: Path, count: int) -> list[Rendering]:
    """Renderings from a file with one line per source segment; InputError when the numbers differ."""
    lines = [s.text for s in line_segments(read_bytes(path).decode("utf-8-sig", "replace"))]
    if len(lines) != count:
        raise InputError(
            f"it has {len(lines)} lines for {count} source segments",
            where=path,
            hint="give one line per source segment",
        )
    return [Rendering(line, 1.0) for line in lines]


def _boundaries(source: Side, target: Side, marks: str) -> list[tuple[int, int]]:
    """Pairs of positions at the marks of both texts; InputError when they do not have the same number of them."""
    if marks == "none":
        return []
    places = [[i for i, s in enumerate(side.segments) if _is_mark(s, marks)] for side in (source, target)]
    if len(places[0]) != len(places[1]):
        raise InputError(
            f"the texts have {len(places[0])} and {len(places[1])} {marks}, so these cannot be boundaries",
            hint="leave out --boundaries",
        )
    return list(zip(*places, strict=True))


def _is_mark(segment: Segment, marks: str) -> bool:
    if segment.role is Role.BOILERPLATE:
        return False
    return segment.number == 1 if marks == "paragraphs" else segment.role is Role.HEADING


def match_folders(source: Path, target: Path) -> Iterator[tuple[Path, Path]]:
    """Pairs of files with the same name, whatever their suffixes: ``a.fr.txt`` and ``a.en.txt``, ``b.txt`` twice.

    Raises InputError when the folders share no name.
    """
    others = {_stem(path): path for path in _files(target)}
    pairs = [(path, others[_stem(path)]) for path in _files(source) if _stem(path) in others]
    if not pairs:
        raise InputError("no file has its counterpart there", where=source, hint="give both files the same name")
    yield from pairs


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def _stem(path: Path) -> str:
    return path.name.split(".", 1)[0]

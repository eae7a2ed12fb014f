"""Aligning files that are there already: a pair, or two folders matched by name.

    source file ─┐                       ┌─▶ Bitext      align_files
    target file ─┴─read_texts──▶ Texts ──┴─▶ Explanation explain_files

Start reading at `align_files`.
"""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import aligner
from aligner.alignment import AlignOptions, Explanation, explain, method_fingerprint
from aligner.documents import WRAPPED, read_text
from aligner.embeddings import encoders_for
from aligner.errors import InputError, counted
from aligner.files import identifier
from aligner.model import USUAL_LANGUAGES, Bead, Bitext, Kind, Languages, Provenance, Role, Segment, Side, sha256
from aligner.pipeline.pairing import pair_texts
from aligner.signature import signature
from aligner.text import Srx, builtin_srx, line_layout, load_srx, segment
from aligner.text.headings import find_headings
from aligner.translation import Rendering, open_engine

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignChoices:
    """How two files are to be read and aligned."""

    languages: Languages = USUAL_LANGUAGES
    """Those of the first and the second file."""
    segmented: bool = False
    """Every line is a segment, empty lines too."""
    rules: Path | None = None
    """An SRX file to segment with instead of the built-in rules."""
    translation: Path | None = None
    """A machine's version of the source, one line for each of its segments."""
    back_translation: Path | None = None
    """A machine's version of the target in the source's language, one line for each of its segments."""
    translate: bool = False
    """Have the model translate the source to help the aligner."""
    back_translate: bool = False
    """Have a model of the other direction translate the target to help the aligner."""
    model: Path | None = None
    """The package to translate the source with."""
    boundaries: str = "none"
    """``headings`` or ``paragraphs``: no bead crosses one; both texts must have the same number of them."""
    wrapped: bool | None = None
    """Lines end where the page was full; None: each text tells."""
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
    back: Sequence[Rendering | None]
    boundaries: Sequence[tuple[int, int]]
    rules: str
    """The signature of the segmentation rules."""

    @property
    def translation(self) -> list[str] | None:
        """What a machine says of the source, or None when some segment has no rendering."""
        return _all_texts(self.renderings)

    @property
    def back_translation(self) -> list[str] | None:
        """What a machine says of the target, or None when some segment has no rendering."""
        return _all_texts(self.back)

    @property
    def paragraphs(self) -> tuple[list[int], list[int]]:
        """The paragraph of each segment on both sides."""
        return [s.paragraph for s in self.source.segments], [s.paragraph for s in self.target.segments]

    @property
    def languages(self) -> tuple[str, str]:
        """Those of both sides."""
        return self.source.language, self.target.language

    def without_boilerplate(self) -> Texts:
        """The segments that take part in the alignment, with what belongs to them."""
        sides = self.source, self.target
        kept = [[i for i, s in enumerate(side.segments) if s.role is not Role.BOILERPLATE] for side in sides]
        source, target = (
            replace(side, segments=tuple(side.segments[i] for i in indices))
            for side, indices in zip(sides, kept, strict=True)
        )
        return replace(
            self,
            source=source,
            target=target,
            renderings=[self.renderings[i] for i in kept[0]],
            back=[self.back[j] for j in kept[1]],
            boundaries=[(bisect_left(kept[0], i), bisect_left(kept[1], j)) for i, j in self.boundaries],
        )


def _all_texts(renderings: Sequence[Rendering | None]) -> list[str] | None:
    known = [rendering.text for rendering in renderings if rendering is not None]
    return known if known and len(known) == len(renderings) else None


def align_files(source: Path, target: Path, choices: AlignChoices) -> Bitext:
    """Align two files and return the pairs as a bitext; its id is made from the source's name.

    Raises InputError for files that cannot be used.
    """
    texts = read_texts(source, target, choices)
    return _pair(identifier(source.stem), texts, choices)


def _pair(document: str, texts: Texts, choices: AlignChoices) -> Bitext:
    """Align two texts."""
    pairing = pair_texts(
        texts.source.segments, "", texts.target.segments, texts.renderings,
        options=choices.options, boundaries=texts.boundaries, paragraphs=not choices.segmented,
        back_translation=texts.back_translation, languages=texts.languages,
    )  # fmt: skip
    beads = pairing.beads
    if choices.segmented:
        beads = tuple(part for bead in beads for part in _without_empty_lines(bead, texts, choices.options))
    # nobody scored renderings that come from a file
    if choices.translation:
        beads = tuple(replace(bead, machine_score=None) for bead in beads)
    encoder = f" {pairing.encoder}" if pairing.encoder else ""
    line = signature(
        aligner=aligner.__version__,
        srx=texts.rules,
        align=f"{method_fingerprint()} {choices.options}{encoder}",
    )
    provenance = Provenance(signature=line)
    return Bitext(document, texts.source, texts.target, beads, provenance=provenance)


def _without_empty_lines(bead: Bead, texts: Texts, options: AlignOptions) -> Iterator[Bead]:
    """The bead, or if it reaches across an empty line the beads that its lines make when none are merged."""
    source, target = texts.source.segments, texts.target.segments
    # empty lines are set aside, so what the aligner saw as neighbours may have one between them
    crosses = any(source[i].role is Role.BOILERPLATE for i in bead.source) or any(
        target[j].role is Role.BOILERPLATE for j in bead.target
    )
    if not crosses or bead.is_null:
        yield bead
        return
    first, second = bead.source[0], bead.target[0]
    lines = [source[i] for i in bead.source], [target[j] for j in bead.target]
    renderings = [texts.renderings[i] for i in bead.source]
    options = replace(options, max_merge=1, nulls=True)
    for part in pair_texts(lines[0], "", lines[1], renderings, options=options, languages=texts.languages).beads:
        here, there = tuple(first + i for i in part.source), tuple(second + j for j in part.target)
        yield replace(part, source=here, target=there)


def explain_files(source: Path, target: Path, number: int, choices: AlignChoices) -> tuple[Explanation, Texts]:
    """Align two files and tell why bead `number` of `align_files` (from 0) is as it is.

    The texts that come with the explanation are without boilerplate: the explanation's indices are among these.
    """
    complete = read_texts(source, target, choices)
    beads = _pair("", complete, choices).beads
    if not 0 <= number < len(beads):
        raise InputError(f"there is no pair {number}", hint=f"the alignment has pairs 0 to {len(beads) - 1}")
    if beads[number].kind is Kind.EXCLUDED:
        raise InputError(f"pair {number} is boilerplate or an empty line, which is not aligned", hint="choose another")
    # the aligner never saw the boilerplate, and counts without it
    at = sum(bead.kind is not Kind.EXCLUDED for bead in beads[:number])
    texts = complete.without_boilerplate()
    told = explain(
        [s.text for s in texts.source.segments],
        [s.text for s in texts.target.segments],
        at,
        translation=texts.translation,
        back_translation=texts.back_translation,
        options=choices.options,
        boundaries=texts.boundaries,
        paragraphs=texts.paragraphs if not choices.segmented else ((), ()),
        encoders=encoders_for(choices.options.embeddings),
    )
    return told, texts


def read_texts(source: Path, target: Path, choices: AlignChoices) -> Texts:
    """Read and segment both files, with renderings from a file or from the model if they are asked for."""
    rules = load_srx(choices.rules) if choices.rules else builtin_srx()
    first = _read_side(source, choices.languages.source, choices, rules)
    second = _read_side(target, choices.languages.target, choices, rules)
    return Texts(
        first,
        second,
        renderings=_renderings("source", first, second.language, choices.translation, choices.translate, choices.model),
        back=_renderings("target", second, first.language, choices.back_translation, choices.back_translate),
        boundaries=_boundaries(first, second, choices),
        rules="none" if choices.segmented else rules.signature,
    )


def _read_side(path: Path, language: str, choices: AlignChoices, rules: Srx) -> Side:
    text = _read(path)
    if choices.segmented:
        found = line_segments(text)
    else:
        paragraphs = line_layout(text, wrapped=choices.wrapped)
        if paragraphs == "wrapped" and choices.wrapped is None:
            log.warning("%s: %s", path, WRAPPED)
        found = segment(text, language, rules=rules, paragraphs=paragraphs, boilerplate=not choices.keep_boilerplate)
    return Side(language, tuple(found), path.name, sha256(text))


def _read(path: Path) -> str:
    text, notes = read_text(path)
    for note in notes:
        log.warning("%s: %s", path, note)
    return text


def line_segments(text: str) -> list[Segment]:
    r"""One segment per line, empty lines included; a line end at the very end begins no further line.

    An empty line keeps its number and is paired with nothing, as boilerplate is.

    >>> [(s.text, s.locator) for s in line_segments("Un.\n\nDeux.\n")]
    [('Un.', '1.1'), ('', '2.1'), ('Deux.', '3.1')]
    """
    segments = []
    position = 0
    lines = text.split("\n")
    for number, line in enumerate(lines[:-1] if not lines[-1] else lines, start=1):
        content = line.removesuffix("\r")
        role, rule = (Role.TEXT, "") if content.strip() else (Role.BOILERPLATE, "empty-line")
        segments.append(Segment(content, position, position + len(content), number, 1, role, rule))
        position += len(line) + 1
    return segments


def _renderings(
    name: str, side: Side, language: str, file: Path | None, translate: bool, model: Path | None = None
) -> Sequence[Rendering | None]:
    """What a machine says of one side in the other's language: from a file, from a model, or nothing."""
    if file:
        lines = [line.text for line in line_segments(_read(file))]
        # one line too many, and every rendering behind it would belong to another segment
        count = len(side.segments)
        if len(lines) != count:
            raise InputError(
                f"it has {counted(len(lines), 'line')} for {counted(count, f'{name} segment')}",
                where=file,
                hint="give one line per segment",
            )
        return [Rendering(line, 1.0) for line in lines]
    if translate:
        engine = open_engine(Languages(side.language, language), model=model)
        return engine.translate([segment.text for segment in side.segments])
    return [None] * len(side.segments)


def _boundaries(source: Side, target: Side, choices: AlignChoices) -> list[tuple[int, int]]:
    """Pairs of positions at the marks of both texts; InputError when they do not have the same number of them."""
    marks = choices.boundaries
    if marks == "none":
        return []

    def of(segments: Sequence[Segment]) -> list[int]:
        if not choices.segmented:
            text = [(i, segment) for i, segment in enumerate(segments) if segment.role is not Role.BOILERPLATE]
            return [i for i, s in text if (s.number == 1 if marks == "paragraphs" else s.role is Role.HEADING)]
        # with one segment a line nothing is known of paragraphs and headings but empty lines and what lines look like
        lines = [i for i, segment in enumerate(segments) if segment.text.strip()]
        if marks == "paragraphs":
            return [i for i in lines if i == 0 or not segments[i - 1].text.strip()]
        found = find_headings([segments[i].text.strip() for i in lines], [True] * len(lines))
        return [lines[k] for k in sorted(found)]

    places = [of(side.segments) for side in (source, target)]
    if len(places[0]) != len(places[1]):
        raise InputError(
            f"the texts have {len(places[0])} and {len(places[1])} {marks}, so these cannot be boundaries",
            hint="leave out --boundaries",
        )
    # no marks on either side: the same number, but surely not what was meant
    if not places[0]:
        log.warning("%s and %s have no %s: nothing is a boundary", source.file, target.file, marks)
    return list(zip(*places, strict=True))


@dataclass(frozen=True, slots=True)
class Task:
    """One pair of files of two folders."""

    name: str
    """What the names of both files have in common."""
    source: Path
    target: Path
    choices: AlignChoices


def match_folders(source: Path, target: Path, choices: AlignChoices) -> list[Task]:
    """The pairs of files with the same name, whatever their suffix and the mark of their language.

    ``a.fr.txt`` goes with ``a.en.txt``, ``b.txt`` with ``b.txt``. Translations, where given, are folders too. What has
    no counterpart is named in a warning; InputError when no file has one, or when two files of one folder
    have the same name.
    """
    languages = choices.languages
    first, second = _by_name(source, languages.source), _by_name(target, languages.target)
    for folder, names in ((source, first.keys() - second), (target, second.keys() - first)):
        for name in sorted(names):
            log.warning("%s: %s has no counterpart of the same name", folder, name)
    # in the order of the source folder, so that the same input gives the same order
    shared = [name for name in first if name in second]
    if not shared:
        raise InputError("no file has its counterpart there", where=source, hint="give both files the same name")
    there, back = (_by_name(folder, *languages, "mt") if folder else {} for folder in _translations(choices))
    for translations, known in zip(_translations(choices), (there, back), strict=True):
        for name in (name for name in shared if translations and name not in known):
            log.warning("%s: there is no translation of %s", translations, name)
    return [
        Task(
            name,
            first[name],
            second[name],
            replace(choices, translation=there.get(name), back_translation=back.get(name)),
        )
        for name in shared
    ]


def _translations(choices: AlignChoices) -> tuple[Path | None, Path | None]:
    """The folders with translations, checked."""
    for folder in (choices.translation, choices.back_translation):
        if folder and not folder.is_dir():
            raise InputError(
                "it is not a folder", where=folder, hint="with two folders of texts, give a folder of translations"
            )
    return choices.translation, choices.back_translation


def _by_name(folder: Path, *languages: str) -> dict[str, Path]:
    """The files of a folder by their names."""
    if not folder.is_dir():
        raise InputError("it is not a folder", where=folder, hint="give two files or two folders")
    found: dict[str, Path] = {}
    for path in sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")):
        name = name_of(path, *languages)
        if name in found:
            raise InputError(f"{found[name].name} and {path.name} have the same name", where=folder)
        found[name] = path
    return found


def name_of(path: Path, *languages: str) -> str:
    """A file's name without its suffix and without the mark of its language.

    >>> [name_of(Path(name), "fr") for name in ("a.fr.txt", "a.fr", "a.txt", "vol.1_FR.txt", "no suffix")]
    ['a', 'a', 'a', 'vol.1', 'no suffix']
    """
    name = path.stem if path.suffix else path.name
    for language in languages:
        start, mark = name[: -len(language) - 1], name[-len(language) - 1 :]
        # the mark of a language needs a name before it: `fr.txt` is called fr
        if start and mark[0] in ".-_ " and mark[1:].casefold() == language.casefold():
            return start
    return name

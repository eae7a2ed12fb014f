"""Read an alignment with its two texts as units, one bead each.

    ladder   12<tab>13<tab>0.7            rung by rung, both texts line by line: memory stays flat
    beads    [12, 13]:[14]:0.7            in any order
    XML      <link xtargets="…;…"/>       XCES: source;target — InterText, whose root is linkGrp: target;source

Start reading at `linked_units`.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import accumulate, islice
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from aligner.errors import InputError, counted
from aligner.formats.beads.write import read_pairs
from aligner.formats.defects import Defects
from aligner.formats.exchange.documents import document_name
from aligner.formats.exchange.notation import seg_text
from aligner.formats.exchange.units import Unit, Variant
from aligner.formats.links.texts import (
    PARAGRAPH,
    NumberedText,
    beside,
    language_of_name,
    sentences_of_xml,
)
from aligner.formats.tables.separated import text_lines
from aligner.formats.unpacking import opened_plain_or_packed
from aligner.formats.xml.read import local_name, release, stream_elements

Sentences = list[tuple[int, str]]
"""Sentences with their positions, counted from 1."""
Ends = tuple[list[str], list[str]]
"""The ids of the sentences that a link joins, as they stand on either side of its semicolon."""
Told = Callable[[int], None]
"""Told how many bytes have been read, so that progress can be shown."""


def linked_units(
    kind: str, alignment: Path, texts: tuple[Path, Path] | None, languages: tuple[str, str], told: Told
) -> Iterator[Unit]:
    """Yield a unit for every bead of an alignment of a `kind`: ``ladder``, ``beads`` or ``links`` (XML).

    `languages` count for more than what the texts say of theirs; empty: unknown. Raises InputError, with the place, for
    an alignment that is none, and for texts that are not those that were aligned.
    """
    if kind == "links":
        yield from _of_xml(alignment, texts, languages, told)
        return
    if texts is None:
        hint = "name both texts, a sentence a line, with --texts SOURCE TARGET"
        raise InputError("an alignment alone has no texts", where=alignment, hint=hint)
    tags = [tag or language_of_name(path) for tag, path in zip(languages, texts, strict=True)]
    document = document_name(str(alignment), "alignment")
    beads = _rungs(alignment, texts, told) if kind == "ladder" else _pairs(alignment, texts)
    for source, target, score in beads:
        if unit := _unit(document, (source, target), (tags[0], tags[1]), score):
            yield unit


def _unit(document: str, sides: tuple[Sentences, Sentences], tags: tuple[str, str], score: str = "") -> Unit | None:
    """A bead as a unit, its sides cut as they are; None where neither has a text."""
    facts = {"document": document, "score": score}
    texts = []
    for side, name, cuts in zip(sides, ("ref", "target-ref"), ("source-cuts", "target-cuts"), strict=True):
        shown = [(place, text) for place, line in side if line != PARAGRAPH and (text := seg_text(line))]
        facts[name] = " ".join(f"{place}.1" for place, _ in shown)
        ends = accumulate(len(text) for _, text in shown[:-1])
        facts[cuts] = " ".join(str(end + spaces) for spaces, end in enumerate(ends))
        texts.append(" ".join(text for _, text in shown))
    if not any(texts):
        return None
    variants = Variant(tags[0], texts[0]), Variant(tags[1], texts[1])
    first = facts["ref"].split() or [f"t{facts['target-ref'].split()[0]}"]
    properties = tuple((f"x-{name}", value) for name, value in facts.items() if value)
    return Unit(variants, f"{document}:{first[0]}", properties=properties)


def _rungs(alignment: Path, texts: tuple[Path, Path], told: Told) -> Iterator[tuple[Sentences, Sentences, str]]:
    """The beads of a ladder, each from one rung to the next."""
    with ExitStack() as stack:
        ladder, *streams = (stack.enter_context(opened_plain_or_packed(path)) for path in (alignment, *texts))
        lines = [_numbered(stream, path) for stream, path in zip(streams, texts, strict=True)]
        before: tuple[int, int, str] | None = None
        for number, line in enumerate(text_lines(ladder, str(alignment)), 1):
            if not line.strip():
                continue
            rung = _rung(line, f"{alignment}, line {number}")
            told(ladder.tell())
            before = before or (0, 0, "")
            counts = [rung[0] - before[0], rung[1] - before[1]]
            if min(counts) < 0:
                raise InputError("the rungs of the ladder go back", where=f"{alignment}, line {number}")
            sides = [list(islice(each, count)) for each, count in zip(lines, counts, strict=True)]
            for side, count, path in zip(sides, counts, texts, strict=True):
                if len(side) < count:
                    _refuse_text(path, f"{alignment}, line {number}")
            yield sides[0], sides[1], before[2]
            before = rung
        if before is None:
            raise InputError("there are no rungs in it", where=alignment, hint="write one a line: 0, 0 and the score")
        for each, path in zip(lines, texts, strict=True):
            if any(text for _, text in each):
                _refuse_text(path, str(alignment))


def _numbered(stream: BinaryIO, path: Path) -> Iterator[tuple[int, str]]:
    return ((number, line.rstrip("\r\n")) for number, line in enumerate(text_lines(stream, str(path)), 1))


def _rung(line: str, where: str) -> tuple[int, int, str]:
    cells = line.split()
    try:
        score = float(cells[2]) if len(cells) > 2 else 0.0
        # no text has so many lines, and what counts them takes no larger number
        source, target = (min(int(cell), sys.maxsize) for cell in cells[:2])
        return source, target, repr(score) if math.isfinite(score) else ""
    except ValueError as error:
        hint = "a line has two positions and a score, with tabs between them"
        raise InputError("this is not a rung of a ladder", where=where, hint=hint) from error


def _refuse_text(path: Path, where: str) -> None:
    hint = "name the two texts that were aligned, a sentence a line"
    raise InputError(f"the alignment and {path} are not of the same length", where=where, hint=hint)


def _pairs(alignment: Path, texts: tuple[Path, Path]) -> Iterator[tuple[Sentences, Sentences, str]]:
    """The beads of a file of beads, which may stand in any order."""
    found = []
    for path in texts:
        with opened_plain_or_packed(path) as stream:
            found.append(list(_numbered(stream, path)))
    for pair in read_pairs(alignment):
        try:
            source, target = ([side[i] for i in indices] for side, indices in zip(found, pair, strict=True))
        except IndexError:
            longest = max((len(side) for side in found), default=0)
            where = f"{alignment}: bead {list(pair[0])}:{list(pair[1])}"
            raise InputError(f"there is no such line in the texts of {counted(longest, 'line')}", where=where) from None
        yield source, target, ""


def _of_xml(alignment: Path, texts: tuple[Path, Path] | None, languages: tuple[str, str], told: Told) -> Iterator[Unit]:
    """The links of an XML file, in its order, with the sentences that no link names between them."""
    reversed_: list[bool] = []

    def look_at(root: etree._Element) -> None:
        name = local_name(root)
        if name not in {"cesAlign", "linkGrp", "alignment"}:
            raise InputError(f"this is not a file of links but <{name}>", where=alignment)
        reversed_.append(name != "cesAlign")

    with opened_plain_or_packed(alignment) as stream:
        for group in stream_elements(
            stream, Defects(str(alignment)), names=("linkGrp", "alignment"), check_root=look_at
        ):
            told(stream.tell())
            paths = texts or (beside(alignment, group.get("fromDoc", "")), beside(alignment, group.get("toDoc", "")))
            sides = sentences_of_xml(paths[0]), sentences_of_xml(paths[1])
            tags = [tag or side.language for tag, side in zip(languages, sides, strict=True)]
            document = document_name(paths[0].name.removesuffix(".gz"), "links")
            links = [_ends(link) for link in group.iterfind("{*}link")]
            for source, target in _sentences(links, sides, is_reversed=reversed_[0], where=str(alignment)):
                if unit := _unit(document, (source, target), (tags[0], tags[1])):
                    yield unit
            release(group)
    if not reversed_:
        raise InputError("there are no links in it", where=alignment)


def _ends(link: etree._Element) -> Ends:
    first, _, second = link.get("xtargets", "").partition(";")
    return first.split(), second.split()


def _sentences(
    links: Sequence[tuple[list[str], list[str]]],
    sides: tuple[NumberedText, NumberedText],
    *,
    is_reversed: bool,
    where: str,
) -> Iterator[tuple[Sentences, Sentences]]:
    """The sentences of every link, and, alone, those between two links that none names."""
    # The ids themselves tell the order where the two texts have different ones, whatever the file's kind says.
    if not _fit(links, sides, is_reversed=is_reversed):
        if not _fit(links, sides, is_reversed=not is_reversed):
            named = (name for link in links for end in link for name in end)
            missing = next((name for name in named if not any(name in side.places for side in sides)), "")
            what = f"there is no sentence '{missing}' in these texts" if missing else "the links are not of these texts"
            raise InputError(what, where=where, hint="name the two that were aligned with --texts SOURCE TARGET")
        is_reversed = not is_reversed
    done = [0, 0]
    for link in links:
        ends = link[::-1] if is_reversed else link
        found = [[side.places[name] for name in end] for side, end in zip(sides, ends, strict=True)]
        for at, side in enumerate(sides):
            for index in range(done[at], min(found[at], default=done[at])):
                alone: list[Sentences] = [[], []]
                alone[at] = [(index + 1, side.sentences[index])]
                yield alone[0], alone[1]
        source, target = (
            [(i + 1, side.sentences[i]) for i in indices] for side, indices in zip(sides, found, strict=True)
        )
        yield source, target
        # Links of other tools may cross; what has been passed once does not come again.
        done = [max([at, *(index + 1 for index in side)]) for at, side in zip(done, found, strict=True)]
    for at, side in enumerate(sides):
        for index in range(done[at], len(side.sentences)):
            rest: list[Sentences] = [[], []]
            rest[at] = [(index + 1, side.sentences[index])]
            yield rest[0], rest[1]


def _fit(links: Sequence[Ends], sides: tuple[NumberedText, NumberedText], *, is_reversed: bool) -> bool:
    first, second = sides[::-1] if is_reversed else sides
    return all(
        all(name in first.places for name in one) and all(name in second.places for name in two) for one, two in links
    )

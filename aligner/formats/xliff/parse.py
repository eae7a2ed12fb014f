"""Read XLIFF as a stream of units: 1.2, 2.0 and 2.1, and what Trados, memoQ and Phrase make of it.

    bytes ──elements──▶ XliffDocument, Unit, Unit … XliffDocument, Unit …

A unit that its file cuts into segments (``seg-source``, ``segment``) gives a `Unit` for each, one of ours stays whole:
it is one pair. Whatever else the file carries, such as the original document, is passed over. Start reading at
`XliffFile`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from aligner.errors import InputError
from aligner.formats.base import place_in
from aligner.formats.defects import Defect, Defects
from aligner.formats.exchange.authors import is_machine
from aligner.formats.exchange.fields import SENT_STATUS
from aligner.formats.exchange.notation import language_tag, seg_text
from aligner.formats.exchange.units import Properties, Unit, Variant
from aligner.formats.xliff.answer import Answer
from aligner.formats.xliff.marks import TargetMarks, marks_of, marks_of_segment
from aligner.formats.xliff.states import UNDONE_FIRST, target_says
from aligner.formats.xliff.texts import SegmentPair, segments, shown_text, without_phrase_tags
from aligner.formats.xml.read import XML, line_of, local_name, release_before, stream_elements

_SKIPPED = ("internal-file", "skeleton", "bin-source", "bin-target")
"""Elements that hold whole files."""


@dataclass(frozen=True, slots=True)
class XliffDocument:
    """What a ``file`` says of itself before its units come."""

    source: str
    target: str
    original: str
    properties: Properties
    """What we wrote of the document, by the names of TMX props."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A segment, and what is said of its target."""

    pair: SegmentPair
    marks: TargetMarks


class XliffFile:
    """An open XLIFF file: iterate over it for its units, or over `parts` for its documents too.

    `source` and `target` are the languages of texts where neither the file nor they name theirs.
    """

    def __init__(self, stream: BinaryIO, *, source: str = "und", target: str = "und") -> None:
        self.findings = Defects(place_in(stream) or "XLIFF")
        self._stream, self._otherwise = stream, (source, target)
        self._is_2 = self._is_phrase = False

    def __iter__(self) -> Iterator[Unit]:
        """Yield the units in order; InputError, with the line, when the file is not well-formed or not XLIFF."""
        return (part for part in self.parts() if isinstance(part, Unit))

    def parts(self) -> Iterator[XliffDocument | Unit]:
        """Yield every document, and after it its units."""
        # Groups are empty when they end, but would stay.
        names = ("file", "group", "trans-unit", "unit")
        elements = stream_elements(
            self._stream, self.findings, names=names, check_root=self._check_root, skipped=_SKIPPED
        )
        file: etree._Element | None = None
        for found in elements:
            name = local_name(found)
            # Tools have groups, and elements of their own, inside of units too: these go with the unit.
            if name in {"group", "file"} and next(found.iterancestors("{*}trans-unit", "{*}unit"), None) is not None:
                continue
            around = found if name == "file" else next(found.iterancestors("{*}file"), None)
            if around is not file and around is not None:
                file, document = around, self._document(around)
                yield document
            if around is not None and name not in {"file", "group"}:
                yield from self._units(found, document)
            release_before(found)

    def _check_root(self, root: etree._Element) -> None:
        # A file that does not say its version is as old as the first.
        version = root.get("version", "") or ("2." if "document:2" in str(root.tag) else "1.")
        self._is_2 = version.startswith("2.")
        self._is_phrase = any("memsource" in namespace for namespace in root.nsmap.values())
        if local_name(root) != "xliff" or not (self._is_2 or version.startswith("1.")):
            what = f"<{local_name(root)}> {version}".strip()
            hint = "save it as XLIFF 1.2, 2.0 or 2.1"
            raise InputError(f"this is not XLIFF 1 or 2 but {what}", where=self.findings.name, hint=hint)

    def _document(self, file: etree._Element) -> XliffDocument:
        if self._is_2:
            root = file.getroottree().getroot()
            source, target = root.get("srcLang", ""), root.get("trgLang", "")
            metas = file.iterfind("{*}metadata/{*}metaGroup[@category='aligner']/{*}meta")
            facts = tuple((f"x-{meta.get('type')}", meta.text or "") for meta in metas)
        else:
            source, target = file.get("source-language", ""), file.get("target-language", "")
            notes = file.iterfind("{*}header/{*}note")
            facts = tuple((f"x-{note.get('from')}", note.text or "") for note in notes)
        if not target:
            # Some tools say it of each target only, some nowhere.
            named = (each.get(f"{XML}lang") for each in file.iter("{*}target"))
            target = next(filter(None, named), None) or self._otherwise[1]
        return XliffDocument(
            language_tag(source or self._otherwise[0]), language_tag(target), file.get("original", ""), facts
        )

    def _units(self, found: etree._Element, document: XliffDocument) -> Iterator[Unit]:
        """The units of an element; one that has no text is noted."""
        said = self._segments_2(found) if self._is_2 else self._segments_1(found)
        facts = _facts_2(found) if self._is_2 else _facts_1(found)
        if len(said) > 1 and facts.get("x-bead"):
            said = [_joined(said)]
        machine = _machine(found, is_2=self._is_2)
        notes = found.iterfind("{*}notes/{*}note" if self._is_2 else "{*}note")
        remarks = tuple(note.text or "" for note in notes)
        is_any = False
        for each in said:
            if each.pair.source.strip() or each.pair.target.strip():
                is_any = True
                yield self._unit(found, each, dict(facts), machine, document, remarks)
        if not is_any:
            self.findings.note(Defect.EMPTY_SEGMENT, line=line_of(found))

    def _segments_1(self, found: etree._Element) -> list[_Said]:
        pairs = segments(found)
        if self._is_phrase:
            strip = without_phrase_tags
            pairs = [SegmentPair(pair.id, strip(pair.source), strip(pair.target), pair.element) for pair in pairs]
        return [_Said(pair, marks_of(found, pair.element, pair.id)) for pair in pairs]

    def _segments_2(self, found: etree._Element) -> list[_Said]:
        said = []
        for number, segment in enumerate(found.iterfind("{*}segment"), 1):
            sides = [segment.find(f"{{*}}{side}") for side in ("source", "target")]
            texts = ["" if side is None else shown_text(side) for side in sides]
            name = segment.get("id") or str(number)
            said.append(_Said(SegmentPair(name, texts[0], texts[1], sides[1]), marks_of_segment(segment)))
        return said

    def _unit(
        self,
        found: etree._Element,
        said: _Said,
        facts: dict[str, str],
        machine: str,
        document: XliffDocument,
        notes: tuple[str, ...],
    ) -> Unit:
        source, target = said.pair.source, said.pair.target
        # A target without text says nothing, whatever its state is.
        if seg_text(target):
            # Our contexts are what went out: what a person did is in the states, which are read after this.
            facts |= {f"x-{SENT_STATUS}": facts.get("x-status", "")}
            answer = Answer(said.marks, (source, target), facts, machine, translate=_is_to_translate(found))
            facts |= answer.facts()
            target = "" if answer.is_undone else target
        if machine:
            facts["x-machine"] = machine
        own = said.pair.element.get(f"{XML}lang") if said.pair.element is not None else None
        variants = (
            Variant(document.source, source),
            Variant(
                language_tag(own) if own else document.target,
                target,
                changed=facts.get("x-changed", ""),
                changed_by=facts.get("x-changed-by", ""),
            ),
        )
        name = found.get("id", "")
        is_cut = bool(said.pair.id) and not facts.get("x-bead")
        return Unit(variants, f"{name}/{said.pair.id}" if is_cut else name, notes, tuple(facts.items()), line_of(found))


def _facts_1(found: etree._Element) -> dict[str, str]:
    contexts = found.iterfind("{*}context-group/{*}context")
    return {context.get("context-type", ""): context.text or "" for context in contexts}


def _facts_2(found: etree._Element) -> dict[str, str]:
    metas = found.iterfind("{*}metadata/{*}metaGroup[@category='aligner']/{*}meta")
    return {f"x-{meta.get('type')}": meta.text or "" for meta in metas}


def _joined(said: Sequence[_Said]) -> _Said:
    """The segments into which a tool cut a unit of ours, as one: as good as the worst of them."""

    def rank(each: _Said) -> int:
        marks = each.marks
        return UNDONE_FIRST.index(target_says(marks.state, marks.qualifier, approved=marks.approved))

    source = " ".join(filter(None, (each.pair.source.strip() for each in said)))
    target = " ".join(filter(None, (each.pair.target.strip() for each in said)))
    return _Said(SegmentPair("", source, target, said[0].pair.element), min(said, key=rank).marks)


def _machine(found: etree._Element, *, is_2: bool) -> str:
    """What a machine said, as an alternative tells it; what a memory had is told by its contexts."""
    alternatives = found.iterfind("{*}matches/{*}match" if is_2 else "{*}alt-trans")
    for each in alternatives:
        # With a quality, an alternative is a match of a memory.
        said = each.get("type") == "mt" if is_2 else is_machine(each.get("origin", ""))
        if said and each.get("match-quality") is None:
            return next((shown_text(target) for target in each.iterfind("{*}target")), "")
    return ""


def _is_to_translate(found: etree._Element) -> bool:
    """Whether the text is to be translated: the nearest element that says so counts."""
    said = (each.get("translate") for each in (found, *found.iterancestors()))
    return next(filter(None, said), "yes") != "no"

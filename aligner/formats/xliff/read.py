"""Read XLIFF 1.2: our own files as they come back from a CAT tool, and other tools' files as far as they are bitexts.

A target that the translator changed is edited, and a person's from then on; one approved or signed off as it was is
accepted (`aligner.formats.xliff.states`). Inline tags are dropped. Start reading at `read`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from lxml import etree

from aligner.errors import InputError
from aligner.formats.base import place
from aligner.formats.defects import Defect, Findings
from aligner.formats.fingerprints import is_changed
from aligner.formats.tmx.header import described
from aligner.formats.tmx.model import Properties, Unit, Variant
from aligner.formats.tmx.notation import language_tag, seg_text
from aligner.formats.tmx.to_bitext import BitextBuilder
from aligner.formats.xliff.states import status_of
from aligner.formats.xml_read import children, elements, forget, line_of, local_name
from aligner.model import Bitext, Origin, Status, identifier

_CODES = frozenset(("bpt", "ept", "ph", "it", "bx", "ex", "x"))
"""Elements that hold native codes; ``g`` and ``mrk`` hold text."""


def read(stream: BinaryIO) -> Iterator[Bitext]:
    """Yield a bitext for each ``file``; InputError for a file that is not XLIFF 1."""
    findings = Findings(place(stream) or "XLIFF")
    for found in elements(stream, findings, names=("file",), check_root=lambda root: _check_root(root, findings)):
        yield _bitext(found, findings)
        forget(found)
    findings.log()


def _check_root(root: etree._Element, findings: Findings) -> None:
    if local_name(root) != "xliff" or not root.get("version", "").startswith("1."):
        what = f"<{local_name(root)}> {root.get('version', '')}".strip()
        raise InputError(f"this is not XLIFF 1.2 but {what}", where=findings.name, hint="save it as XLIFF 1.2")


def _bitext(found: etree._Element, findings: Findings) -> Bitext:
    source, target = (language_tag(found.get(f"{side}-language") or "und") for side in ("source", "target"))
    notes = found.iterfind("{*}header/{*}note")
    facts = tuple((f"x-{note.get('from')}", note.text or "") for note in notes)
    unknown = (("x-document", _identifier(found.get("original", ""))),)
    known = described(facts, source, target) or described(unknown, source, target)
    name, about = next(iter(known.items()))
    builder = BitextBuilder(name, about, implied=False)
    for unit in found.iter("{*}trans-unit"):
        made = _unit(unit, source, target)
        if made is None:
            findings.note(Defect.EMPTY_SEGMENT, line=line_of(unit))
        else:
            builder.add(made, *made.variants)
    return builder.bitext()


def _identifier(original: str) -> str:
    """A document id for a file that names none."""
    try:
        return identifier(PurePath(original).stem)
    except InputError:
        return "xliff"


def _unit(found: etree._Element, source: str, target: str) -> Unit | None:
    parts = children(found)
    texts = [_plain(parts[name][0]) if name in parts else "" for name in ("source", "target")]
    if not any(text.strip() for text in texts):
        return None
    facts = {context.get("context-type", ""): context.text or "" for context in found.iter("{*}context")}
    machine = next((_plain(alternative) for alternative in _alternatives(found)), "")
    if "target" in parts:
        facts |= _review(parts["target"][0], facts, texts[1], machine, approved=found.get("approved") == "yes")
    if machine:
        facts["x-machine"] = machine
    properties: Properties = tuple(facts.items())
    variants = (
        Variant(source, texts[0]),
        Variant(target, texts[1], changed=facts.get("x-changed", ""), changed_by=facts.get("x-changed-by", "")),
    )
    notes = tuple(note.text or "" for note in parts.get("note", ()))
    return Unit(variants, found.get("id", ""), notes, properties, line_of(found))


def _alternatives(found: etree._Element) -> Iterator[etree._Element]:
    """The targets that are no match of a memory: a machine's."""
    for alternative in found.iterfind("{*}alt-trans"):
        if alternative.get("match-quality") is None:
            yield from alternative.iterfind("{*}target")


def _review(
    target: etree._Element, facts: dict[str, str], text: str, machine: str, *, approved: bool
) -> dict[str, str]:
    """Status and origin as the file says now."""
    text = seg_text(text)
    if is_changed(facts.get("x-written", ""), text):
        return {"x-status": Status.EDITED.value, "x-origin": Origin.HUMAN.value, "x-quality": ""}
    known = facts.get("x-status")
    status = Status(known) if known in {status.value for status in Status} else None
    changed = bool(machine) and seg_text(machine) != text
    return {"x-status": status_of(target.get("state", ""), status, approved=approved, changed=changed).value}


def _plain(found: etree._Element) -> str:
    """The text without inline tags and their codes."""
    parts = [found.text or ""]
    for child in found:
        if local_name(child) not in _CODES:
            parts.append(_plain(child))
        parts.append(child.tail or "")
    return "".join(parts)

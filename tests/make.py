"""Factories for what tests need again and again: segments, sides, beads, bitexts, corpora.

    bitext(("Oui.", "Yes."), ("Non.", ""), name="note")            a paragraph for each pair; "" is an empty side
    bitext_of("Un chat. Un chien.", "A cat. A dog.")               two running texts, cut by the program's rules
    corpus(folder, bitext(…), sources={"note.txt": "Oui."})        on disk, as a run leaves it

What a test does not say is plain: 1-1 beads, drafts, text, a paragraph for each segment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from aligner.corpus.store import Project, open_project, write_bitext
from aligner.model import Bead, Bitext, Kind, Role, Segment, Side, sha256
from aligner.text import segment

Texts = str | Sequence[str]
"""The segments of one side of a pair; the empty text is none."""
Pair = tuple[Texts, Texts] | tuple[Texts, Texts, Mapping[str, Any]]
"""Source, target and, if wanted, the other fields of the bead."""


def segments(*texts: str, together: bool = False) -> tuple[Segment, ...]:
    """Segments one after the other: each a paragraph, or all `together` in one."""
    found: list[Segment] = []
    for number, text in enumerate(texts, start=1):
        start = found[-1].end + 1 if found else 0
        place = (1, number) if together else (number, 1)
        found.append(Segment(text, start, start + len(text), *place))
    return tuple(found)


def side(language: str, *texts: str, **facts: Any) -> Side:
    """A side with a paragraph for each text; `facts` are other fields of `Side`."""
    return Side(language, segments(*texts), **facts)


def side_of(language: str, text: str, **facts: Any) -> Side:
    """A side that holds a running text, cut by the program's rules, with its digest."""
    return Side(language, tuple(segment(text, language)), **{"sha256": sha256(text), **facts})


def beads(count: int, **fields: Any) -> tuple[Bead, ...]:
    """So many 1-1 beads, all with the same fields."""
    return tuple(Bead((k,), (k,), **fields) for k in range(count))


def bitext(
    *pairs: tuple[Texts, Texts] | tuple[Texts, Texts, Mapping[str, Any]], name: str = "d", **facts: Any
) -> Bitext:
    """A bitext with a paragraph for each pair: source, target and, if wanted, the other fields of its bead.

    The segments of an excluded bead are boilerplate. `facts` are other fields of `Bitext`.

    >>> bitext(("Oui.", "Yes."), (["Non.", "Si."], "")).beads[1].source
    (1, 2)
    """
    sides: tuple[list[Segment], list[Segment]] = ([], [])
    made = []
    for paragraph, (*texts, fields) in enumerate(((*pair, {})[:3] for pair in pairs), start=1):
        role = Role.BOILERPLATE if fields.get("kind") is Kind.EXCLUDED else Role.TEXT
        members = []
        for found, text in zip(sides, texts, strict=True):
            several = [text] if isinstance(text, str) and text else list(text)
            members.append(tuple(range(len(found), len(found) + len(several))))
            for number, each in enumerate(several, start=1):
                start = found[-1].end + 1 if found else 0
                found.append(Segment(each, start, start + len(each), paragraph, number, role))
        made.append(Bead(members[0], members[1], **fields))
    source, target = sides
    return Bitext(name, Side("fr", tuple(source)), Side("en", tuple(target)), tuple(made), **facts)


def bitext_of(
    french: str, english: str, made: Sequence[Bead] | None = None, *, name: str = "d", **facts: Any
) -> Bitext:
    """A bitext of two running texts; without beads, the first sentence belongs to the first, and so on."""
    source, target = side_of("fr", french), side_of("en", english)
    return Bitext(name, source, target, beads(len(source.segments)) if made is None else tuple(made), **facts)


def corpus(folder: Path, *bitexts: Bitext, sources: Mapping[str, str] | None = None) -> Project:
    """A project in a folder with these bitexts, and with these files in ``corpus/fr`` (none: no such folder)."""
    project = open_project(folder / "corpus")
    for name, text in (sources or {}).items():
        path = project.corpus / "fr" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for each in bitexts:
        write_bitext(project.bitext_file(each.id), each)
    return project

"""What a corpus needs to know of a bitext without reading it: its figures, and the pairs of persons in it.

    bitext file ──stamp──▶ as it was? ──SHA-256──▶ really? ──▶ Facts      (`aligner.corpus.state` keeps them)

A corpus of many thousand documents is listed, and its memories are gathered, from these. Start reading at `facts_of`.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import aligner
from aligner.checks import Finding
from aligner.checks.registry import GLOSSARY
from aligner.corpus.state import CorpusState, is_settled, stamp_of
from aligner.corpus.store import Project, parse_bitext
from aligner.files import read_bytes
from aligner.memory import aligned_units, reviewed_units
from aligner.memory.index import MemoryUnit
from aligner.model import Bitext

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from aligner.pages import Summary

Units = tuple[tuple[MemoryUnit, ...], tuple[MemoryUnit, ...]]
"""The pairs that persons reviewed, and those that they wrote and nobody reviewed."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the content of one bitext file."""

    sha256: str
    """Of the file."""
    basis: str
    """What its English began as (`Provenance.basis`)."""
    memory: str
    """What the memories said to it (`Provenance.memory`)."""
    _summary: bytes
    _units: bytes

    @property
    def summary(self) -> Summary:
        """The figures that the list of documents shows."""
        return _summaries().validate_json(self._summary)

    @property
    def units(self) -> Units:
        """The pairs of persons, for memories."""
        return _units().validate_json(self._units) if self._units else ((), ())


Checked = Callable[[Bitext, str], Iterable[Finding]]
"""What the checks find in a bitext whose file has this SHA-256."""


def facts_of(project: Project, document: str, state: CorpusState, *, findings: Checked | None = None) -> Facts:
    """What a document's bitext says; it is read only if it changed since it was read last.

    `findings` is asked then; without it, the bitext is checked here. Raises InputError when it is missing or damaged.
    """
    path, revision = project.bitext_file(document), _revision()
    # before the file is read: what is written after that shows in the next stamp
    stamp = stamp_of(path)
    sql = "SELECT stamp, sha256, basis, memory, summary, units FROM pairs WHERE pair = ? AND id = ? AND revision = ?"
    for known, *found in state.rows(sql, project.pair, document, revision):
        if stamp and stamp == known:
            return Facts(*found)
    kept = stamp if is_settled(stamp) else ""
    data = read_bytes(path)
    digest = hashlib.sha256(data).hexdigest()
    for _, *found in state.rows(sql, project.pair, document, revision):
        if found[0] == digest:
            state.write("UPDATE pairs SET stamp = ? WHERE pair = ? AND id = ?", (kept, project.pair, document))
            return Facts(*found)
    facts = facts_from(parse_bitext(data, path), digest, findings)
    row = (project.pair, document, revision, digest, kept, facts.basis, facts.memory, facts._summary, facts._units)
    state.write("INSERT OR REPLACE INTO pairs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    return facts


def known_figures(project: Project, state: CorpusState, document: str = "") -> dict[str, tuple[str, dict[str, Any]]]:
    """The figures of all documents (or one) that the state knows, each with the stamp of the file that they are of.

    No file is looked at: whoever asks compares the stamps. The figures have the fields of
    `aligner.pages.listing.FIGURES` and the signature; whole summaries are not read, for there may be 100,000.
    """
    paths = ", ".join(f"'$.{path}'" for path in _PATHS)
    sql = f"SELECT id, stamp, json_extract(CAST(summary AS TEXT), {paths}) FROM pairs WHERE pair = ? AND revision = ?"  # noqa: S608 - our own names
    asked = (" AND id = ?", document) if document else ("",)
    found: dict[str, tuple[str, dict[str, Any]]] = {}
    for name, stamp, figures in state.rows(sql + asked[0], project.pair, _revision(), *asked[1:]):
        title, heading, publisher, date, pairs, drafts, *counts, first, second, signature = json.loads(figures)
        source_words, target_words, differing, errors, warnings = counts
        found[name] = (
            stamp,
            {
                "id": name,
                "title": title or heading or name,
                "publisher": publisher,
                "date": date,
                "pairs": pairs,
                "reviewed": pairs - drafts,
                "words": (source_words, target_words),
                "differing": differing,
                "means": [(mean, "") for mean in (first, second) if mean is not None],
                "errors": errors,
                "warnings": warnings,
                "signature": sys.intern(signature),
            },
        )
    return found


_PATHS = (
    "record.title", "heading", "record.publisher", "record.date", "beads", "statuses[0][1]", "source_words",
    "target_words", "differing", "errors", "warnings", "means[0].value", "means[1].value", "provenance.signature",
)  # fmt: skip
"""Where a summary says them; the first status is that of drafts."""


def facts_from(bitext: Bitext, digest: str, findings: Checked | None = None) -> Facts:
    """The facts of a bitext whose file has this SHA-256."""
    from aligner.pages import summarize

    units = tuple(reviewed_units(bitext)), tuple(aligned_units(bitext))
    provenance = bitext.provenance
    # the list of documents counts what holds for every glossary
    found = [each for each in findings(bitext, digest) if each.code != GLOSSARY] if findings else None
    summary = _summaries().dump_json(summarize(bitext, findings=found))
    return Facts(digest, provenance.basis, provenance.memory, summary, _units().dump_json(units) if any(units) else b"")


@cache
def _revision() -> str:
    """What tells facts of this version from those of others."""
    from aligner.memory import sources
    from aligner.memory.index import units
    from aligner.pages import beads, summary

    # the code that makes them: nobody need remember to raise a number
    code = "".join(map(inspect.getsource, (summary, beads, sources, units)))
    return f"{aligner.__version__} {hashlib.sha256(code.encode()).hexdigest()[:16]}"


@cache
def _summaries() -> TypeAdapter[Summary]:
    from pydantic import TypeAdapter

    from aligner.pages import Summary

    return TypeAdapter(Summary)


@cache
def _units() -> TypeAdapter[Units]:
    from pydantic import TypeAdapter

    return TypeAdapter(Units)

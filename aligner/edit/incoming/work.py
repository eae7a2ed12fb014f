"""The import of a file: find the beads, decide, rewrite what changed. Start reading at `import_file`.

What is written goes over the desk of its document (`aligner.edit.Desk`): under its lock, so that it can be undone
in the editor, and so that a program killed in the middle leaves nothing half done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from aligner.corpus.publish import republish
from aligner.corpus.store import Project
from aligner.documents import read_text
from aligner.edit import Desk
from aligner.edit.authorship import (
    KEPT,
    Decision,
    Incoming,
    Nature,
    decide,
)
from aligner.edit.desk import source_text
from aligner.edit.incoming.find import Beads, Place, even
from aligner.edit.incoming.page_edits import EDITS, import_edits
from aligner.edit.incoming.proposals import Proposal, proposals
from aligner.edit.incoming.report import Conflict, Imported, Report
from aligner.edit.names import somebody
from aligner.edit.rewrite import rewrite
from aligner.errors import counted
from aligner.model import Bead, Bitext, Origin, sha256
from aligner.signature import now
from aligner.text import Srx


def import_file(
    project: Project, path: Path, *, by: str = "", dry_run: bool = False, rules: Srx | None = None
) -> Report:
    """Take work from a TMX, XLIFF, XLSX or TSV file, or a review page's edits, into the bitexts and English texts.

    The exports of the documents that changed follow. `by` stands for what nobody is named for in the file (empty: the
    name of the account). With `dry_run` nothing is written, the report is the same but for the files. `rules` are those
    that the project was run with (None: the packaged ones). Raises InputError when the file cannot be read or there are
    no aligned pairs; what cannot be taken over is in the report.
    """
    by = somebody(by)
    if path.suffix.lower() == EDITS:
        return import_edits(project, path, by=by, dry_run=dry_run, rules=rules)
    sources = project.sources()
    units = proposals(path, project)
    present = [name for name in project.documents(None) if name in sources]
    session = _Session(project, Beads(project, present), rules, by)
    session.assign([unit for unit in units if unit.said.nature is Nature.WORK])
    changes = [change for name in present if (change := session.settle(name))]
    if not dry_run:
        changes = [change for change in changes if session.write(change)]
        session.written += republish(project, [change.bitext.id for change in changes], index=present)
    machines = [_as_listed(unit) for unit in units if unit.said.nature is Nature.MACHINES]
    undone = sum(unit.said.nature is Nature.UNDONE for unit in units)
    return Report(
        len(units),
        tuple(change.summary for change in changes),
        tuple(session.conflicts),
        tuple(session.written),
        untouched=len(units) - undone - len(machines) - len(session.used),
        undone=undone,
        machines=tuple(machines),
    )


def _as_listed(unit: Proposal) -> Conflict:
    """A unit that is left alone, as the report lists it."""
    where = f"{unit.document}:{unit.locator}" if unit.is_ours else ""
    return Conflict(where, Nature.MACHINES.value, unit.source, "", unit.said.text)


@dataclass(frozen=True, slots=True)
class _Change:
    """A document as it is to be."""

    bitext: Bitext
    english: str | None
    """Its English text; None: as it is."""
    summary: Imported


@dataclass(slots=True)
class _Session:
    """The state of one import."""

    project: Project
    beads: Beads
    rules: Srx | None
    by: str
    found: dict[Place, list[tuple[Proposal, bool]]] = field(default_factory=dict)
    """The proposals for a bead, each with whether it names the bead."""
    used: set[int] = field(default_factory=set)
    """The numbers of the proposals that change something, or are in conflict."""
    conflicts: list[Conflict] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)

    def assign(self, units: Sequence[Proposal]) -> None:
        """Find the beads of every proposal; those that have none are conflicts, unless there is nothing to lose."""
        for unit in units:
            places, named = self.beads.find(unit)
            for place in places:
                self.found.setdefault(place, []).append((unit, named))
            if not places and unit.said.is_news:
                where = f"{unit.document}:{unit.locator}" if unit.is_ours else ""
                self.conflicts.append(Conflict(where, self.beads.why_not(unit), unit.source, "", unit.said.text))
                self.used.add(unit.number)

    def settle(self, document: str) -> _Change | None:
        """What becomes of one document; None when nothing does."""
        bitext = self.beads.bitexts[document]
        decisions = dict(self._decisions(document, bitext))
        if not decisions:
            return None
        beads = [decisions[i].bead or bead if i in decisions else bead for i, bead in enumerate(bitext.beads)]
        texts = {i: decision.text for i, decision in decisions.items() if decision.text is not None}
        edited = sum(beads[i].origin is Origin.HUMAN for i in texts)
        summary = Imported(document, edited, len(decisions) - edited)
        dated = replace(bitext, provenance=replace(bitext.provenance, changed=now()))
        if not texts:
            return _Change(replace(dated, beads=tuple(beads)), None, summary)
        english = self._english(bitext)
        if english is None:
            changes = counted(len(texts), "change")
            reason = f"its English text is not the one that was aligned ({changes}): run `aligner run` first"
            self.conflicts.append(Conflict(document, reason))
            return None
        source = source_text(self.project, bitext)
        return _Change(*rewrite(dated, english, beads, texts, source=source, rules=self.rules), summary)

    def _decisions(self, document: str, bitext: Bitext) -> Iterator[tuple[int, Decision]]:
        for index, bead in enumerate(bitext.beads):
            place = (document, index)
            decision = self._decision(bitext, bead, self.found.get(place, []))
            if decision.reason:
                theirs = " | ".join(dict.fromkeys(unit.said.text for unit, _ in self.found[place]))
                where = f"{document}:{bitext.locator(bead)}"
                texts = self.beads.source(place), self.beads.target(place), theirs
                self.conflicts.append(Conflict(where, decision.reason, *texts))
            elif decision.bead:
                yield index, decision

    def _decision(self, bitext: Bitext, bead: Bead, found: Sequence[tuple[Proposal, bool]]) -> Decision:
        """What becomes of a bead: units that name it count before those that only have its source text."""
        units = [unit for unit, named in found if named] or [unit for unit, _ in found]
        units = [unit for unit in units if unit.said.text] or units
        made = {
            even(unit.said.text): decide(bitext, bead, _based(bitext, bead, unit), by=self.by, now=now())
            for unit in units
        }
        changing = [decision for decision in made.values() if decision != KEPT]
        if changing:
            self.used.update(unit.number for unit in units)
        if len(made) > 1 and any(decision.text or decision.reason for decision in changing):
            return Decision(reason="the file has several translations")
        return changing[0] if changing else KEPT

    def _english(self, bitext: Bitext) -> str | None:
        """The document's English text, None when it is not the one that its bitext is about."""
        path = self.project.target_file(bitext.id)
        text = read_text(path)[0] if path.exists() else ""
        return text if sha256(text) == bitext.target.sha256 else None

    def write(self, change: _Change) -> bool:
        """Write a document as it is to be; when another program changed it meanwhile, it is a conflict and stays."""
        name = change.bitext.id
        desk = Desk(self.project, name, rules=self.rules)
        if not desk.put(self.beads.bitexts[name], change.bitext, change.english):
            self.conflicts.append(Conflict(name, "another program changed it during the import: import again"))
            return False
        self.written += [desk.english_file] if change.english is not None else []
        self.written.append(desk.bitext_file)
        return True


def _based(bitext: Bitext, bead: Bead, unit: Proposal) -> Incoming:
    """What a unit says, with the text that went out where only the file's header tells it: the corpus's, unchanged."""
    said = unit.said
    if said.sent or said.base is not None or not unit.exported_from or unit.exported_from != bitext.target.sha256:
        return said
    return replace(said, base=bitext.target_text(bead))

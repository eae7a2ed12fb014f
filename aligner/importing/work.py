"""The import of a file: find the beads, decide, rewrite what changed. Start reading at `import_file`.

What is written goes over the desk of its document (`aligner.editing.Desk`): under its lock, so that it can be undone
in the editor, and so that a program killed in the middle leaves nothing half done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from aligner.clock import now
from aligner.editing import Desk
from aligner.editing.desk import source_text
from aligner.editing.rewrite import rewrite
from aligner.importing.edits import EDITS, import_edits
from aligner.importing.find import Beads, Place
from aligner.importing.merge import Decision, decide, even
from aligner.importing.proposals import Proposal, proposals
from aligner.importing.report import Conflict, Imported, Report
from aligner.ingest import read_text
from aligner.model import Bead, Bitext, sha256
from aligner.pipeline.publish import republish
from aligner.store import Project
from aligner.text import Srx
from aligner.wording import counted


def import_file(project: Project, path: Path, *, dry_run: bool = False, rules: Srx | None = None) -> Report:
    """Take work from a TMX, XLIFF or XLSX file, or a review page's edits, into the bitexts and English texts.

    The exports of the documents that changed follow. With `dry_run` nothing is written, the report is the same but for
    the files. `rules` are those that the project was run with (None: the packaged ones). Raises InputError when the
    file cannot be read or there are no aligned pairs; what cannot be taken over is in the report.
    """
    if path.suffix.lower() == EDITS:
        return import_edits(project, path, dry_run=dry_run, rules=rules)
    sources = project.sources()
    units = proposals(path, project)
    session = _Session(project, Beads(project, project.documents(None)), rules)
    session.assign(units)
    changes = [change for name in session.beads.documents if (change := session.settle(name))]
    if not dry_run:
        changes = [change for change in changes if session.write(change)]
        listed = [name for name in session.beads.documents if name in sources]
        session.written += republish(project, [change.bitext.id for change in changes], index=listed)
    done = tuple(change.summary for change in changes)
    return Report(len(units), done, tuple(session.conflicts), tuple(session.written))


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
    found: dict[Place, list[tuple[Proposal, bool]]] = field(default_factory=dict)
    """The proposals for a bead, each with whether it names the bead."""
    conflicts: list[Conflict] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)

    def assign(self, units: Sequence[Proposal]) -> None:
        """Find the beads of every proposal; those that have none are conflicts unless they have no target either."""
        for unit in units:
            places, named = self.beads.find(unit)
            for place in places:
                self.found.setdefault(place, []).append((unit, named))
            if not places and unit.target:
                reason = "no pair of the corpus has exactly this source text"
                self.conflicts.append(Conflict("", reason, unit.source, "", unit.target))

    def settle(self, document: str) -> _Change | None:
        """What becomes of one document; None when nothing does."""
        bitext = self.beads.bitexts[document]
        decisions = dict(self._decisions(document, bitext))
        if not decisions:
            return None
        beads = [decisions[i].bead or bead if i in decisions else bead for i, bead in enumerate(bitext.beads)]
        texts = {i: decision.text for i, decision in decisions.items() if decision.text is not None}
        summary = Imported(document, len(texts), len(decisions) - len(texts))
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
                theirs = " | ".join(dict.fromkeys(unit.target for unit, _ in self.found[place]))
                where = f"{document}:{bitext.locator(bead)}"
                texts = self.beads.source(place), self.beads.target(place), theirs
                self.conflicts.append(Conflict(where, decision.reason, *texts))
            elif decision.bead:
                yield index, decision

    def _decision(self, bitext: Bitext, bead: Bead, found: Sequence[tuple[Proposal, bool]]) -> Decision:
        """What becomes of a bead: units that name it count before those that only have its source text."""
        units = [unit for unit, named in found if named] or [unit for unit, _ in found]
        work = [unit for unit in units if unit.target and not unit.is_by_machine]
        made = {even(unit.target): decide(bitext, bead, unit, now=now()) for unit in work}
        changing = [decision for decision in made.values() if decision != Decision()]
        if len(made) > 1 and any(decision.text or decision.reason for decision in changing):
            return Decision(reason="the file has several translations")
        return changing[0] if changing else Decision()

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

"""The import of a file: find the beads, make an edit for each, apply the edits to their documents.

    file ──proposals──▶ Proposals ──Beads.find──▶ one TakeOver for each bead ──take──▶ the document, under its lock

Nothing is decided here: what becomes of a bead is decided where every edit is (`aligner.editing.apply`), on the
document as it is when its lock is held. An import is journalled and can be undone in the page like any edit. Start
reading at `import_file`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from aligner.corpus.publish import due, exports_expected, republish
from aligner.corpus.store import Project
from aligner.editing.apply import FOREIGN
from aligner.editing.authorship import Nature
from aligner.editing.edits import Before, TakeOver
from aligner.editing.incoming.find import BeadIndex, Place, not_here
from aligner.editing.incoming.page_edits import EDITS, import_edits
from aligner.editing.incoming.paragraphs import divided
from aligner.editing.incoming.proposals import Proposal, proposals
from aligner.editing.incoming.report import Conflict, ImportedDocument, ImportReport, files_of, summary_of_import
from aligner.editing.open_document import EditResult, OpenDocument
from aligner.editing.reviewer import somebody
from aligner.errors import counted
from aligner.formats.exchange.notation import seg_text
from aligner.text import Srx


def import_file(
    project: Project,
    path: Path,
    *,
    by: str = "",
    dry_run: bool = False,
    rules: Srx | None = None,
    edited: bool = False,
) -> ImportReport:
    """Take work from a TMX, XLIFF, XLSX or TSV file, or a review page's edits, into the bitexts and English texts.

    The exports of the documents that changed follow. `by` stands for what nobody is named for in the file (empty: the
    name of the account). With `dry_run` nothing is written, the report is the same but for the files. `rules` are those
    that the project was run with (None: the packaged ones). `edited` says that texts other than those that went out are
    a person's although the file says that a machine wrote them (`Incoming.as_edited`). Raises InputError when the file
    cannot be read or there are no aligned pairs; what cannot be taken over is in the report.
    """
    by = somebody(by)
    if path.suffix.lower() == EDITS:
        return import_edits(project, path, by=by, dry_run=dry_run, rules=rules)
    sources = project.sources()
    units = proposals(path, project)
    if edited:
        units = [replace(unit, said=unit.said.as_edited()) for unit in units]
    # documents that are left over take nothing in: nothing of them is published
    present = [name for name in project.documents(None) if name in sources]
    work = _Import(project, BeadIndex(project, present), rules, by, dry_run=dry_run)
    work.assign([unit for unit in units if unit.said.nature is Nature.WORK])
    work.name_absent(units)
    for name in present:
        work.take(name)
    # those, too, that an import changed which was killed before it could publish them
    if not dry_run and (changed := due(project)):
        # once for all documents: pages name their neighbours, the index all of them
        work.written += republish(project, changed, index=present)
    machines = [_as_listed(unit, Nature.MACHINES.value) for unit in units if unit.said.nature is Nature.MACHINES]
    undone = sum(unit.said.nature is Nature.UNDONE for unit in units)
    return ImportReport(
        len(units),
        tuple(work.documents),
        tuple(work.conflicts),
        tuple(work.written),
        untouched=len(units) - undone - len(machines) - len(work.used),
        undone=undone,
        machines=tuple(machines),
    )


def _as_listed(unit: Proposal, reason: str) -> Conflict:
    """A unit that is left alone, as the report lists it."""
    where = f"{unit.document}:{unit.locator}" if unit.is_ours else ""
    return Conflict(where, reason, unit.source, "", unit.said.text)


@dataclass(slots=True)
class _Import:
    """One import at work."""

    project: Project
    beads: BeadIndex
    rules: Srx | None
    by: str
    dry_run: bool
    found: dict[Place, list[tuple[Proposal, bool]]] = field(default_factory=dict)
    """The proposals for a bead, each with whether it names the bead."""
    used: set[int] = field(default_factory=set)
    """The numbers of the proposals that change something, or are in conflict."""
    documents: list[ImportedDocument] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)

    def assign(self, units: Sequence[Proposal]) -> None:
        """Find the beads of every proposal; those that have none are conflicts, unless there is nothing to lose."""
        for unit in units:
            places, named = self.beads.find(unit)
            for place in places:
                self.found.setdefault(place, []).append((unit, named))
            if places or self._divide(unit):
                continue
            # what is as it went out would change nothing: no reason to trouble anybody
            if unit.said.is_news:
                self.conflicts.append(_as_listed(unit, self.beads.why_not(unit)))
                self.used.add(unit.number)

    def name_absent(self, units: Sequence[Proposal]) -> None:
        """Name the documents of a file that went out from another corpus: that nothing changed would hide it.

        Where a document of the file is here, the others were here once, and of them only what is new is listed. So it
        is with one whose sentences are here: it was renamed.
        """
        known, listed = {*self.beads.documents, *self.project.bitexts()}, {each.where for each in self.conflicts}
        absent: dict[str, list[Proposal]] = {}
        for unit in units:
            if unit.is_ours:
                absent.setdefault(unit.document, []).append(unit)
        if known.intersection(absent):
            return
        for document, about in absent.items():
            if any(map(self.beads.occurs, about)):
                continue
            # those that say something new are in the list one by one
            if not listed.intersection(f"{unit.document}:{unit.locator}" for unit in about):
                self.conflicts.append(Conflict(document, not_here(self.project, document)))

    def _divide(self, unit: Proposal) -> bool:
        """Whether a unit is a whole paragraph; what it says of each of its sentences is then assigned."""
        found = self.beads.find_run(unit)
        if found is None or not unit.said.text:
            return False
        document, run = found
        bitext = self.beads.bitexts[document]
        # As it went out: the corpus may say something else since, and that is no contradiction.
        if unit.said.is_as_sent:
            return True
        parts = divided(unit, bitext, run, self.rules)
        for index, part in parts:
            self.found.setdefault((document, index), []).append((part, True))
        if not parts:
            listed = " ".join(bitext.locator(bitext.beads[index]) for index in run)
            texts = [seg_text(bitext.target_text(bitext.beads[index])) for index in run]
            reason = "it is not clear which sentence of this paragraph has which text: write them on the review page"
            shown = Conflict(f"{document}:{listed}", reason, unit.source, " ".join(filter(None, texts)), unit.said.text)
            self.conflicts.append(shown)
            self.used.add(unit.number)
        return True

    def take(self, document: str) -> None:
        """Take what the file says into one document."""
        bitext = self.beads.bitexts[document]
        units: dict[str, list[Proposal]] = {}
        edits = []
        for index, bead in enumerate(bitext.beads):
            found = self.found.get((document, index), [])
            # those that name the bead count before those that only have its source text
            about = [unit for unit, named in found if named] or [unit for unit, _ in found]
            if about:
                locator = bitext.locator(bead)
                units[locator] = about = [unit for unit in about if unit.said.text] or about
                # what the person had before them, as far as the file tells it
                first = about[0].said
                saw = first.text if first.is_as_sent else first.base or ""
                before = Before(saw, first.sent_status or first.status, first.sent, first.maker)
                edits.append(TakeOver(bead=locator, before=before, said=tuple(unit.said for unit in about)))
        if not units:
            return
        opened = OpenDocument(self.project, document, rules=self.rules)
        stored = opened.read()
        with exports_expected(self.project, document, unless=self.dry_run) as expected:
            outcome = opened.take(edits, by=self.by, dry_run=self.dry_run, together=True)
            expected.happened = bool(outcome.edits)
        for edit in (*outcome.edits, *(conflict.edit for conflict in outcome.conflicts)):
            self.used.update(unit.number for unit in units[edit.bead])
        self.conflicts += _conflicts(document, outcome, units)
        if outcome.edits:
            self.documents.append(summary_of_import(document, outcome))
        self.written += files_of(opened, stored, outcome.stored)


def _conflicts(document: str, outcome: EditResult, units: dict[str, list[Proposal]]) -> list[Conflict]:
    """The conflicts of a document as the report lists them; one for all where its English is not the aligned one."""
    if outcome.refused == FOREIGN:
        # one line for the document: the same reason for every unit would hide the others
        lost = sum(conflict.reason == FOREIGN for conflict in outcome.conflicts)
        what = f"its English text is not the one that was aligned ({counted(lost, 'change')}): run `aligner run` first"
        return [Conflict(document, what)]
    listed = []
    for conflict in outcome.conflicts:
        theirs = " | ".join(dict.fromkeys(unit.said.text for unit in units[conflict.edit.bead]))
        where, ours = f"{document}:{conflict.edit.bead}", seg_text(conflict.ours)
        listed.append(Conflict(where, conflict.reason, seg_text(conflict.source), ours, theirs))
    return listed

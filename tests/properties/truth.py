"""Every sentence tells the truth about where it came from, whatever happens to a corpus and in whatever order.

A sequence of runs (two models, with a glossary or without), edits in the page, by file and by import, exports that come
back later, sources deleted, renamed and added to, is played on a small corpus. Beside it `Memory` keeps what persons
wrote and accepted, sentence by sentence; after every run the bitexts must say the same. The engine is made up, for it
must answer in no time; two real packages are in ``tests/end_to_end/test_truth.py``.

``ALIGNER_SEQUENCES`` sets how many sequences are played, ``ALIGNER_SEED`` which.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from aligner.config import RunOptions
from aligner.corpus.exports import export_named
from aligner.corpus.store import open_project, read_bitext
from aligner.editing import OpenDocument
from aligner.editing.edits import (
    Before,
    Edit,
    SetNote,
    SetStatus,
    SetText,
)
from aligner.editing.incoming import import_file
from aligner.formats import WriteOptions
from aligner.model import REVIEWED, Bead, Bitext, Kind, Origin, Status
from aligner.pipeline import run
from aligner.pipeline.leftover import why_kept
from aligner.pipeline.report import Done, Report
from aligner.translation import MadeBy, Progress, Rendering

SEQUENCES = int(os.environ.get("ALIGNER_SEQUENCES", "500"))
SEED = int(os.environ.get("ALIGNER_SEED", "0"))
DOCUMENTS = ("lettre", "1998--note")
"""One in the folder of sources, one in a folder of it."""
SENTENCES = 4
FORMATS = ("xliff", "tmx", "xlsx", "tsv")
_WORDS = {
    "A": ("Minister {0} signed accord {0} on behalf of country {0}.", "accord", "treaty"),
    "B": ("The accord of number {0} was signed by the minister, for the country {0}.", "accord", "treaty"),
}


def french(number: int) -> str:
    """A sentence of a source, of its own."""
    return f"Le ministre {number} a signé l'accord {number} au nom du pays {number}."


class MadeUp:
    """An engine with two models that say the same in other words; a glossary has another word for one of them."""

    def __init__(self, model: str, *, glossary: bool) -> None:
        self.model, self.glossary, self.fresh = model, glossary, 0

    @property
    def made_by(self) -> MadeBy:
        return MadeBy("made-up 1", f"model {self.model}", self.model * 64)

    @property
    def signature(self) -> str:
        return f"made-up {self.model} {self.glossary}"

    def close(self) -> None:
        """Nothing to let go of."""

    def translate(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Rendering]:
        del progress
        return [Rendering(self.say(text), 0.5, (), 0.6) for text in texts]

    def say(self, text: str) -> str:
        """What this model says to a sentence of `french`."""
        said, plain, term = _WORDS[self.model]
        made = said.format("".join(c for c in text.partition(" a signé")[0] if c.isdigit()))
        return made.replace(plain, term) if self.glossary else made


@dataclass
class Memory:
    """What persons did, by the source text of the sentence."""

    wrote: dict[str, set[str]] = field(default_factory=dict)
    """Every text that a person wrote for it."""
    theirs: dict[str, str] = field(default_factory=dict)
    """The text that a person wrote last, where nobody has taken it back."""
    accepted: dict[str, str] = field(default_factory=dict)
    """The machine's text that a person accepted."""

    def write(self, source: str, text: str) -> None:
        self.wrote.setdefault(source, set()).add(text)
        self.theirs[source] = text
        self.accepted.pop(source, None)

    def accept(self, source: str, text: str) -> None:
        if source not in self.theirs:
            self.accepted[source] = text


@dataclass(frozen=True)
class Sent:
    """A file that went out."""

    path: Path
    format: str
    document: str
    texts: dict[str, str]
    """The English of each sentence when it went out, by its source text."""


class Corpus:
    """A small corpus, what happens to it, and what must hold."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.project = folder, open_project(folder / "corpus")
        self.memory, self.sent = Memory(), list[Sent]()
        self.engine = MadeUp("A", glossary=False)
        self.numbers = {name: [SENTENCES * k + n for n in range(SENTENCES)] for k, name in enumerate(DOCUMENTS)}
        self.count = 100
        for name in DOCUMENTS:
            self.write_source(name)

    def source_file(self, name: str) -> Path:
        return self.project.corpus / "fr" / f"{name.replace('--', '/')}.txt"

    def write_source(self, name: str) -> None:
        path = self.source_file(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(french(number) for number in self.numbers[name]) + "\n", encoding="utf-8")

    def bitext(self, name: str) -> Bitext:
        return read_bitext(self.project.bitext_file(name))

    def names(self) -> list[str]:
        """The documents that have a source and pairs."""
        return [name for name in self.numbers if self.project.bitext_file(name).exists()]

    def new_text(self) -> str:
        """A text that only a person can have written."""
        self.count += 1
        return f"What a person wrote here has the number {self.count}, dear reader."

    # What may happen. Each takes numbers that choose among what there is.

    def run(self, model: int, options: int) -> None:
        """A run, and another one that must have nothing to do."""
        self.engine = MadeUp("AB"[model % 2], glossary=options % 2 == 1)
        report = self._run(force=options % 5 == 0)
        assert not [outcome.error for outcome in report.outcomes if outcome.error]
        self.check()
        before = self.files()
        again = self._run()
        assert {outcome.done for outcome in again.outcomes} == {Done.UNCHANGED}
        assert self.files() == before

    def _run(self, *, force: bool = False) -> Report:
        with mock.patch("aligner.pipeline.tools.open_engine", return_value=self.engine):
            return run(self.project, RunOptions(force=force))

    def edit_in_page(self, document: int, sentence: int) -> None:
        if (found := self.choose(document, sentence)) is None:
            return
        name, source, bead = found
        text = self.new_text()
        if self.edit(name, SetText(**self.seen(name, bead), text=text)):
            self.memory.write(source, text)

    def edit_to_what_was_there(self, document: int, sentence: int) -> None:
        """A person writes what the machine says: it stays the machine's."""
        if (found := self.choose(document, sentence)) is None:
            return
        name, source, bead = found
        machine = bead.machine or ""
        changes = machine not in ("", self.bitext(name).target_text(bead))
        if changes and self.edit(name, SetText(**self.seen(name, bead), text=machine)):
            self.memory.theirs.pop(source, None)
            self.memory.accepted[source] = machine

    def accept(self, document: int, sentence: int) -> None:
        if (found := self.choose(document, sentence)) is None:
            return
        name, source, bead = found
        if bead.status not in REVIEWED and self.edit(name, SetStatus(**self.seen(name, bead), status=Status.ACCEPTED)):
            self.memory.accept(source, self.bitext(name).target_text(bead))

    def remark(self, document: int, sentence: int) -> None:
        if (found := self.choose(document, sentence)) is None:
            return
        name, _, bead = found
        self.edit(name, SetNote(**self.seen(name, bead), note=f"remark {self.count}"))

    def edit_file(self, document: int, sentence: int) -> None:
        """A person opens the English file and writes another sentence."""
        if (found := self.choose(document, sentence)) is None:
            return
        name, source, bead = found
        path, text = self.project.target_file(name), self.new_text()
        present, english = self.bitext(name).target_text(bead), path.read_text(encoding="utf-8")
        if present and present in english:
            path.write_text(english.replace(present, text, 1), encoding="utf-8")
            self.memory.write(source, text)
            self.run(self.engine.model == "B", self.engine.glossary)

    def put_beside(self, document: int, sentence: int) -> None:
        """A person puts the English with another sentence beside its place, under the document's id."""
        found = self.choose(document, sentence)
        if found is None or "--" not in found[0]:
            return
        name, source, bead = found
        path, text = self.project.target_file(name), self.new_text()
        present, english = self.bitext(name).target_text(bead), path.read_text(encoding="utf-8")
        if not present or present not in english:
            return
        flat, is_theirs = self.project.corpus / "en" / f"{name}.txt", why_kept(self.project, name)
        flat.write_text(english.replace(present, text, 1), encoding="utf-8")
        if is_theirs:
            own = path, flat, self.project.bitext_file(name)
            before = [each.read_bytes() for each in own]
            assert {outcome.id for outcome in self._run().outcomes if outcome.error} == {name}
            assert [each.read_bytes() for each in own] == before
            flat.unlink()
        else:
            self.memory.write(source, text)
        self.run(self.engine.model == "B", self.engine.glossary)

    def lose_file(self, document: int, sentence: int) -> None:  # noqa: ARG002
        if (name := self.document(document)) is not None:
            self.project.target_file(name).unlink(missing_ok=True)
            self.run(self.engine.model == "B", self.engine.glossary)

    def export(self, document: int, form: int) -> None:
        if (name := self.document(document)) is None:
            return
        bitext, made = self.bitext(name), FORMATS[form % len(FORMATS)]
        row = export_named(made)
        path = self.folder / "sent" / f"{len(self.sent)}" / row.filename.format(id=name, pair=self.project.pair)
        path.parent.mkdir(parents=True)
        path.write_bytes(row.render(bitext, WriteOptions()))
        texts = {bitext.source_text(b): bitext.target_text(b) for b in bitext.beads}
        self.sent.append(Sent(path, made, name, texts))

    def import_untouched(self, number: int, _: int) -> None:
        if self.sent:
            sent = self.sent[number % len(self.sent)]
            before = self.files()
            report = import_file(self.project, sent.path)
            assert not report.conflicts
            assert self.files() == before

    def import_changed(self, number: int, sentence: int) -> None:
        """A person changed one sentence in a file that went out; a TSV file stands for all formats."""
        tables = [sent for sent in self.sent if sent.format == "tsv" and sent.document in self.names()]
        if not tables:
            return
        sent = tables[number % len(tables)]
        there = [source for source, text in sent.texts.items() if text and source in self.sources(sent.document)]
        if not there:
            return
        source, text = there[sentence % len(there)], self.new_text()
        changed = sent.path.with_name(f"changed-{self.count}.tsv")
        changed.write_text(sent.path.read_text(encoding="utf-8").replace(sent.texts[source], text), encoding="utf-8")
        report = import_file(self.project, changed)
        if not report.conflicts:
            self.memory.write(source, text)

    def import_with_marks(self, number: int, sentence: int) -> None:
        """A sentence of an XLIFF draft has another text beside the same marks: a person says whose it is, or nobody."""
        files = [sent for sent in self.sent if sent.format == "xliff" and sent.document in self.names()]
        if not files:
            return
        sent = files[number % len(files)]
        content = sent.path.read_text(encoding="utf-8")
        draft = 'state="needs-review-translation" state-qualifier="leveraged-mt">{}</target>'
        there = [
            source
            for source, text in sent.texts.items()
            if draft.format(text) in content and source in self.sources(sent.document)
        ]
        if not there:
            return
        source, text = there[sentence % len(there)], self.new_text()
        changed = sent.path.with_name(f"changed-{self.count}.xlf")
        changed.write_text(content.replace(draft.format(sent.texts[source]), draft.format(text)), encoding="utf-8")
        before = self.files()
        assert import_file(self.project, changed).machines
        assert self.files() == before
        if number % 2 and not import_file(self.project, changed, edited=True).conflicts:
            self.memory.write(source, text)

    def add(self, document: int, place: int) -> None:
        if (name := self.document(document)) is not None:
            self.count += 1
            numbers = self.numbers[name]
            numbers.insert(place % (len(numbers) + 1), self.count)
            self.write_source(name)
            self.run(self.engine.model == "B", self.engine.glossary)

    def delete(self, document: int, _: int) -> None:
        if len(self.numbers) > 1 and (name := self.document(document)) is not None:
            self.source_file(name).unlink()
            for number in self.numbers.pop(name):
                self.memory.theirs.pop(french(number), None)
                self.memory.accepted.pop(french(number), None)

    def rename(self, document: int, _: int) -> None:
        if (name := self.document(document)) is not None:
            self.count += 1
            renamed = "".join(name.rpartition("--")[:2]) + f"renamed-{self.count}"
            self.source_file(name).rename(self.source_file(renamed))
            self.numbers[renamed] = self.numbers.pop(name)
            self.run(self.engine.model == "B", self.engine.glossary)

    # What must hold.

    def check(self) -> None:
        """No sentence of a machine says human, none of a person's is lost or changed, drafts are today's."""
        found: dict[str, tuple[Bitext, Bead]] = {}
        for name in self.numbers:
            bitext = self.bitext(name)
            assert self.project.target_file(name).exists()
            for bead in bitext.beads:
                source, text = bitext.source_text(bead), bitext.target_text(bead)
                found[source] = bitext, bead
                if bead.origin is Origin.HUMAN:
                    assert text in self.memory.wrote.get(source, ()), f"{source!r} says human: {text!r}"
                elif bead.status is Status.DRAFT and text:
                    assert text == self.engine.say(source)
                    assert (bead.maker, bead.quality) == (f"model {self.engine.model} {self.engine.model * 16}", 0.6)
        for source, text in self.memory.theirs.items():
            bitext, bead = found[source]
            assert (bitext.target_text(bead), bead.origin) == (text, Origin.HUMAN)
        for source, text in self.memory.accepted.items():
            bitext, bead = found[source]
            assert (bitext.target_text(bead), bead.origin, bead.status) == (text, Origin.MACHINE, Status.ACCEPTED)
            assert bead.by
            assert bead.changed

    def files(self) -> dict[str, bytes]:
        """What a person can see of the corpus."""
        paths = [path for part in ("corpus", "tmx", "tei", "review") for path in (self.folder / part).rglob("*")]
        return {str(path): path.read_bytes() for path in paths if path.is_file()}

    # How to find one's way.

    def document(self, number: int) -> str | None:
        names = self.names()
        return names[number % len(names)] if names else None

    def choose(self, document: int, sentence: int) -> tuple[str, str, Bead] | None:
        """One pair of a document: its document, its source text, the bead."""
        if (name := self.document(document)) is None:
            return None
        bitext = self.bitext(name)
        beads = [bead for bead in bitext.beads if bead.type == "1-1" and bead.kind is not Kind.EXCLUDED]
        if not beads:
            return None
        bead = beads[sentence % len(beads)]
        return name, bitext.source_text(bead), bead

    def sources(self, name: str) -> set[str]:
        return {french(number) for number in self.numbers[name]}

    def seen(self, name: str, bead: Bead) -> dict[str, object]:
        bitext = self.bitext(name)
        return {"bead": bitext.locator(bead), "before": Before(bitext.target_text(bead), bead.status)}

    def edit(self, name: str, edit: Edit) -> bool:
        """Whether an edit in the page was taken."""
        return not OpenDocument(self.project, name).apply([edit], by="ada").refused


STEPS = (
    Corpus.run, Corpus.run, Corpus.edit_in_page, Corpus.edit_in_page, Corpus.edit_to_what_was_there, Corpus.accept,
    Corpus.accept, Corpus.remark, Corpus.edit_file, Corpus.put_beside, Corpus.lose_file, Corpus.export,
    Corpus.export,
    Corpus.import_untouched, Corpus.import_untouched, Corpus.import_changed, Corpus.import_with_marks,
    Corpus.add, Corpus.delete, Corpus.rename,
)  # fmt: skip
"""What may happen; what happens often in life is there twice."""

PHASES = tuple(phase for phase in Phase if "ALIGNER_SHRINK" in os.environ or phase not in (Phase.shrink, Phase.explain))
"""A failing sequence is short enough to read; making it shorter takes minutes, so it must be asked for."""

small = st.integers(0, 7)


@contextmanager
def a_corpus() -> Iterator[Corpus]:
    fast = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - in memory, and a folder of its own
    folder = Path(tempfile.mkdtemp(prefix="truth-", dir=fast))
    try:
        yield Corpus(folder)
    finally:
        shutil.rmtree(folder)


steps = st.lists(st.tuples(st.sampled_from(STEPS), small, small), min_size=3, max_size=9)
"""What is played: steps, each with two numbers that choose."""


def half(number: int) -> settings:
    """How one of the two halves of the sequences is played: they are two files, which run side by side."""
    examples = SEQUENCES // 2 + (number == 1 and SEQUENCES % 2)
    checks = list(HealthCheck)
    return settings(
        max_examples=max(examples, 1), deadline=None, suppress_health_check=checks, print_blob=True, phases=PHASES
    )


def play(played: list[tuple[object, int, int]]) -> None:
    """Play a sequence of steps on a corpus that was run once, and run it twice more, with both models."""
    with a_corpus() as corpus:
        corpus.run(0, 2)
        for step, first, second in played:
            step(corpus, first, second)  # type: ignore[operator]
        corpus.run(1, 2)
        corpus.run(0, 1)

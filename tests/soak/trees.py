"""A project in all its stages: before a command, after it, and what there is in between.

A `Work` is a command with the tree that it finds and the tree that it leaves when nothing disturbs it. `demand_whole`
says what must hold at any moment: every file is as it was or as it will be. Start reading at `works`.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from aligner.corpus.store import open_project, read_bitext
from aligner.editing import OpenDocument
from aligner.editing.edits import Before, SetStatus, SetText
from aligner.model import Status
from tests.soak.commands import call
from tests.soak.trial import demand
from tests.unit.documents import made

Tree = dict[str, bytes]

LETTER = """\
Déclaration de la ministre

La ministre a reçu mardi son homologue à Genève. Ils ont examiné la situation dans la région.
Les deux pays ont signé un accord de coopération. Il entrera en vigueur le 1er mars 2027.
"""
NOTE = "Le conseil s'est réuni mardi. Il a adopté trois textes.\nLa séance est levée à 18 h 30.\n"
LINES = [f"Le ministre {n} a signé l'accord {n % 7} au nom du pays." for n in range(12)]
WRITTEN = "This sentence a person wrote."


def tree(folder: Path, *, state: bool = False) -> Tree:
    """Every file of a folder by its place; caches, journals and locks only with `state`."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and (state or not (name.startswith(".aligner/") or "/.aligner/" in name)):
            found[name] = path.read_bytes()
    return found


def is_stranger(name: str) -> bool:
    """Whether a file is what a killed writer leaves: it has no name that anybody would read."""
    return name.rpartition("/")[2].startswith(".") and name.endswith(".tmp")


def demand_whole(now: Tree, before: Tree, after: Tree, what: str) -> None:
    """Demand that every file is as it was before or as it is after, and that none is missing that is in both.

    Pages and the index for searching name other documents than in the end where not all could be done: they must end
    as they do in the end.
    """
    for name, data in now.items():
        if is_stranger(name) or ".unfinished" in name:
            continue
        demand(name in before or name in after, f"{what}: {name} is nobody's")
        page = name.endswith(".html") and data.endswith(b"</html>\n")
        page |= name.endswith("/search.js") and data.endswith(b"};\n")
        demand(
            page or data in (before.get(name), after.get(name)),
            f"{what}: {name} is neither the old file nor the new one",
        )
    for name in before:
        demand(name in now or name not in after, f"{what}: {name} is gone")


def demand_state(folder: Path, what: str) -> None:
    """Demand that what the program keeps for itself is whole, too: JSON that can be read, a sound database."""
    for path in (folder / ".aligner").rglob("*.json"):
        try:
            json.loads(path.read_bytes())
        except ValueError:
            demand(False, f"{what}: {path.relative_to(folder)} is damaged")
    for path in (folder / ".aligner").rglob("*.sqlite"):
        with closing(sqlite3.connect(path)) as opened:
            try:
                found = opened.execute("PRAGMA integrity_check").fetchone()[0]
            except sqlite3.Error as error:
                found = str(error)
        demand(found == "ok", f"{what}: the cache is damaged ({found})")


@dataclass(frozen=True)
class Work:
    """A command on a project."""

    name: str
    arguments: tuple[str, ...]
    template: Path
    """The project before it."""
    before: Tree
    after: Tree
    seconds: float
    """How long it takes when nothing disturbs it."""
    codes: tuple[int, ...] = (0,)

    def begin(self, folder: Path) -> Path:
        """A copy of the project, to be worked on."""
        place = folder / "work"
        shutil.copytree(self.template, place, symlinks=True)
        account = self.template.parent / f"account-{self.template.name}"
        if account.exists():
            shutil.copytree(account, folder / "account-work")
        return place


def sources(folder: Path) -> None:
    """A corpus of a letter, a note in Markdown and a Word document."""
    place = folder / "corpus/fr"
    place.mkdir(parents=True)
    (place / "lettre.txt").write_text(LETTER, encoding="utf-8")
    (place / "note.md").write_text(NOTE, encoding="utf-8")
    (place / "visite.docx").write_bytes(made.docx())


def ran(folder: Path) -> None:
    """The same after a run."""
    sources(folder)
    call(["run"], folder)


def reviewed(folder: Path) -> None:
    """The same after a run, with a sentence that a person wrote and one that a person accepted."""
    ran(folder)
    edit(folder, "lettre", 2, WRITTEN)
    edit(folder, "lettre", 1, None)


def edit(folder: Path, name: str, number: int, text: str | None) -> None:
    """Edit a bead, or accept it without a text."""
    project = open_project(folder / "corpus")
    bitext = read_bitext(project.bitext_file(name))
    bead = bitext.beads[number]
    before = Before(bitext.target_text(bead), bead.status)
    locator = bitext.locator(bead)
    change = (
        SetText(bead=locator, before=before, text=text)
        if text is not None
        else SetStatus(bead=locator, before=before, status=Status.ACCEPTED)
    )
    clock = lambda: "2026-01-01T00:00:00Z"  # noqa: E731 - the clock of the commands
    demand(not OpenDocument(project, name, clock=clock).apply([change], by="ada").refused, "an edit was refused")


def changed(folder: Path) -> None:
    """Reviewed, and then a source changed: a run renews it around the person's work."""
    reviewed(folder)
    path = folder / "corpus/fr/lettre.txt"
    path.write_text(path.read_text("utf-8") + "La prochaine réunion aura lieu à Lyon.\n", encoding="utf-8")
    (folder / "corpus/fr/ajout.txt").write_text("Un texte de plus. Il est court.\n", encoding="utf-8")


def returned(form: str, suffix: str) -> Callable[[Path], None]:
    """A project with a file that a person changed and sends back."""

    def make(folder: Path) -> None:
        ran(folder)
        call(["export", "--format", form, "-o", "sent"], folder)
        [path] = (folder / "sent").glob(f"lettre*{suffix}")
        bitext = read_bitext(open_project(folder / "corpus").bitext_file("lettre"))
        machine = bitext.target_text(bitext.beads[1])
        if suffix == ".xlsx":
            _in_archive(path, machine, WRITTEN)
        else:
            text = path.read_text("utf-8")
            demand(machine in text, "the machine's text is not in the export")
            # in XLIFF the machine's text is there twice: the target is what a person writes into
            old = re.compile(
                rf"<target[^>]*>{re.escape(machine)}</target>(?=\s*<con)" if suffix == ".xlf" else re.escape(machine)
            )
            new = f'<target state="translated">{WRITTEN}</target>' if suffix == ".xlf" else WRITTEN
            path.write_text(old.sub(new, text, count=1), encoding="utf-8")

    return make


def _in_archive(path: Path, old: str, new: str) -> None:
    import openpyxl

    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == old:
                    cell.value = new
    book.save(path)


def page_edits(folder: Path) -> None:
    """A project with a file of edits from a page."""
    ran(folder)
    bitext = read_bitext(open_project(folder / "corpus").bitext_file("lettre"))
    edits = []
    for number in (1, 2, 3):
        bead = bitext.beads[number]
        before = {"target": bitext.target_text(bead), "status": bead.status.value}
        moment = f"2026-01-01T0{number}:00:00Z"
        edits.append(
            {"op": "text", "bead": bitext.locator(bead), "before": before, "at": moment, "text": f"{WRITTEN} {number}"}
        )
    head = {"aligner-edits": 1, "document": "lettre", "languages": ["fr", "en"], "base": "", "version": "", "by": "Ada"}
    (folder / "lettre.edits.json").write_text(json.dumps({**head, "edits": edits}), encoding="utf-8")


def lined(folder: Path) -> None:
    """A file of lines; few different ones, so that the model is not what takes the time."""
    folder.mkdir(parents=True)
    (folder / "lines.fr").write_text("".join(f"{LINES[n % len(LINES)]}\n" for n in range(3_000)), encoding="utf-8")


def memories(folder: Path) -> None:
    """A project with a folder of memories that other tools made."""
    ran(folder)
    place = folder / "tm"
    place.mkdir()
    for number in range(3):
        units = "".join(
            f'<tu tuid="{number}-{n}"><tuv xml:lang="fr"><seg>Phrase {n} du traité {number}.</seg></tuv>'
            f'<tuv xml:lang="en"><seg>Sentence {n} of treaty {number}.</seg></tuv></tu>\n'
            for n in range(1_500)
        )
        head = (
            'creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="fr" '
            'datatype="plaintext"'
        )
        (place / f"m{number}.tmx").write_text(
            f'<?xml version="1.0"?>\n<tmx version="1.4"><header {head}/><body>\n{units}</body></tmx>\n',
            encoding="utf-8",
        )


_WORKS: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "run": (sources, ("run",)),
    "run around a person's work": (changed, ("run",)),
    "translate --lines": (lined, ("translate", "--lines", "lines.fr", "-o", "lines.en", "--resume")),
    "import tsv": (returned("tsv", ".tsv"), ("import", "sent/lettre.fr-en.tsv", "--by", "ada")),
    "import xliff": (returned("xliff", ".xlf"), ("import", "sent/lettre.fr-en.xlf", "--by", "ada")),
    "import xlsx": (returned("xlsx", ".xlsx"), ("import", "sent/lettre.fr-en.xlsx", "--by", "ada")),
    "import edits": (page_edits, ("import", "lettre.edits.json")),
    "export xliff": (reviewed, ("export", "--format", "xliff", "-o", "out")),
    "export xlsx": (reviewed, ("export", "--format", "xlsx")),
    "export omegat-project": (reviewed, ("export", "--format", "omegat-project", "-o", "omegat")),
    "export docx": (reviewed, ("export", "--format", "docx", "-o", "out")),
    "export tei": (reviewed, ("export", "--format", "tei", "--one-file", "-o", "out")),
    "memory import": (memories, ("memory", "import", "tm")),
}


@cache
def place_of_templates() -> Path:
    """Where the projects before the commands lie, as long as this process lives."""
    place = Path(mkdtemp(prefix="aligner-soak-templates-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))  # noqa: S108
    owner = os.getpid()
    atexit.register(lambda: shutil.rmtree(place, ignore_errors=True) if os.getpid() == owner else None)
    return place


@cache
def work(name: str) -> Work:
    """A work, prepared and done once without being disturbed."""
    make, arguments = _WORKS[name]
    place = place_of_templates()
    template = place / f"{len(list(place.iterdir()))}-{name.replace(' ', '-').replace(chr(39), '')}"
    make(template)
    before = tree(template)
    whole = Work(name, arguments, template, before, {}, 0)
    trial = template.with_name(template.name + "-done")
    trial.mkdir()
    done = whole.begin(trial)
    begun = time.monotonic()
    codes = (0, 1) if name.startswith("import") else (0,)
    call(arguments, done, *codes)
    seconds = time.monotonic() - begun
    after = tree(done)
    demand(after != before, f"{name}: it changes nothing")
    shutil.rmtree(trial)
    return Work(name, arguments, template, before, after, seconds, codes)


def names() -> list[str]:
    """The names of all works."""
    return list(_WORKS)

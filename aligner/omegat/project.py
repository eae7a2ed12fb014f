"""An OmegaT project of a corpus, ready to open: texts, segmentation rules and translation memories.

    <folder>/omegat.project                                   the settings
    <folder>/source/<id>.txt                                  the texts, boilerplate left out
    <folder>/omegat/segmentation.srx, segmentation.conf       where OmegaT cuts: exactly where aligner does
    <folder>/tm/auto/aligner.fr-en.tmx                        what somebody accepted or edited: inserted without asking
    <folder>/tm/aligned/aligner.fr-en.tmx                     what a person wrote and nobody reviewed: only offered
    <folder>/tm/mt/aligner.fr-en.tmx                          machine output: offered, marked as such when taken over
    <folder>/glossary/aligner.utf8                            the terms of the glossary, if there is one
    <folder>/target, dictionary                               empty, for OmegaT

Everything derives from the bitexts and their source texts: the same corpus gives the same bytes. The translator's own
work (``omegat/project_save.tmx``), settings that are there already and all other files in the folder are left alone.
Start reading at `write_project`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from aligner.corpus.store import Project, read_bitext
from aligner.documents import read_text
from aligner.errors import InputError
from aligner.files import explained, write_atomically, writing
from aligner.formats import FORMATS, Standing, WriteOptions
from aligner.formats.exchange.notation import seg_text
from aligner.model import Languages, Role, Segment, sha256
from aligner.omegat.files import project_settings, segmentation_conf, segmentation_srx
from aligner.terms import Glossary
from aligner.text import Srx
from aligner.text.paragraphs import gap

log = logging.getLogger(__name__)

DEFAULTS = WriteOptions()
REVIEWED, PERSON, MACHINE = "auto", "aligned", "mt"
"""The folders in ``tm``: for what somebody accepted or edited, for what a person wrote and nobody reviewed, and for
unreviewed machine output without a penalty. What was rejected is in none."""
_EMPTY = ("target", "glossary", "dictionary")


def write_project(
    project: Project,
    documents: Sequence[str],
    folder: Path,
    *,
    rules: Srx,
    options: WriteOptions = DEFAULTS,
    penalty: int = 0,
    glossary: Glossary | None = None,
) -> list[Path]:
    """Write the OmegaT project of these documents; the files written, in order.

    `rules` are the segmentation rules that the bitexts were made with. With a `penalty` (per cent) machine output goes
    into ``tm/penalty-…`` instead of ``tm/mt``. Raises InputError at the first source text that is not the one that its
    bitext was made of.
    """
    written = list(_sources(project, documents, folder, rules, options))
    # OmegaT 6 reads the one, OmegaT 3 to 5 the other.
    contents = {"segmentation.srx": segmentation_srx(rules), "segmentation.conf": segmentation_conf(rules)}
    for name, content in contents.items():
        written.append(folder / "omegat" / name)
        write_atomically(written[-1], content)
    machine = f"penalty-{penalty:03}" if penalty else MACHINE
    memories = {Standing.REVIEWED: REVIEWED, Standing.PERSON: PERSON, Standing.MACHINE: machine}
    for standing, name in memories.items():
        written.append(folder / "tm" / name / _memory(project))
        chosen = replace(options, standings=tuple(each for each in options.standings if each is standing))
        with writing(written[-1]) as stream:
            bitexts = (read_bitext(project.bitext_file(document)) for document in documents)
            FORMATS["tmx"].write(bitexts, stream, chosen)
    # Memories of another penalty would offer their units twice.
    for path in memory_files(project, folder):
        if path not in written:
            with explained(path, "remove"):
                path.unlink(missing_ok=True)
            with suppress(OSError):  # others' files are in it
                path.parent.rmdir()
    for name in _EMPTY:
        with explained(folder / name, "make the folder"):
            (folder / name).mkdir(parents=True, exist_ok=True)
    if glossary:
        written.append(_glossary(folder, glossary))
    settings = folder / "omegat.project"
    # Settings that are there are the translator's.
    if not settings.exists():
        tags = Languages(*map(options.tag, project.languages))
        write_atomically(settings, project_settings(tags))
        written.append(settings)
    return written


def memory_files(project: Project, folder: Path) -> list[Path]:
    """The memories in ``tm`` that we wrote into an OmegaT project, the reviewed one first."""
    found = (folder / "tm").glob(f"*/{_memory(project)}")
    return sorted(found, key=lambda path: (path.parent.name != REVIEWED, path))


def layout(text: str, segments: Sequence[Segment], *, boilerplate: bool = False) -> str:
    """The text as OmegaT is to have it: a line for each paragraph, its segments one space apart.

    Boilerplate is left out unless it is asked for. No segment has space at its ends, a no-break space neither, because
    OmegaT would make it part of its segment. Paragraphs are as far apart as in the machine's English text.
    """
    kept = [s for s in segments if seg_text(s.text) and (boilerplate or s.role is not Role.BOILERPLATE)]
    parts = [seg_text(kept[0].text)] if kept else []
    for before, after in pairwise(kept):
        # Sentences of Chinese or Japanese adjoin; a space between them would be part of a segment.
        adjoin = before.paragraph == after.paragraph and before.end == after.start
        parts += ["" if adjoin else gap(text, before, after), seg_text(after.text)]
    return "".join([*parts, "\n"])


def _sources(
    project: Project, documents: Sequence[str], folder: Path, rules: Srx, options: WriteOptions
) -> Iterator[Path]:
    paths = project.sources()
    for document in documents:
        bitext = read_bitext(project.bitext_file(document))
        source = paths.get(document)
        if source is None:
            raise InputError(f"the source of '{document}' is gone", hint="put it back or leave the document out")
        text, _ = read_text(source)
        # Segments come from the bitext, the gaps between them from the text: the two must belong together.
        if sha256(text) != bitext.source.sha256:
            raise InputError("this is not the text that was aligned", where=source, hint="run `aligner run` first")
        if bitext.provenance.rules not in ("", rules.signature):
            log.warning("%s was segmented by other rules: OmegaT may cut its sentences elsewhere", document)
        path = folder / "source" / f"{document}.txt"
        write_atomically(path, layout(text, bitext.source.segments, boilerplate=options.keep_boilerplate))
        yield path


def _memory(project: Project) -> str:
    return f"aligner.{project.pair}.tmx"


def _glossary(folder: Path, glossary: Glossary) -> Path:
    """The glossary as OmegaT reads it: on each line a term, one of its translations and a remark, parted by tabs."""
    lines = []
    for term in glossary:
        # OmegaT knows no forbidden translations: a remark says which they are.
        refused = [f"not: {text}{f' ({note})' if (note := term.note(text)) else ''}" for text in term.forbidden]
        for target in term.allowed:
            remarks = "; ".join(filter(None, [term.note(target), *refused]))
            lines.append("\t".join([term.source, target, remarks]).rstrip("\t") + "\n")
    path = folder / "glossary" / "aligner.utf8"
    write_atomically(path, "".join(lines))
    return path

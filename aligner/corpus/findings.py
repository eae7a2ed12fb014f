"""The findings of a whole corpus: a document that did not change is not checked again.

    checks of one pair     kept by document, as long as bitext, glossary and checks are the same
    checks of consistency  every pair as two numbers; only pairs that disagree with another one are read again

Start reading at `check_corpus`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.checks import CHECKS, Finding, check, selected
from aligner.checks.consistency import consistency_marks
from aligner.checks.run import check_alone, pairs
from aligner.corpus.facts import facts_of
from aligner.corpus.state import CorpusState
from aligner.corpus.store import Project, read_bitext
from aligner.model import Bitext
from aligner.terms import Glossary

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_CONSISTENCY = ("W601", "W602")
_ORDER = {code: number for number, code in enumerate([*CHECKS, ""])}
Marks = tuple[int, int, bool, bool]


def check_corpus(
    project: Project,
    documents: Sequence[str],
    terms: Glossary,
    *,
    only: Sequence[str] = (),
    skip: Sequence[str] = (),
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> list[Finding]:
    """What `aligner.checks.check` finds in these documents, in the same order.

    Raises InputError for an unknown check, or a bitext that is missing or damaged.
    """
    wanted = {each.code for each in selected(only, skip, terms=terms)}
    state = CorpusState(project)
    found: list[list[Finding]] = []
    marks: list[list[Marks]] = []
    try:
        for number, document in enumerate(documents):
            progress("check", number, len(documents))
            findings, numbers = _kept(project, document, terms, state)
            found.append([each for each in findings if each.code in wanted])
            marks.append(numbers)
    finally:
        state.close()
    asked = [code for code in _CONSISTENCY if code in wanted]
    doubtful = _disagreeing(marks) if asked else set()
    if doubtful:
        at = [number for number, numbers in enumerate(marks) if any(_is_in(each, doubtful) for each in numbers)]
        names = {documents[number]: number for number in at}
        bitexts = (read_bitext(project.bitext_file(document)) for document in names)
        concerned: dict[str, int] = {}
        for finding in check(bitexts, only=asked):
            concerned[finding.document] = names[finding.document]
            found[names[finding.document]].append(finding)
        for document, number in concerned.items():
            found[number] = _in_order(found[number], read_bitext(project.bitext_file(document)))
    return [finding for each in found for finding in each]


def _kept(project: Project, document: str, terms: Glossary, state: CorpusState) -> tuple[list[Finding], list[Marks]]:
    """The findings in one document, and its pairs as numbers."""
    facts = facts_of(project, document, state)
    made = _made(facts.sha256, terms)
    sql = "SELECT findings FROM findings WHERE pair = ? AND id = ? AND made = ?"
    for (content,) in state.rows(sql, project.pair, document, made):
        return _adapter().validate_json(content)
    bitext = read_bitext(project.bitext_file(document))
    return note_findings(project, bitext, facts.sha256, check_alone(bitext, terms=terms), terms=terms, state=state)


def note_findings(
    project: Project, bitext: Bitext, digest: str, found: Sequence[Finding], *, terms: Glossary, state: CorpusState
) -> tuple[list[Finding], list[Marks]]:
    """Remember what was found in a bitext whose file has this SHA-256; findings of consistency are left out."""
    alone = [each for each in found if each.code not in _CONSISTENCY]
    result = alone, [consistency_marks(pair) for pair in pairs(bitext)]
    row = (project.pair, bitext.id, _made(digest, terms), _adapter().dump_json(result))
    state.write("INSERT OR REPLACE INTO findings VALUES (?, ?, ?, ?)", row)
    return result


def _made(digest: str, terms: Glossary) -> str:
    """What findings were made from: the bitext, the glossary and the checks."""
    return f"{digest} {terms.fingerprint if terms else ''} {_revision()}"


def _disagreeing(marks: Sequence[Sequence[Marks]]) -> set[tuple[str, int]]:
    """The sources with several targets, and the targets with several sources."""
    first: dict[tuple[str, int], int] = {}
    found = set()
    for source, target, by_source, by_target in (each for numbers in marks for each in numbers):
        for name, applies, here, there in (("s", by_source, source, target), ("t", by_target, target, source)):
            if applies and first.setdefault((name, here), there) != there:
                found.add((name, here))
    return found


def _is_in(marks: Marks, doubtful: set[tuple[str, int]]) -> bool:
    return (marks[2] and ("s", marks[0]) in doubtful) or (marks[3] and ("t", marks[1]) in doubtful)


def _in_order(findings: Sequence[Finding], bitext: Bitext) -> list[Finding]:
    """Findings of one document, bead by bead, in the order of the codes."""
    place = {bitext.locator(bead): number for number, bead in enumerate(bitext.beads)}
    return sorted(findings, key=lambda each: (place[each.locator], _ORDER.get(each.code, len(_ORDER))))


@cache
def _revision() -> str:
    """What tells the findings of these checks from those of others: the code that finds them."""
    digest = hashlib.sha256()
    for name in ("aligner.checks", "aligner.languages", "aligner.alignment", "aligner.terms"):
        folder = resources.files(name)
        for path in sorted(Path(str(folder)).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def _adapter() -> TypeAdapter[tuple[list[Finding], list[Marks]]]:
    from pydantic import TypeAdapter

    return TypeAdapter(tuple[list[Finding], list[Marks]])

"""``aligner terms``: candidates for a glossary, and how well a glossary is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from aligner.cli.console import remark, table
from aligner.cli.group import Commands
from aligner.cli.groups import GROUP, grouped
from aligner.cli.options import CorpusOptions, Documents, GlossaryFile, ResultOptions
from aligner.cli.streams import emit, spare
from aligner.errors import PROBLEMS, InputError, counted

app = typer.Typer(cls=Commands, no_args_is_help=True, help="Find candidates for a glossary; see how one is kept.")


@app.command()
@grouped
def extract(
    ids: Documents = None,
    where: CorpusOptions = GROUP,
    result: ResultOptions = GROUP,
    glossary: GlossaryFile = None,
    least: Annotated[int, typer.Option(min=2, help="In how many pairs both phrases must occur.")] = 3,
    shortest: Annotated[int, typer.Option(min=1, max=7, help="The least number of words in a French term.")] = 2,
    most: Annotated[int, typer.Option(min=1, help="The most candidates to list.")] = 200,
) -> None:
    """Propose terms and their renderings, found in the aligned pairs of a corpus.

    The list is a glossary to be edited: strike out lines, correct translations, say what is preferred, admitted or
    forbidden. What is left “proposed” is not used.
    Terms that the glossary already has are left out. A glossary is never overwritten: it is the work of a person.

    [bold]Examples[/bold]

      aligner terms extract -o candidates.tsv

      aligner terms extract --least 2 --shortest 1
    """
    from aligner.terms import Finder, Glossary, extract
    from aligner.terms.glossaries import glossary_files

    # a glossary is the work of a person, whichever one it is, and not to be replaced by a list of candidates
    glossaries = [*([glossary] if glossary else []), *glossary_files(where.corpus)]
    spare(result.output, *glossaries, overwrite=result.overwrite, what="a glossary")
    known = Finder(where.glossary(glossary) or Glossary())
    found = extract(_pairs(ids, where), source=where.source, target=where.target, least=least, shortest=shortest)
    # only a whole entry counts: a term inside a longer phrase says nothing of the phrase
    new = [each for each in found if not any(match.text == each.source for match in known.matches(each.source))]
    # the columns of a glossary: the list is one as soon as somebody has edited it
    lines = ["source\ttarget\tstatus\tnote"]
    lines += [
        f"{each.source}\t{each.target}\tproposed\t"
        f"{each.together} of {counted(each.source_count, 'pair')}, score {each.score}"
        for each in new[:most]
    ]
    emit("".join(line + "\n" for line in lines), result.output)
    known_already = len(found) - len(new)
    verb = "is" if known_already == 1 else "are"
    remark(f"{counted(len(lines) - 1, 'candidate')}; {known_already:,} {verb} in the glossary already")


@app.command()
@grouped
def check(
    ids: Documents = None,
    where: CorpusOptions = GROUP,
    glossary: GlossaryFile = None,
) -> None:
    """Count how often each term of the glossary occurs in the aligned pairs, and how often the translation keeps it.

    Exits with code 1 when one is not always kept. `aligner check --only W701` lists the places.

    [bold]Examples[/bold]

      aligner terms check

      aligner terms check --glossary house.tbx
    """
    from aligner.terms import Finder, adherence

    terms = where.glossary(glossary)
    if terms is None:
        raise InputError(
            "there is no glossary", where=where.corpus, hint="name one with --glossary, or make glossary.tsv"
        )
    counts = adherence(_pairs(ids, where), Finder(terms))
    rows = [[e.term.source, e.term.allowed[0] if e.term.allowed else "", *_counts(e.found, e.kept)] for e in counts]
    found, kept = sum(each.found for each in counts), sum(each.kept for each in counts)
    rows.append([f"{len(counts)} of {counted(len(terms.terms), 'term')}", "", *_counts(found, kept)])
    emit(table(["term", "rendering", "found", "kept", "share"], rows, right={2, 3, 4}) + "\n", None)
    if kept < found:
        raise typer.Exit(PROBLEMS)


def _counts(found: int, kept: int) -> list[str]:
    return [f"{found:,}", f"{kept:,}", f"{100 * kept / found:.0f} %" if found else ""]


def _pairs(ids: Sequence[str] | None, where: CorpusOptions) -> Iterator[tuple[str, str]]:
    """The texts of the pairs of a corpus, boilerplate and rejected ones left out."""
    from aligner.checks.run import pairs
    from aligner.corpus.store import read_bitext

    project = where.project()
    for document in project.documents(ids):
        for pair in pairs(read_bitext(project.bitext_file(document))):
            if pair.source.strip() and pair.target.strip():
                yield pair.source, pair.target

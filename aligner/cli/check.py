"""``aligner check``: what a reviewer should look at, in the aligned pairs of the corpus."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli.console import printable, remark, table
from aligner.cli.options import Corpus, Documents, GlossaryFile, NoGlossary, Source, Target
from aligner.cli.streams import emit
from aligner.errors import PROBLEMS, counted

if TYPE_CHECKING:
    from aligner.checks import Finding

Codes = list[str] | None
_COLUMNS = ("document", "locator", "code", "name", "severity", "message")


def check(
    ids: Documents = None,
    corpus: Corpus = Path("corpus"),
    source: Source = "fr",
    target: Target = "en",
    only: Annotated[Codes, typer.Option(help="Only these checks, such as E201,W5.", metavar="CODES")] = None,
    skip: Annotated[Codes, typer.Option(help="All but these checks.", metavar="CODES")] = None,
    glossary: GlossaryFile = None,
    no_glossary: NoGlossary = False,
    form: Annotated[Literal["text", "json", "tsv"], typer.Option("--format", "-f", help="How to print.")] = "text",
    listed: Annotated[bool, typer.Option("--list", help="List the checks and exit.")] = False,
) -> None:
    """Look for mistakes: lost numbers, dates and names, untranslated and repeated text, punctuation, inconsistencies.

    Exits with code 1 when there are findings.

    [bold]Examples[/bold]

      aligner check

      aligner check 2024-09-11-brics-securite --only E,W2

      aligner check --skip ending,W6 --format tsv > findings.tsv
    """
    from aligner.checks import check as run_checks
    from aligner.checks import selected
    from aligner.corpus.store import open_project, read_bitext
    from aligner.terms import Glossary
    from aligner.terms.glossaries import chosen_glossary

    chosen, left_out = _codes(only), _codes(skip)
    terms = chosen_glossary(corpus, glossary, use=not no_glossary, source=source, target=target) or Glossary()
    if listed:
        rows = [[each.code, each.name, each.summary] for each in selected(chosen, left_out, terms=terms)]
        emit(table(["code", "name", "finds"], rows, right=set()) + "\n", None)
        return
    project = open_project(corpus, source=source, target=target)
    documents = project.documents(ids)
    bitexts = (read_bitext(project.bitext_file(document)) for document in documents)
    findings = list(run_checks(bitexts, only=chosen, skip=left_out, terms=terms))
    emit(_printed(findings, form), None)
    remark(f"{counted(len(findings), 'finding')} in {counted(len(documents), 'document')}")
    if findings:
        raise typer.Exit(PROBLEMS)


def _codes(options: Codes) -> list[str]:
    """The codes that options name, parted by commas or given one by one."""
    return [code.strip() for option in options or [] for code in option.split(",") if code.strip()]


def _printed(findings: Sequence[Finding], form: str) -> str:
    rows = [{**asdict(finding), "name": finding.name} for finding in findings]
    if form == "json":
        return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    if form == "tsv":
        lines = ["\t".join(_COLUMNS), *("\t".join(printable(row[column]) for column in _COLUMNS) for row in rows)]
    else:
        lines = [f"{printable(f.document)}:{f.locator}: {f.code} {f.name}: {printable(f.message)}" for f in findings]
    return "".join(line + "\n" for line in lines)

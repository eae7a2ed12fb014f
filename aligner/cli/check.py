"""``aligner check``: what a reviewer should look at, in the aligned pairs of the corpus."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli.console import printable, progress_bar, remark, table
from aligner.cli.groups import GROUP, grouped
from aligner.cli.options import CorpusOptions, Documents, GlossaryOptions
from aligner.cli.streams import emit
from aligner.errors import PROBLEMS, counted

if TYPE_CHECKING:
    from aligner.checks import Finding

Codes = list[str] | None
MOST_DOCUMENTS = 40
"""Documents that a summary lists for people; for programs it lists all."""
_COLUMNS = ("document", "locator", "code", "name", "severity", "message")


@grouped
def check(
    ids: Documents = None,
    where: CorpusOptions = GROUP,
    only: Annotated[Codes, typer.Option(help="Only these checks, such as E201,W5.", metavar="CODES")] = None,
    skip: Annotated[Codes, typer.Option(help="All but these checks.", metavar="CODES")] = None,
    glossary: GlossaryOptions = GROUP,
    form: Annotated[Literal["text", "json", "tsv"], typer.Option("--format", "-f", help="How to print.")] = "text",
    summary: Annotated[
        bool, typer.Option("--summary", help="Only how many findings there are, by check and by document.")
    ] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the checks and exit.")] = False,
) -> None:
    """Look for mistakes: lost numbers, dates and names, untranslated and repeated text, punctuation, inconsistencies.

    A document that did not change is not checked again. Exits with code 1 when there are findings.

    [bold]Examples[/bold]

      aligner check

      aligner check 2024-09-11-brics-securite --only E,W2

      aligner check --summary

      aligner check --skip ending,W6 --format tsv > findings.tsv
    """
    from aligner.checks import selected
    from aligner.corpus.findings import check_corpus
    from aligner.terms import Glossary

    # codes come parted by commas or one by one: --only E,W2 is --only E --only W2
    chosen, left_out = (
        [code.strip() for option in given or [] for code in option.split(",") if code.strip()] for given in (only, skip)
    )
    # also for --list: a glossary brings checks of its own
    terms = glossary.of(where) or Glossary()
    if listed:
        rows = [[each.code, each.name, each.summary] for each in selected(chosen, left_out, terms=terms)]
        emit(table(["code", "name", "finds"], rows, right=set()) + "\n", None)
        return
    project = where.project()
    documents = project.documents(ids)
    with progress_bar() as progress:
        findings = check_corpus(project, documents, terms, only=chosen, skip=left_out, progress=progress)
    # the findings to standard output, the count beside them: `> findings.tsv` holds findings only
    emit(_summary(findings, form) if summary else _printed(findings, form), None)
    remark(f"{counted(len(findings), 'finding')} in {counted(len(documents), 'document')}")
    if findings:
        raise typer.Exit(PROBLEMS)


def _summary(findings: Sequence[Finding], form: str) -> str:
    """How many findings there are of each check and in each document, most first."""
    codes = Counter((finding.code, finding.name) for finding in findings)
    documents = Counter(finding.document for finding in findings)
    if form == "json":
        checks = [{"code": code, "name": name, "findings": count} for (code, name), count in codes.most_common()]
        texts = [{"document": name, "findings": count} for name, count in documents.most_common()]
        return json.dumps({"checks": checks, "documents": texts}, indent=2, ensure_ascii=False) + "\n"
    if form == "tsv":
        rows = [*((*code, count) for code, count in codes.most_common()), *(("", *d) for d in documents.most_common())]
        return "".join("\t".join(map(printable, map(str, row))) + "\n" for row in rows)
    if not findings:
        return ""
    most = documents.most_common(MOST_DOCUMENTS)
    more = len(documents) - len(most)
    tables = [
        table(["code", "name", "findings"], [[*code, f"{n:,}"] for code, n in codes.most_common()], right={2}),
        table(["document", "findings"], [[printable(name), f"{n:,}"] for name, n in most], right={1}),
    ]
    return "\n\n".join(tables) + (f"\n… and {counted(more, 'more document')}" if more else "") + "\n"


def _printed(findings: Sequence[Finding], form: str) -> str:
    """The findings in a format; the texts in them on one line each, whatever is in the corpus."""
    rows = [{**asdict(finding), "name": finding.name} for finding in findings]
    if form == "json":
        return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    if form == "tsv":
        lines = ["\t".join(_COLUMNS), *("\t".join(printable(row[column]) for column in _COLUMNS) for row in rows)]
    else:
        lines = [f"{printable(f.document)}:{f.locator}: {f.code} {f.name}: {printable(f.message)}" for f in findings]
    return "".join(line + "\n" for line in lines)

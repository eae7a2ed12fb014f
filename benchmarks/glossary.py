"""How well the terms of a glossary are kept, without it and with it.

    python benchmarks/glossary.py [FILE.txt…] [--glossary TSV] [--lines FILE.fr…] [--show]

For each document (by default all of corpus/fr) and for each FILE.fr of lines with its human translation FILE.en beside
it: terms found in the source, the share kept by the translation made without and with the glossary, renderings in which
a term was inserted, BLEU and chrF2 where there is a reference, and seconds. ``--show`` prints what changed.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from aligner.model import Role
from aligner.terms import Finder, Glossary, parse_table
from aligner.text import segment
from aligner.translation import Flag, Rendering, find_package, open_translator

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


@dataclass(frozen=True, slots=True)
class Text:
    """Segments to be translated, and their references where there are any."""

    name: str
    segments: list[str]
    references: list[str]


def read_document(path: Path) -> Text:
    """The segments of a document, boilerplate left out."""
    segments = segment(path.read_text(encoding="utf-8"), "fr")
    return Text(path.stem[:34], [each.text for each in segments if each.role is not Role.BOILERPLATE], [])


def read_lines(path: Path) -> Text:
    """Lines and their references."""
    source, target = (p.read_text(encoding="utf-8").splitlines() for p in (path, path.with_suffix(".en")))
    return Text(path.stem, source, target)


def kept(finder: Finder, text: Text, outputs: Sequence[str]) -> tuple[int, int]:
    """How many terms there are (each once a segment), and how many of them the outputs keep."""
    total = sum(len({match.term for match in finder.matches(source)}) for source in text.segments)
    broken = sum(
        len({breach.match.term for breach in finder.broken(*pair)}) for pair in zip(text.segments, outputs, strict=True)
    )
    return total, total - broken


def scores(text: Text, outputs: Sequence[str]) -> str:
    """BLEU and chrF2 against the references."""
    if not text.references:
        return ""
    bleu, chrf = (metric.corpus_score(list(outputs), [text.references]).score for metric in (BLEU(), CHRF()))
    return f"{bleu:5.2f} {chrf:5.2f}"


def translated(glossary: Glossary | None, text: Text, model: Path | None) -> tuple[list[Rendering], float]:
    """The renderings and the seconds they took."""
    translator = open_translator(find_package("fr", "en", model=model), glossary=glossary)
    translator.translate(["Bonjour."])
    start = time.perf_counter()
    return translator.translate(text.segments), time.perf_counter() - start


def report(text: Text, glossary: Glossary, model: Path | None, *, show: bool) -> None:
    """Print the lines of one text."""
    finder = Finder(glossary)
    before, _ = translated(None, text, model)
    for name, given in (("without", None), ("with", glossary)):
        renderings, seconds = translated(given, text, model)
        outputs = [rendering.text for rendering in renderings]
        total, right = kept(finder, text, outputs)
        inserted = sum(Flag.INSERTED in rendering.flags for rendering in renderings)
        share = f"{100 * right / total:5.1f} %" if total else "-"
        print(
            f"{text.name:<36}{name:<9}{len(outputs):>6}{total:>7}{right:>7}  {share:>7}{inserted:>7}"
            f"{seconds:>8.1f}  {scores(text, outputs)}"
        )
    if show:
        for source, old, new in zip(text.segments, before, renderings, strict=True):
            if old.text != new.text:
                print(f"\n  fr  {source}\n  -   {old.text}\n  +   {new.text}  {' '.join(new.flags)}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="*", type=Path)
    parser.add_argument("--glossary", type=Path, default=CORPUS / "glossary.tsv")
    parser.add_argument("--lines", nargs="*", type=Path, default=[])
    parser.add_argument("--model", type=Path)
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    glossary = parse_table(arguments.glossary.read_text("utf-8"), separator="\t", name=arguments.glossary.name)
    package = find_package("fr", "en", model=arguments.model)
    print(f"{arguments.glossary.name}: {len(glossary.terms)} terms; {package.name}")
    columns = f"{'lines':>6}{'terms':>7}{'kept':>7}  {'share':>7}{'put in':>7}{'seconds':>8}   BLEU chrF2"
    print(f"{'':<36}{'glossary':<9}{columns}")
    documents = arguments.documents or ([] if arguments.lines else sorted((CORPUS / "fr").glob("*.txt")))
    for text in [*map(read_document, documents), *map(read_lines, arguments.lines)]:
        report(text, glossary, arguments.model, show=arguments.show)


if __name__ == "__main__":
    main()

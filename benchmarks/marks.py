"""A sample of search hits, to be judged by eye: whether the words marked in the other language are the right ones.

    python -m benchmarks.marks [--corpus DIR] [FILE.fr…] [--hits N] [--seed N]

Draws N hits (100), evenly from the pairs of a corpus and from files of which line n in French (``x.fr``) is line n in
English (``x.en``), or which have a gold alignment (``x.gold``) beside them: a pair by chance, one of its languages by
chance, one to three words of it that begin and end with no function word. Each is looked up with `aligner.search`, as
a user would, and printed: what was looked for, what was marked, and both texts around it. The judging is left to a
reader; docs/measurements.md has the result.
"""

from __future__ import annotations

import argparse
import ast
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from aligner.alignment.counterparts import learned_words
from aligner.corpus.store import Project, open_project
from aligner.languages.language import language_of
from aligner.languages.words import Spans, whole_words
from aligner.search import Hit, Query, find
from aligner.search.index import DOCUMENT, FileStamp, SearchIndex
from aligner.search.update import bitext_rows

Pairs = list[tuple[str, str]]
AROUND = 60
"""Characters shown on both sides of what is marked."""


def corpus_pairs(corpus: Path) -> Pairs:
    """The pairs of a corpus that have both sides."""
    project = open_project(corpus)
    rows = (row for name in project.paired() for row in bitext_rows(project.bitext(name)))
    return [(source, target) for _, _, source, target in rows if source and target]


def file_pairs(french: Path) -> Pairs:
    """The pairs of two files: by their gold alignment where there is one, else line by line."""
    lines = [path.read_text("utf-8").splitlines() for path in (french, french.with_suffix(".en"))]
    gold = french.with_suffix(".gold")
    if not gold.exists():
        return list(zip(*lines, strict=True))
    found = []
    for line in gold.read_text("utf-8").splitlines():
        source, target = (ast.literal_eval(part) for part in line.split(":")[:2])
        if source and target:
            found.append((" ".join(lines[0][i] for i in source), " ".join(lines[1][j] for j in target)))
    return found


def sampled(pairs: Pairs, chance: random.Random, count: int, project: Project) -> Iterator[tuple[Hit, int]]:
    """Hits by chance, with the number of the side that was searched."""
    small = [language_of(code).links | language_of(code).others for code in ("fr", "en")]
    split = [tuple([word.text for word in whole_words(text)] for text in pair) for pair in pairs]
    index = SearchIndex(project.cache / "sample.sqlite")
    with index.writing():
        rows = ((str(number), "draft", *pair) for number, pair in enumerate(pairs))
        index.add(DOCUMENT, "d", FileStamp(0, 0, ""), rows)
        index.learn(learned_words([(a, b) for a, b in split], languages=("fr", "en")))
    while count:
        number, side, length = chance.randrange(len(pairs)), chance.randrange(2), chance.choice((1, 1, 2, 3))
        words = split[number][side]
        start = chance.randrange(max(len(words), 1))
        phrase = words[start : start + length]
        if len(words) < 4 or len(phrase) < length or any(phrase[n].lower() in small[side] for n in (0, -1)):
            continue
        query = Query(" ".join(phrase), sides=(side == 0, side == 1), limit=10_000)
        (hit,) = [hit for hit in find(index, query, project).hits if hit.locator == str(number)]
        yield hit, side
        count -= 1
    index.close()
    index.path.unlink()


def around(text: str, spans: Spans) -> str:
    """A text around what is marked in it."""
    low = max(0, spans[0].start - AROUND) if spans else 0
    high = spans[-1].end + AROUND if spans else 4 * AROUND
    for span in reversed(spans):
        text = f"{text[: span.start]}[{span.of(text)}]{text[span.end :]}"
    return text[low : high + 2 * len(spans)]


def main() -> None:
    """Draw and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--hits", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    chance = random.Random(given.seed)  # noqa: S311 - a reproducible sample
    groups = {path.stem: file_pairs(path) for path in given.files}
    if given.corpus:
        groups = {"corpus": corpus_pairs(given.corpus), **groups}
    number = 0
    with tempfile.TemporaryDirectory() as folder:
        project = open_project(Path(folder) / "corpus")
        project.cache.mkdir()
        for place, (name, pairs) in enumerate(groups.items()):
            count = given.hits // len(groups) + (place < given.hits % len(groups))
            for hit, side in sampled(pairs, chance, count, project):
                number += 1
                here, there = (hit.source, hit.target) if side == 0 else (hit.target, hit.source)
                looked, marked = (
                    " | ".join(span.of(each.text) for span in spans)
                    for each, spans in ((here, here.found), (there, there.related))
                )
                print(f"{number:3} {name}: {looked}  →  {marked or '–'}")
                print(f"    {around(here.text, here.found)}\n    {around(there.text, there.related)}")


if __name__ == "__main__":
    main()

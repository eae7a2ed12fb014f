"""Measure sentence alignment: the dev table beside the peers' figures, calibration, speed and memory.

    python -m benchmarks.alignment SUITE                          # accuracy and calibration
    python -m benchmarks.alignment SUITE --translations DIR       # also with machine translations
    python -m benchmarks.alignment SUITE --textberg DIR           # also German–French, translations of both sides
    python -m benchmarks.alignment SUITE --hunalign PATH          # also runs hunalign on the same documents
    python -m benchmarks.alignment SUITE --embeddings             # with the sentence embeddings of the extra
    python -m benchmarks.alignment SUITE --harder --udhr DIR      # other scripts, loose texts, moved passages
    python -m benchmarks.alignment SUITE --speed 1000 10000 100000 [--parallel PART.tsv.xz…] [--hunalign PATH]

`benchmarks.alignment_suite` says what SUITE and the other folders hold. Figures are strict / lax F1
(`aligner.alignment.score`). Speed is measured on ``speed_10k`` (repeated when it is too short), or with
``--parallel`` on texts made from parallel sentences (`benchmarks.alignment_made`), every text in a process of its
own. Start reading at `main`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from aligner.alignment import AlignmentScore, align, score_pairs
from aligner.alignment.meanings import Encoder
from aligner.alignment.result import Alignment
from aligner.embeddings import installed_encoders, shared_vectors
from benchmarks.alignment_harder import SEEDS, delete_lines, judge_beads, loosen, read_udhr, separation
from benchmarks.alignment_made import make_text
from benchmarks.alignment_peers import Run, measured, run_hunalign, write_dictionary
from benchmarks.alignment_suite import CONDITIONS, Document, Pair, options_for, read_lines, read_suite, read_textberg

GROUPS = {
    "lit (5 novels)": ("lit_",),
    "law_c-297": ("law_c-297",),
    "law noisy": ("law_c-3_noisy", "law_o-24_noisy"),
    "news_wmt12_noisy": ("news_wmt12_noisy",),
    "par_canterville_noisy": ("par_canterville_noisy",),
    "par_pinocchio": ("par_pinocchio",),
    "news_wmt09": ("news_wmt09",),
    "docs_php_language": ("docs_php_language",),
    "docs_progit_a": ("docs_progit_a",),
    "speed_10k": ("speed_10k",),
    "Text+Berg, Google": ("textberg google",),
    "Text+Berg, Europarl": ("textberg europarlfull",),
    "Text+Berg, Europarl 2": ("textberg europarllight",),
}
PEERS = {
    "lit (5 novels)": (".733/.879", ".764/.896", ".840/.961"),
    "law_c-297": (".665/.789", ".880/.951", ".874/.947"),
    "law noisy": (".68/.78", ".886/.930", ".91/.955"),
    "news_wmt12_noisy": (".706/.751", ".923/.958", ".959/.984"),
    "par_canterville_noisy": (".511/.627", ".737/.816", ".836/.904"),
    "par_pinocchio": (".777/.919", ".815/.929", ".870/.969"),
    "news_wmt09": (".996", ".991", ".997"),
    "docs_php_language": (".997", ".994", ".995"),
    "docs_progit_a": (".996", ".998", "1.000"),
    "speed_10k": (".969", ".986", "-"),
    "Text+Berg, Google": (".486/.663", ".699/.924", "-"),
}
"""Gale–Church, hunalign, hunalign with a dictionary of 8,500 words, as published for these files."""
PUBLISHED = "Bertalign .936/.989, SentAlign .932/.964, Vecalign .902/.986, Bleualign about .81"
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99, 1.01)
Judged = list[tuple[float, bool]]
Peer = Callable[[Document], Run]


def main() -> None:
    """Do what the options ask for."""
    options = _arguments()
    if options.one:
        measure_one(options.suite)
        return
    with tempfile.TemporaryDirectory() as folder:
        peers = hunaligns(options.hunalign, options.dictionary, Path(folder)) if options.hunalign else {}
        if options.speed:
            measure_speed(options.suite, options.speed, options.parallel, peers)
            return
        documents = list(read_suite(options.suite, options.translations))
        documents += read_textberg(options.textberg) if options.textberg else []
        encoders = installed_encoders(shared_vectors()) if options.embeddings or options.harder else ()
        if options.harder:
            measure_declaration(options.udhr, encoders)
            # The fast encoder alone: these are languages that it knows.
            measure_looseness([document for document in documents if document.name != "speed_10k"], encoders[:1])
            return
        measure_accuracy(documents, peers, encoders)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suite", type=Path)
    parser.add_argument("--translations", type=Path, help="folder with NAME.mt and NAME.back")
    parser.add_argument("--textberg", type=Path, help="folder of the Text+Berg set")
    parser.add_argument("--embeddings", action="store_true", help="use the encoder of the extra everywhere")
    parser.add_argument("--harder", action="store_true", help="measure the harder texts, with the extra and without")
    parser.add_argument(
        "--udhr", type=Path, help="folder of the Declaration of Human Rights (benchmarks.alignment_harder)"
    )
    parser.add_argument("--hunalign", type=Path, help="path of the hunalign program")
    parser.add_argument("--dictionary", type=Path, help="dictionary for hunalign instead of the aligner's lexicon")
    parser.add_argument("--speed", type=int, nargs="+", metavar="SENTENCES")
    parser.add_argument("--parallel", type=Path, nargs="+", metavar="PART", help="parallel sentences for long texts")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def hunaligns(program: Path, dictionary: Path | None, folder: Path) -> dict[str, Peer]:
    """Hunalign as it comes, and with a dictionary."""
    chosen = dictionary or write_dictionary(folder / "fr-en.dic")
    return {
        "hunalign": lambda document: run_hunalign(program, document.source, document.target),
        "hunalign+lex": lambda document: run_hunalign(program, document.source, document.target, chosen),
    }


def measure_accuracy(documents: Sequence[Document], peers: dict[str, Peer], encoders: Sequence[Encoder] = ()) -> None:
    """Print the table of groups, then how confidence and truth agree."""
    header = f"{'':24s}{'Gale-Church':>12s}{'hunalign':>12s}{'hunalign+dic':>13s}"
    print(header + "".join(f"{name:>14s}" for name in [*(f"{peer}*" for peer in peers), *CONDITIONS]))
    judged: Judged = []
    for group, starts in GROUPS.items():
        members = [document for document in documents if document.name.startswith(starts)]
        if not members:
            continue
        known = "".join(
            f"{figure:>{width}s}" for figure, width in zip(PEERS.get(group, ("-",) * 3), (12, 12, 13), strict=True)
        )
        cells = [show_peer(members, peer) for peer in peers.values()]
        cells += [show_condition(members, condition, judged, encoders) for condition in CONDITIONS]
        print(f"{group:24s}{known}" + "".join(f"{cell:>14s}" for cell in cells), flush=True)
    print("\n*: run now; the other figures of peers are as published" if peers else "")
    print(f"published for the other yearbooks of Text+Berg, its test set: {PUBLISHED}")
    print_calibration(judged)


def show_peer(documents: Sequence[Document], peer: Peer) -> str:
    """The score of another aligner on some documents."""
    runs = [peer(document) for document in documents]
    failures = [run.failure for run in runs if run.failure]
    return failures[0] if failures else show(score_pairs([d.gold for d in documents], [run.beads for run in runs]))


def show_condition(
    documents: Sequence[Document], condition: str, judged: Judged, encoders: Sequence[Encoder] = ()
) -> str:
    """Our score in one condition; a dash where the documents lack a translation that it needs."""
    if not all(document.has(condition) for document in documents):
        return "-"
    found = [align_in(document, condition, encoders) for document in documents]
    for document, alignment in zip(documents, found, strict=True):
        known = set(document.gold)
        judged += [(bead.confidence, (bead.source, bead.target) in known) for bead in alignment]
    test = [[(bead.source, bead.target) for bead in alignment] for alignment in found]
    return show(score_pairs([document.gold for document in documents], test))


def align_in(document: Document, condition: str, encoders: Sequence[Encoder] = (), **more: Any) -> Alignment:
    """Align a document in one condition, with sentence embeddings if there are encoders."""
    given = document.given(condition)
    options = replace(options_for(condition), embeddings="always" if encoders else "never", **more)
    return align(
        given.source,
        given.target,
        translation=given.translation,
        back_translation=given.back_translation,
        options=options,
        encoders=encoders,
    )


def show(score: AlignmentScore) -> str:
    """Strict and lax F1."""
    return f"{score.strict.f1:.3f}/{score.lax.f1:.3f}"


def print_calibration(judged: Iterable[tuple[float, bool]]) -> None:
    """For each range of confidence: how many beads, their mean confidence, the share that is strictly right."""
    beads = list(judged)
    print("\nconfidence      beads   mean   right")
    for low, high in pairwise(BINS):
        inside = [(confidence, right) for confidence, right in beads if low <= confidence < high]
        if inside:
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            right = sum(right for _, right in inside) / len(inside)
            print(f"{low:.2f} - {min(high, 1.0):.2f}  {len(inside):8d}  {mean:.3f}   {right:.3f}")


def measure_declaration(folder: Path | None, encoders: Sequence[Encoder]) -> None:
    """Print the strict F1 of each pair of languages with 15 and 30 % of the lines deleted, the mean over the seeds."""
    if folder is None:
        return
    kinds = [(share, each) for share in (0.15, 0.3) for each in ([(), encoders] if encoders else [()])]
    print(
        f"{'deleted, with the extra':24s}" + "".join(f"{share:>7.2f}{' +' if each else '  '}" for share, each in kinds)
    )
    rows = []
    for document in read_udhr(folder):
        row = []
        for share, each in kinds:
            texts = [delete_lines(document, share, seed) for seed in SEEDS]
            found = [pairs_of(align_in(text, "plain", each)) for text in texts]
            scores = [score_pairs([t.gold], [f]).strict.f1 for t, f in zip(texts, found, strict=True)]
            row.append(sum(scores) / len(scores))
        rows.append(row)
        print(f"{document.name:24s}" + "".join(f"{figure:9.3f}" for figure in row), flush=True)
    print(f"{'mean':24s}" + "".join(f"{sum(column) / len(column):9.3f}" for column in zip(*rows, strict=True)) + "\n")


def measure_looseness(documents: Sequence[Document], encoders: Sequence[Encoder]) -> None:
    """Print how well pairs of strangers are told from others in loosely parallel texts, and what moved passages bring.

    Three tenths of the sentences are missing on either side, and two blocks have changed places.
    """
    print(f"{'':24s}{'strangers':>10s}{'confidence':>11s}{'related':>9s}{'dropped':>9s}{'link F1':>9s}{'moved':>8s}")
    texts = [loosen(document) for document in documents]
    for condition in ("plain", "lexicon"):
        for each in [(), encoders] if encoders else [()]:
            found = [align_in(text, condition, each) for text in texts]
            moved = [align_in(text, condition, each, moved=True) for text in texts]
            dropped = [align_in(text, condition, each, drop_unrelated=0.5) for text in texts]
            beads = [[bead for bead in alignment if not bead.is_null] for alignment in found]
            related = [good for text, alignment in zip(texts, found, strict=True) for good in judge(text, alignment)]
            left = [good for text, alignment in zip(texts, dropped, strict=True) for good in judge(text, alignment)]
            areas = [
                separation([value(bead) for one in beads for bead in one], related)
                for value in (lambda bead: bead.confidence, lambda bead: bead.related or 0.0)
            ]
            links = [
                score_pairs([text.gold for text in texts], [pairs_of(one) for one in each_way]).link.f1
                for each_way in (found, moved)
            ]
            print(
                f"{condition + (' + embeddings' if each else ''):24s}{related.count(False) / len(related):10.3f}"
                f"{areas[0]:11.3f}{areas[1]:9.3f}{left.count(False) / len(left):9.3f}{links[0]:9.3f}{links[1]:8.3f}",
                flush=True,
            )


def judge(text: Document, alignment: Alignment) -> list[bool]:
    """For each bead with both sides, whether anything in it corresponds."""
    return judge_beads(text, [(bead.source, bead.target) for bead in alignment])


def pairs_of(alignment: Alignment) -> list[Pair]:
    """The beads and the moved ones, as pairs of indices."""
    return [(bead.source, bead.target) for bead in (*alignment, *alignment.moved)]


def measure_speed(suite: Path, sizes: Sequence[int], parts: Sequence[Path] | None, peers: dict[str, Peer]) -> None:
    """Align texts of each size, each program in a process of its own."""
    print(f"{'sentences':>18s}  {'program':14s}{'CPU seconds':>12s}{'peak MB':>9s}   strict/lax")
    for size in sizes:
        document = make_text(parts, size) if parts else repeated(suite, size)
        for name, program in ({"aligner": run_aligner} | peers).items():
            run = program(document)
            beads = f"{len(document.source):9d}{len(document.target):9d}"
            score = run.failure or (show(score_pairs([document.gold], [run.beads])) if document.gold else "-")
            print(f"{beads}  {name:14s}{run.seconds:12.1f}{run.megabytes:9.0f}   {score}", flush=True)


def repeated(suite: Path, size: int) -> Document:
    """The first sentences of ``speed_10k``, again and again when more are asked for; gold only for the whole text."""
    (document,) = (document for document in read_suite(suite) if document.name == "speed_10k")
    times = -(-size // len(document.source))
    if times == 1 and size >= len(document.source):
        return document
    source, target = ((side * times)[:size] for side in (document.source, document.target))
    return replace(document, source=source, target=target, gold=())


def run_aligner(document: Document) -> Run:
    """Align a document in a process of its own, with the start of Python and the reading of the files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for side, lines in (("source", document.source), ("target", document.target)):
            (folder / side).write_text("".join(f"{line}\n" for line in lines), "utf-8")
        command = [sys.executable, "-m", "benchmarks.alignment", name, "--one"]
        printed, code, seconds, megabytes = measured(command)
    if code:
        return Run((), seconds, megabytes, f"ended with code {code}")
    beads: list[Pair] = [(tuple(source), tuple(target)) for source, target in json.loads(printed)]
    return Run(tuple(beads), seconds, megabytes)


def measure_one(folder: Path) -> None:
    """Align the files ``source`` and ``target`` of a folder and print the beads."""
    source, target = (read_lines(folder / side) for side in ("source", "target"))
    print(json.dumps([(bead.source, bead.target) for bead in align(source, target)]))


if __name__ == "__main__":
    main()

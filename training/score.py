"""Scores of a package on every development set, through the aligner's own translator.

All sets are translated in one stream, without a cache, and timed; then each is scored. Start reading at `score`.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from aligner.comparison.evaluate import evaluate_translation, read_lines
from aligner.errors import InputError
from aligner.files import write_atomically
from aligner.translation import TranslateOptions, open_translator, read_package
from aligner.translation.argos.tokenizer import load_tokenizer
from aligner.translation.packages.contents import open_contents

log = logging.getLogger(__name__)


def score(
    package_path: Path, *, development: Path, output: Path, lines: int = 0, beam: int = 0, threads: int = 0
) -> Mapping[str, Any]:
    """Translate every ``NAME.fr`` of a folder, score it against ``NAME.en``, and write all figures to `output`.

    `lines` keeps to the first lines of each set (0: all); `beam` and `threads` are the translator's (0: its defaults).
    Translations are kept beside `output`, in a folder of the same stem.
    """
    sets = _read_sets(development, lines)
    package = read_package(package_path)
    options = TranslateOptions(threads=threads, **({"beam": beam} if beam else {}))
    translator = open_translator(package, cache=None, options=options)
    translator.translate(["Un essai."])  # loads the model
    sources = [line for french, _ in sets.values() for line in french]
    start, busy = time.perf_counter(), time.process_time()
    renderings = [each.text for each in translator.translate(sources)]
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with open_contents(package_path) as contents:
        pieces = sum(map(len, load_tokenizer(package, contents).encode(renderings)))
    result = {
        "package": package.name,
        "fingerprint": package.fingerprint,
        "megabytes": package.size / 1e6,
        "signature": translator.signature,
        "beam": options.beam,
        "threads": threads or len(os.sched_getaffinity(0)),
        "seconds": round(seconds, 1),
        "pieces_per_second": round(pieces / seconds),
        "pieces_per_processor_second": round(pieces / busy),
        "words_per_second": round(sum(len(line.split()) for line in sources) / seconds),
        "peak_megabytes": round(peak),
        "sets": _evaluate(sets, renderings, output.with_suffix("")),
    }
    write_atomically(output, json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    return result


def _read_sets(folder: Path, lines: int) -> dict[str, tuple[list[str], list[str]]]:
    """Read the development sets that have both sides."""
    names = sorted(path.stem for path in folder.glob("*.fr") if path.with_suffix(".en").is_file())
    if not names:
        raise InputError("there are no NAME.fr and NAME.en", where=folder)
    sides = {name: [read_lines(folder / f"{name}.{side}") for side in ("fr", "en")] for name in names}
    return {name: (french[: lines or None], english[: lines or None]) for name, (french, english) in sides.items()}


def _evaluate(
    sets: Mapping[str, tuple[Sequence[str], Sequence[str]]], renderings: Sequence[str], folder: Path
) -> dict[str, Any]:
    """Score each set's share of the renderings and keep them as text."""
    results, start = {}, 0
    for name, (french, english) in sets.items():
        translated = renderings[start : start + len(french)]
        start += len(french)
        write_atomically(folder / f"{name}.en", "".join(f"{line}\n" for line in translated))
        evaluation = evaluate_translation(translated, english)
        results[name] = evaluation.to_json()
        log.info("%s: %s", name, "  ".join(f"{each.name} {each.score:.1f}" for each in evaluation.scores))
    return results

"""Points of the learning curve: the bare model, scored on a few lines while it is being trained.

Start reading at `add_point`.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path

from aligner.comparison.evaluate import evaluate_translation, read_lines
from aligner.languages.french_english.spelling import without_first_article
from aligner.translation.protect.fold import model_form
from training.config import Config
from training.convert import convert
from training.vocabulary import VOCABULARY, load_vocabulary

log = logging.getLogger(__name__)
CURVE = "curve.jsonl"
SETS = ("un", "wmt12", "flores-dev", "europarl")
LINES, BEAM = 200, 2


def add_point(config: Config, *, work: Path, snapshots: Path, development: Path, last: int) -> dict[str, float]:
    """Score the mean of the last snapshots in a folder and append the figures to ``work/curve.jsonl``."""
    import ctranslate2

    from training.checkpoint import read_state  # needs PyTorch, which whoever only draws the curve may lack

    state = read_state(snapshots)
    point: dict[str, float] = {"pieces": state.tokens, "minutes": round(state.elapsed / 60), "averaged": last}
    model = convert(config, work=work, snapshots=snapshots, last=last)
    translator = ctranslate2.Translator(str(model), compute_type="int8", intra_threads=1)
    vocabulary = load_vocabulary(work / VOCABULARY)
    for name in (name for name in SETS if (development / f"{name}.fr").is_file()):
        french, english = (_sample(read_lines(development / f"{name}.{side}")) for side in ("fr", "en"))
        pieces = vocabulary.encode([model_form(without_first_article(line)) for line in french], out_type=str)
        results = translator.translate_batch(pieces, beam_size=BEAM, max_batch_size=32, batch_type="examples")
        found = [vocabulary.decode_pieces(result.hypotheses[0]) for result in results]
        bleu, chrf = (each.score for each in evaluate_translation(found, english, bootstrap=0).scores[:2])
        point |= {name: round(bleu, 2), f"{name} chrF2": round(chrf, 2)}
    with (work / CURVE).open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(point) + "\n")
    log.info("%s", point)
    return point


def _sample(lines: list[str]) -> list[str]:
    """Take lines from all over a set."""
    return lines[:: max(1, len(lines) // LINES)][:LINES]

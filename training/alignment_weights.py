"""Learn the weights of the alignment model from documents with gold alignments.

    python -m training.alignment_weights SUITE [--translations DIR] [--textberg DIR] [--udhr DIR] [-o weights.json]
    python -m training.alignment_weights SUITE --folds 2        # learned on half of the documents, scored on the other

`benchmarks.alignment_suite` says what these folders hold. The model is a conditional random field over whole
alignments (Lafferty, McCallum & Pereira 2001): the weights make the gold path as probable as possible among all paths
of its lattice, with a quadratic penalty on their distance from the weights that the package has. Every document is seen
in every condition that it has the data for: with nothing, with the lexicon, with a translation of either side, with
both. What the aligner then knows of the words decides which weights it teaches
(`aligner.alignment.features.TextPair.knowledge`). The lattice and the shapes' priors come from a first alignment with
the weights before; more rounds start from what was learned. Start reading at `main`.

The weights in the package were learned with::

    --only lit_alice lit_confessions lit_emma lit_voyage law_c-297 law_c-3 par_canterville textberg udhr

with the translations of one engine (``--engines google``) and every second pair of languages of the Declaration of
Human Rights; all other documents stayed unseen. They are means, because each of these sets is best at something else:
of the weights learned before there were features of headings, speech and questions (A); of those learned with them by
all examples together, from hand-set weights and with a penalty on the weights themselves (B); and of those that this
command learns (C). With words: half of A and of B. With nothing but the texts: half of A, a quarter of B and of C.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.alignment import score_pairs
from aligner.alignment.search import nodes, prepare_pair, search
from aligner.alignment.weights import AllWeights, Weights, builtin_weights
from benchmarks.alignment_harder import delete_lines, read_udhr
from benchmarks.alignment_suite import CONDITIONS, Document, options_for, read_suite, read_textberg
from training.alignment_minimise import minimise
from training.alignment_problem import NAMES, Problem, build, likelihood

Floats = NDArray[np.float64]
Example = tuple[Document, str]
"""A document and the condition it is aligned in."""
MEANING = {
    "texts": {"meaning": 5.0, "weakest meaning": 1.5, "merged meaning": -0.7},
    "words": {"meaning": 2.0, "weakest meaning": 0.7, "merged meaning": -0.2},
}
"""The weights of sentence embeddings, by what is known of the words: chosen from three values each, for the mean of the
strict F1 of the documents below and of half of the pairs of the Declaration of Human Rights. Learned like the others
they came out worse in F1."""
LINES = 0.15, 0.3
"""The shares of the lines of the Declaration that are deleted."""


def main() -> None:
    """Learn, or cross-validate."""
    options = _arguments()
    documents = list(read_suite(options.suite, options.translations))
    documents += read_textberg(options.textberg, options.engines) if options.textberg else []
    documents += deleted(options.udhr) if options.udhr else []
    examples = [
        (document, condition)
        for document in documents
        if document.name.startswith(tuple(options.only)) and not document.name.startswith(tuple(options.skip))
        for condition in CONDITIONS
        if document.has(condition) and (condition == "plain" or not document.name.startswith("udhr"))
    ]
    if options.folds:
        cross_validate(examples, options)
        return
    learned = {
        knowledge: {name: round(weight, 4) for name, weight in weights.items()} | MEANING[knowledge]
        for knowledge, weights in train(examples, options).items()
    }
    options.output.write_text(json.dumps(learned, indent=1) + "\n", "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suite", type=Path)
    parser.add_argument("--translations", type=Path)
    parser.add_argument("--textberg", type=Path)
    parser.add_argument("--udhr", type=Path, help="folder of the Declaration of Human Rights")
    parser.add_argument("--engines", nargs="*", default=["google"], help="engines of the Text+Berg translations")
    parser.add_argument("--skip", nargs="*", default=["speed_10k"], help="documents left out")
    parser.add_argument("--only", nargs="*", default=[""], help="names (from the start) of the documents to learn from")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--penalty", type=float, default=10.0)
    parser.add_argument("-o", "--output", type=Path, default=Path("weights.json"))
    return parser.parse_args()


def deleted(folder: Path) -> list[Document]:
    """Every second pair of the Declaration of Human Rights, without some of the lines."""
    return [
        delete_lines(document, share, 10)  # another seed than those of the benchmark
        for document in list(read_udhr(folder))[1::2]
        for share in LINES
    ]


def cross_validate(examples: Sequence[Example], options: argparse.Namespace) -> None:
    """Train on all but some documents, score those; print each document's F1 in each condition.

    The translations of another engine are no other document: names count up to the first space.
    """
    names = sorted({document.name.split(" ")[0] for document, _ in examples})
    for fold in range(options.folds):
        held = names[fold :: options.folds]
        kept = [example for example in examples if example[0].name.split(" ")[0] not in held]
        weights = train(kept, options)
        for example in examples:
            if example not in kept:
                print(f"{example[0].name:24s} {example[1]:12s} {evaluate(example, weights)}", flush=True)


def evaluate(example: Example, weights: AllWeights) -> str:
    """Strict and lax F1 of one example."""
    document, condition = example
    path = search(document.given(condition), options_for(condition), weights=weights).path
    beads = [(tuple(range(i - a, i)), tuple(range(j - b, j))) for (a, b), (i, j) in zip(path, nodes(path), strict=True)]
    score = score_pairs([document.gold], [beads])
    return f"{score.strict.f1:.3f}/{score.lax.f1:.3f}"


def train(examples: Sequence[Example], options: argparse.Namespace) -> AllWeights:
    """Learn the weights of each kind of knowledge from the examples that have it."""
    kinds = [prepare_pair(document.given(kind), options_for(kind)).knowledge for document, kind in examples]
    return {
        knowledge: fit([each for each, kind in zip(examples, kinds, strict=True) if kind == knowledge], before, options)
        for knowledge, before in builtin_weights().items()
    }


def fit(examples: Sequence[Example], before: Weights, options: argparse.Namespace) -> Weights:
    """Alternate building lattices and fitting weights, not far from those before."""
    weights, centre = before, np.array([before.get(name, 0.0) for name in NAMES])
    for _ in range(options.rounds):
        problems = [
            build(document.given(condition), document.gold, options_for(condition), weights)
            for document, condition in examples
        ]

        def cost(vector: Floats, problems: Sequence[Problem] = problems) -> tuple[float, Floats]:
            apart = vector - centre
            value, slope = options.penalty * float(apart @ apart) / 2, options.penalty * apart
            for problem in problems:
                v, s = likelihood(problem, vector)
                value, slope = value - v, slope - s
            return value, slope

        vector = minimise(cost, np.array([weights.get(name, 0.0) for name in NAMES]), options.steps)
        # The examples have no paragraphs to learn from.
        weights = dict(zip(NAMES, vector.tolist(), strict=True)) | {"paragraph": before["paragraph"]}
        print(json.dumps({name: round(weight, 3) for name, weight in weights.items()}), file=sys.stderr)
    return weights


if __name__ == "__main__":
    main()

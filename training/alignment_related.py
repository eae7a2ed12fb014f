"""Learn to tell beads whose sides correspond from others, for `aligner.alignment.related`.

    python -m training.alignment_related SUITE --udhr DIR [--textberg DIR] [--write]

The examples are loosely parallel texts (`benchmarks.alignment_harder.loosen`): of every document one with three
tenths of the sentences missing on either side, one with one tenth, both with two blocks swapped, one as it is, and
the beginning of the text beside that of another one, with which it has nothing to do. Logistic regression, learned
from half of the documents (`LEARNED`); the table is about the other half: how many beads with both sides there are,
how many pair what does not correspond, and the area under the ROC curve of the probability from the lattice alone and
of the regression. With sentence embeddings where the extra is installed. ``--write`` writes the weights into the
package. Start reading at `main`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.front import beads_at
from aligner.alignment.meanings import Encoder
from aligner.alignment.related import SIGNS, bead_signs, knowledge
from aligner.alignment.search import nodes, search
from aligner.embeddings import installed_encoders, shared_vectors
from benchmarks.alignment_harder import UDHR_PAIRS, judge_beads, loosen, read_udhr, separation
from benchmarks.alignment_suite import Document, options_for, read_suite, read_textberg

Floats = NDArray[np.float64]
LEARNED = (
    "lit_alice", "lit_confessions", "lit_emma", "lit_voyage", "law_c-297", "law_c-3", "par_canterville", "docs_php",
    "textberg", *(f"udhr {pair}" for pair in UDHR_PAIRS[1::2]),
)  # fmt: skip
MISSING = (0.3, 0.1)
"""The shares of the sentences that are missing in the loosely parallel texts."""
STRANGE = 60
"""Sentences of texts that have nothing to do with each other."""
PENALTY = 1.0
FILE = Path(__file__).parent.parent / "aligner" / "alignment" / "data" / "related.json"


@dataclass(frozen=True, slots=True)
class Example:
    """The beads with both sides of one text."""

    name: str
    knowledge: str
    table: Floats
    """Bead × sign."""
    sure: Floats
    """The probability from the lattice."""
    related: NDArray[np.bool_]


def main() -> None:
    """Learn, print the table, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suite", type=Path)
    parser.add_argument("--udhr", type=Path, required=True, help="folder of the Declaration of Human Rights")
    parser.add_argument("--textberg", type=Path, help="folder of the Text+Berg set")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    documents = [document for document in read_suite(options.suite) if document.name != "speed_10k"]
    documents += read_udhr(options.udhr)
    documents += read_textberg(options.textberg, ["google"]) if options.textberg else []
    # The first alone, for the others are asked where it knows nothing, which is where texts are strangers.
    installed = installed_encoders(shared_vectors())[:1]
    offers = [(), installed] if installed else [()]
    examples = [example for encoders in offers for example in make_examples(documents, encoders)]
    learned = {}
    print(f"{'':24s}{'beads':>8s}{'unrelated':>11s}{'lattice':>9s}{'related':>9s}")
    for kind in dict.fromkeys(example.knowledge for example in examples):
        mine = [example for example in examples if example.knowledge == kind]
        weights = learn([example for example in mine if example.name.startswith(LEARNED)])
        learned[kind] = dict(zip((*SIGNS, "constant"), weights.round(4).tolist(), strict=True))
        report(kind, [example for example in mine if not example.name.startswith(LEARNED)], weights)
    if options.write:
        FILE.write_text(json.dumps(learned, indent=1) + "\n", "utf-8")


def make_examples(documents: Sequence[Document], encoders: Sequence[Encoder]) -> Iterator[Example]:
    """Each document in each degree of looseness, with a lexicon or translations and without."""
    for document, other in zip(documents, [*documents[1:], documents[0]], strict=True):
        # Of the Declaration every text is a translation of every other.
        foreign = other if not other.name.startswith("udhr") else documents[0]
        stranger = replace(document, source=document.source[:STRANGE], target=foreign.target[:STRANGE], gold=(),
                           translation=None, back_translation=None)  # fmt: skip
        loose = [loosen(document, share, seed) for seed, share in enumerate(MISSING)]
        for condition in ("plain", "both" if document.has("both") else "lexicon"):
            if condition == "lexicon" and document.name.startswith("udhr"):
                continue
            for text in (*loose, document, stranger):
                options = replace(options_for(condition), embeddings="always" if encoders else "never")
                found = search(replace(text.given(condition), encoders=encoders), options)
                beads = beads_at(found, found.path, nodes(found.path))
                sure = np.array([bead.confidence for bead in beads])
                full = np.array([not bead.is_null for bead in beads])
                related = judge_beads(text, [(bead.source, bead.target) for bead in beads])
                table = bead_signs(found, sure)[full]
                yield Example(text.name, knowledge(found.pair), table, sure[full], np.array(related))


def learn(examples: Iterable[Example]) -> Floats:
    """Logistic regression by Newton's method, with a quadratic penalty; the constant comes last."""
    examples = list(examples)
    table = np.concatenate([example.table for example in examples])
    truth = np.concatenate([example.related for example in examples]).astype(np.float64)
    table = np.column_stack([table, np.ones(len(table))])
    penalty = np.append(np.full(len(SIGNS), PENALTY), 1e-6)
    weights = np.zeros(table.shape[1])
    for _ in range(50):
        probable = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (probable - truth) + penalty * weights
        bend = (table * (probable * (1 - probable))[:, None]).T @ table + np.diag(penalty)
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def report(kind: str, examples: Sequence[Example], weights: Floats) -> None:
    """A row of the table, and how probability and truth agree."""
    if not examples:
        return
    table = np.concatenate([example.table for example in examples])
    sure = np.concatenate([example.sure for example in examples])
    related = np.concatenate([example.related for example in examples])
    probable = 1 / (1 + np.exp(-(table @ weights[:-1] + weights[-1])))
    areas = [separation(list(values), list(related)) for values in (sure, probable)]
    print(f"{kind:24s}{len(related):8d}{1 - related.mean():11.3f}{areas[0]:9.3f}{areas[1]:9.3f}")
    for low in np.arange(0.0, 1.0, 0.2):
        inside = (probable >= low) & (probable < low + 0.2 + 1e-9)
        if inside.any():
            figures = f"{probable[inside].mean():.3f} {related[inside].mean():.3f}"
            print(f"    {low:.1f} - {low + 0.2:.1f} {inside.sum():8d} {figures}")


if __name__ == "__main__":
    main()

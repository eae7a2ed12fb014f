"""How well attention tells that a clause was left out, and what noticing it is worth.

    python benchmarks/omissions.py FILE.fr… [--model PATH] [--least 0.05 0.1 0.2] [--most 200]

Beside every FILE.fr lies FILE.en, its human translation, line by line. Each line is rendered clause by clause, and
the model made to say the whole of it, and then all but one clause (chosen by a seed). The attention paid to the
French in both is what `aligner.translation.argos.coverage` goes by: the first table has, for each least attention, how
many of the lost clauses it notices, and how many complete renderings it doubts (of clauses, and by people). The
second table has what users get: chrF2 with and without it, the lines that changed, and how many of these are nearer
to the human translation.

This is how `least_attention` was chosen for the configuration of a model. Deterministic. Takes some minutes.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sacrebleu.metrics.chrf import CHRF

from aligner.translation import Package, TranslateOptions, find_package, open_translator
from aligner.translation.argos.clauses import clauses
from aligner.translation.argos.coverage import left_out
from aligner.translation.argos.decoder import Attention, Decoder, Decoding
from aligner.translation.argos.tokenizer import Tokenizer, Tokens, load_tokenizer
from aligner.translation.packages.contents import open_contents

PARTS = 4
SEED = 1
KINDS = ("lost, 20 letters and more", "lost, 40 letters and more", "complete", "by people")


@dataclass(frozen=True, slots=True)
class Said:
    """A source, and something the model was made to say for it."""

    kind: str
    source: Tokens
    target: Tokens


class Speaker:
    """A model that says what it is told to."""

    def __init__(self, package: Package) -> None:
        options = TranslateOptions()
        with open_contents(package.path) as contents:
            self.tokenizer: Tokenizer = load_tokenizer(package, contents)
        self.decoder = Decoder(package, threads=options.threads, batch_tokens=options.batch_tokens)

    def renderings(self, texts: Sequence[str]) -> list[str]:
        """The model's first rendering of each text."""
        best: dict[int, Tokens] = {}
        for batch in self.decoder.stream(self.tokenizer.encode(list(texts)), Decoding(beam=2)):
            best |= {index: hypotheses[0].tokens for index, hypotheses in batch}
        return self.tokenizer.decode([best[index] for index in range(len(texts))])

    def attention(self, said: Sequence[Said]) -> Iterator[Attention]:
        """The attention paid while saying each."""
        waiting = [self.decoder.request(one.source, [one.target], Decoding(beam=1)) for one in said]
        for one, wait in zip(said, waiting, strict=True):
            yield wait()[0].attention[: len(one.target)]

    def tokens(self, text: str) -> Tokens:
        """A text in tokens."""
        return self.tokenizer.encode([text])[0]


def cases(speaker: Speaker, source: str, reference: str, chance: random.Random) -> Iterator[Said]:
    """A line with its human translation, with all its clauses, and with all but one."""
    tokens = speaker.tokens(source)
    yield Said("by people", tokens, speaker.tokens(reference))
    longest = max(8, len(tokens) // PARTS + 1)
    parts = clauses(source, lambda part: len(speaker.tokens(part)) <= longest, lambda _: ())
    lost = chance.randrange(len(parts))
    letters = sum(map(str.isalpha, parts[lost]))
    if len(parts) < 3 or letters < 20:
        return
    outputs = speaker.renderings([part.strip() for part in parts])
    kept = [output for number, output in enumerate(outputs) if number != lost]
    yield Said("complete", tokens, speaker.tokens(" ".join(outputs)))
    yield Said(KINDS[letters >= 40], tokens, speaker.tokens(" ".join(kept)))


def noticed(package: Package, lines: Sequence[tuple[str, str]], leasts: Sequence[float]) -> None:
    """Print the first table."""
    speaker, chance = Speaker(package), random.Random(SEED)  # noqa: S311 - not for secrets
    said = [case for source, reference in lines for case in cases(speaker, source, reference, chance)]
    paid = list(speaker.attention(said))
    print("| least attention | " + " | ".join(KINDS) + " |\n|---|" + "---|" * len(KINDS))
    for least in leasts:
        row = []
        for kind in KINDS:
            those = [bool(left_out(s.source, a, least)) for s, a in zip(said, paid, strict=True) if s.kind == kind]
            row.append(f"{100 * sum(those) / max(1, len(those)):.1f} % of {len(those)}")
        print(f"| {least} | " + " | ".join(row) + " |", flush=True)


def worth(package: Package, lines: Sequence[tuple[str, str]], leasts: Sequence[float]) -> None:
    """Print the second table."""
    metric = CHRF()
    sources, references = [source for source, _ in lines], [[reference for _, reference in lines]]
    each = {}
    print("\n| least attention | chrF2 | lines that changed | nearer to people's | farther |\n|---|---|---|---|---|")
    for least in (0.0, *leasts):
        translator = open_translator(replace(package, least_attention=least))
        texts = [rendering.text for rendering in translator.translate(sources)]
        scores = [metric.sentence_score(t, [r]).score for t, r in zip(texts, references[0], strict=True)]
        each[least] = texts, scores
        plain, before = each[0.0]
        changed = sum(one != other for one, other in zip(texts, plain, strict=True))
        nearer = sum(one > other for one, other in zip(scores, before, strict=True))
        farther = sum(one < other for one, other in zip(scores, before, strict=True))
        score = metric.corpus_score(texts, references).score
        print(f"| {least or 'not asked'} | {score:.2f} | {changed} | {nearer} | {farther} |", flush=True)


def main() -> None:
    """Measure the files named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.fr")
    parser.add_argument("--model", type=Path, help="an .argosmodel file or an unpacked package")
    parser.add_argument("--least", nargs="+", type=float, default=[0.05, 0.1, 0.15, 0.2])
    parser.add_argument("--most", type=int, default=200, help="lines taken of every file")
    given = parser.parse_args()
    lines = [
        (source, reference)
        for path in given.files
        for source, reference in zip(
            path.read_text("utf-8").splitlines()[: given.most],
            path.with_suffix(".en").read_text("utf-8").splitlines()[: given.most],
            strict=True,
        )
    ]
    package = replace(find_package("fr", "en", model=given.model), least_attention=given.least[0])
    noticed(package, lines, given.least)
    worth(package, lines, given.least)


if __name__ == "__main__":
    main()

"""The worked example of docs/algorithm.md, from the code: the picture of its lattice and the table of one bead's score.

    python -m benchmarks.alignment_example docs/lattice.svg      # draws the picture, prints the table

A test compares both with what the documentation holds. Start reading at `main`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

from aligner.alignment import Explanation, align, explain
from aligner.files import write_atomically
from aligner.model import Bead

FRENCH = (
    "Le vieux moulin se dresse au bord de la rivière.",
    "Jeanne y habite depuis 1957.",
    "Chaque matin, elle ouvre la porte et regarde l’eau ; puis elle travaille.",
    "La ville est loin.",
)
ENGLISH = (
    "The old mill stands on the bank of the river.",
    "Jeanne has lived there since 1957.",
    "Every morning she opens the door and looks at the water.",
    "Then she works.",
    "The town is far away.",
)
LABELS = (
    ("Le vieux moulin …", "Jeanne y habite …", "Chaque matin …", "La ville est loin."),
    ("The old mill …", "Jeanne has …", "Every morning …", "Then she works.", "The town …"),
)
TOLD = 2
"""The bead whose score is told."""
LEFT, TOP, STEP = 150, 90, 70
LEAST_CONTRIBUTION = 0.05
LEAST_SHOWN = 0.02
"""Less probable beads are not drawn."""
STYLE = (
    ".g{stroke:#bbb}.n{fill:#888}.p{stroke:#06c;stroke-width:4;fill:none}"
    ".a{stroke:#c60;stroke-width:1.5;stroke-dasharray:5 4;fill:none}"
    "text{fill:#555}.b{fill:#06c;font-weight:bold}.c{fill:#c60}"
)


def main() -> None:
    """Draw and print."""
    write_atomically(Path(sys.argv[1]), draw())
    print(table(explain(FRENCH, ENGLISH, TOLD)))


def table(told: Explanation) -> str:
    """The contributions to a score as a table in Markdown; the smallest ones are summed."""
    rows = ["| feature | value | weight | contribution |", "|---|---|---|---|"]
    large = [reason for reason in told.reasons if abs(reason.contribution) >= LEAST_CONTRIBUTION]
    rest = told.bead.score - sum(reason.contribution for reason in large)
    rows += [
        f"| {r.feature} | {_signed(r.value)} | {_signed(r.weight)} | {_signed(r.contribution, '+')} |" for r in large
    ]
    rows += [f"| all others | | | {_signed(rest, '+')} |", f"| **score** | | | **{_signed(told.bead.score)}** |"]
    return "\n".join(rows)


def _signed(number: float, plus: str = "") -> str:
    """A number with a real minus sign."""
    return f"{number:{plus}.2f}".replace("-", "−").replace("−0.00", "0.00")


def draw() -> str:
    """The lattice as SVG: the best path with its probabilities, and the most probable of the other beads."""
    path = align(FRENCH, ENGLISH).beads
    others: dict[tuple[tuple[int, ...], tuple[int, ...]], Bead] = {}
    for number in range(len(path)):
        others |= {(bead.source, bead.target): bead for bead in explain(FRENCH, ENGLISH, number).alternatives}
    likely = sorted(others.values(), key=lambda bead: (-bead.confidence, bead.source, bead.target))
    shown = [bead for bead in likely if bead.source and bead.target and bead.confidence >= LEAST_SHOWN]
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 430" font-family="sans-serif" font-size="12" '
        'role="img" aria-label="Lattice of four French and five English sentences with the best path">',
        f"<style>{STYLE}</style>",
        *_grid(),
        *(_edge(bead, "p", "b") for bead in path),
        *(_edge(bead, "a", "c") for bead in shown),
        *_labels(),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _grid() -> Iterator[str]:
    """Lines and nodes."""
    right, bottom = LEFT + STEP * len(ENGLISH), TOP + STEP * len(FRENCH)
    rows, columns = range(TOP, bottom + 1, STEP), range(LEFT, right + 1, STEP)
    yield from (f'<line class="g" x1="{LEFT}" y1="{y}" x2="{right}" y2="{y}"/>' for y in rows)
    yield from (f'<line class="g" x1="{x}" y1="{TOP}" x2="{x}" y2="{bottom}"/>' for x in columns)
    yield from (f'<circle class="n" cx="{x}" cy="{y}" r="3"/>' for y in rows for x in columns)


def _edge(bead: Bead, line: str, label: str) -> str:
    """A bead with its shape and probability: the path's below the line, the others above, bent away from the path."""
    x, y = LEFT + STEP * bead.target[0], TOP + STEP * bead.source[0]
    width, height = STEP * len(bead.target), STEP * len(bead.source)
    bend = 0.0 if line == "p" else -0.22
    middle = (x + width / 2 - bend * height, y + height / 2 + bend * width)
    at = (middle[0] + 8, middle[1] - 6) if bend else (middle[0] - (40 if width > height else 50), middle[1] + 24)
    text = f"{len(bead.source)}-{len(bead.target)}  {bead.confidence:.3f}".replace("0.", ".")
    return (
        f'<path class="{line}" d="M{x} {y} Q{middle[0]:.0f} {middle[1]:.0f} {x + width} {y + height}"/>\n'
        f'<text class="{label}" x="{at[0]:.0f}" y="{at[1]:.0f}">{text}</text>'
    )


def _labels() -> Iterator[str]:
    """The sentences, in short, and the names of two nodes."""
    for i, text in enumerate(LABELS[0]):
        yield f'<text x="{LEFT - 12}" y="{TOP + STEP * i + 39}" text-anchor="end">{escape(text)}</text>'
    for j, text in enumerate(LABELS[1]):
        x = LEFT + STEP * j + 35
        yield f'<text x="{x}" y="76" transform="rotate(-30 {x} 76)">{escape(text)}</text>'
    yield f'<text x="{LEFT - 8}" y="{TOP - 8}" text-anchor="end">(0, 0)</text>'
    yield f'<text x="{LEFT + 358}" y="{TOP + 296}">(4, 5)</text>'


if __name__ == "__main__":
    main()

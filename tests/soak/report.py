"""What a soak came to, as a table for the screen and for ``docs/reliability.md``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.soak.trial import Family, Tally

_PART = "<!-- seed {} -->\n{}\n<!-- end of seed {} -->\n"


def table(families: Sequence[Family], tallies: Mapping[str, Tally]) -> str:
    """A row for each family."""
    rows = [["family", "cases", "what was tried", "faults", "seconds", "figures"]]
    for family in families:
        tally = tallies[family.name]
        figures = "; ".join(f"{name} {_short(value)}" for name, value in sorted(tally.figures.items()))
        tried = f"{tally.count:,} {family.unit}"
        rows.append(
            [
                family.name,
                f"{tally.done} of {family.cases}",
                tried,
                str(len(tally.faults)),
                f"{tally.seconds:,.0f}",
                figures,
            ]
        )
    rows.insert(1, ["---"] * len(rows[0]))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def page(path: Path, seed: int, what: str, families: Sequence[Family], tallies: Mapping[str, Tally]) -> str:
    """The page with the table of a seed put in, in place of an earlier one."""
    text = path.read_text("utf-8") if path.exists() else "# Reliability\n"
    part = _PART.format(seed, f"{what}:\n\n{table(families, tallies)}", seed)
    old = re.compile(rf"<!-- seed {seed} -->\n.*?<!-- end of seed {seed} -->\n", re.DOTALL)
    return old.sub(lambda _: part, text) if old.search(text) else f"{text.rstrip()}\n\n{part}"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.2f}"

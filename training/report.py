"""Scores as Markdown: the table for the package's README and for ``docs/model.md``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PUBLISHED = Path(__file__).resolve().parent / "published.toml"


def score_table(scores: Mapping[str, Any]) -> str:
    """Give all development sets' scores, beside published BLEU, with signatures, speed and memory."""
    published = tomllib.loads(PUBLISHED.read_text(encoding="utf-8"))
    systems = list(published["bleu"])
    head = ["development set", "lines", "BLEU", "chrF2", "TER", *(f"{name} (BLEU)" for name in systems)]
    rows = [head, ["---", *["---:"] * (len(head) - 1)]]
    for name, result in scores["sets"].items():
        figures = {each["name"]: each for each in result["scores"]}
        cells = [_figure(figures[metric]) for metric in ("BLEU", "chrF2", "TER")]
        others = [str(published["bleu"][system].get(name, "")) for system in systems]
        rows.append([name, f"{result['lines']:,}", *cells, *others])
    first = next(iter(scores["sets"].values()))["scores"]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines += ["", "Signatures (sacreBLEU; ± is the 95 % confidence interval):", ""]
    lines += [f"- `{each['name']}|{each['signature']}`" for each in first]
    lines += ["", published["note"].strip(), "", _speed(scores)]
    return "\n".join(lines)


def _figure(score: Mapping[str, Any]) -> str:
    """Give one score with its interval."""
    interval = score["interval"]
    return f"{score['score']:.1f}" + ("" if interval is None else f" ± {interval:.1f}")


def _speed(scores: Mapping[str, Any]) -> str:
    """Say how fast and how large the translator was."""
    return (
        f"Package {scores['package']}, {scores['megabytes']:.1f} MB; beam {scores['beam']}, "
        f"{scores['threads']} threads: {scores['pieces_per_second']:,.0f} target pieces and "
        f"{scores['words_per_second']:,.0f} source words a second "
        f"({scores['pieces_per_processor_second']:,.0f} target pieces a second of one core), "
        f"{scores['peak_megabytes']:,.0f} MB of memory at the peak."
    )

"""Comparing two versions of a translation: what changed, how much, where.

    path ──read_version──▶ Version ┐
    project ──machine_versions─────┴─compare──▶ Comparison ──report_of──▶ Report ──render_report──▶ HTML
                                                                             └────report_json────▶ figures

Documents are paired by their ids, segments by locator, source text or sequence (`aligner.comparison.match`); pairs are
scored by TER and chrF2. Nothing is left out silently. Start reading at `aligner.comparison.work`.
"""

from aligner.comparison.differences import (
    ComparedDocument,
    ComparedPair,
    ComparedUnit,
    Comparison,
    Matched,
    Scored,
    Version,
    VersionText,
)
from aligner.comparison.machine import machine_versions
from aligner.comparison.read import read_version
from aligner.comparison.report import report_json, report_of
from aligner.comparison.work import compare

__all__ = [
    "ComparedDocument",
    "ComparedPair",
    "ComparedUnit",
    "Comparison",
    "Matched",
    "Scored",
    "Version",
    "VersionText",
    "compare",
    "machine_versions",
    "read_version",
    "report_json",
    "report_of",
]

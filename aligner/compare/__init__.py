"""Comparing two versions of a translation: what changed, how much, where.

    path ──read_version──▶ Version ┐
    project ──machine_versions─────┴─compare──▶ Comparison ──report_of──▶ Report ──render_report──▶ HTML
                                                                             └────report_json────▶ figures

Documents are paired by their ids, segments by locator, source text or sequence (`aligner.compare.match`); pairs are
scored by TER and chrF2. Nothing is left out silently. Start reading at `aligner.compare.work`.
"""

from aligner.compare.differences import (
    ComparedDocument,
    ComparedPair,
    ComparedUnit,
    Comparison,
    Matched,
    Scored,
    Version,
    VersionText,
)
from aligner.compare.machine import machine_versions
from aligner.compare.read import read_version
from aligner.compare.report import report_json, report_of
from aligner.compare.work import compare

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

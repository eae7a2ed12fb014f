"""Coded checks on bitexts: what a reviewer should look at.

    Bitext ──pairs──▶ Pair (source, target) ──each check──▶ Remark ──▶ Finding (code, document, locator, spans)

Every check is a small function with a code (``E201``); `CHECKS` is the table, `check` runs it. Pure: strings and
records, no model and no file. Start reading at `aligner.checks.run`, then `aligner.checks.registry`.
"""

from aligner.checks.findings import (
    Check,
    Finding,
    Pair,
    Remark,
    Severity,
)
from aligner.checks.registry import CHECKS, selected
from aligner.checks.run import check
from aligner.languages.words import Span

__all__ = ["CHECKS", "Check", "Finding", "Pair", "Remark", "Severity", "Span", "check", "selected"]

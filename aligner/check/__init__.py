"""Coded checks on bitexts: what a reviewer should look at.

    Bitext ──pairs──▶ Pair (source, target) ──each check──▶ Remark ──▶ Finding (code, document, locator, spans)

Every check is a small function with a code (``E201``); `CHECKS` is the table, `check` runs it. Pure: strings and
records, no model and no file. Start reading at `aligner.check.run`, then `aligner.check.registry`.
"""

from aligner.check.findings import (
    Check,
    Finding,
    Pair,
    Remark,
    Severity,
)
from aligner.check.registry import CHECKS, selected
from aligner.check.run import check
from aligner.languages.words import Span

__all__ = ["CHECKS", "Check", "Finding", "Pair", "Remark", "Severity", "Span", "check", "selected"]

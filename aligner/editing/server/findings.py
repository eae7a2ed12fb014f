"""The findings of a document that is being edited, without checking all of it again after every edit.

Most checks look at one pair at a time and remember nothing, so what they said of a pair of texts is kept; the others
run again when a text has changed. Start reading at `Findings.of`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from aligner.checks import Finding, Pair, check, selected
from aligner.checks.run import check_pair, pairs
from aligner.errors import EnvironmentProblem
from aligner.model import Bitext
from aligner.terms.glossary import NO_TERMS, Glossary


class Findings:
    """What the checks, with those of the glossary `terms`, say of one document, state after state."""

    def __init__(self, terms: Glossary = NO_TERMS) -> None:
        self.terms = terms
        checks = selected(terms=terms)
        self._alone = [each for each in checks if each.start() is each.start()]  # they remember nothing
        self._together = [each.code for each in checks if each not in self._alone]
        self._known: dict[tuple[str, str, tuple[str, str]], list[Finding]] = {}
        self._pairs: list[Pair] = []
        self._found: list[Finding] = []

    def knows(self, bitext: Bitext) -> bool:
        """Whether the findings of exactly these pairs are there already."""
        return bool(self._pairs) and list(pairs(bitext)) == self._pairs

    def of(self, bitext: Bitext, *, stopped: Callable[[], bool] = lambda: False) -> list[Finding]:
        """The findings, bead by bead in the order of the codes, as `aligner.checks.check` gives them.

        Once `stopped` says so it gives up, with an EnvironmentProblem.
        """
        checked = list(pairs(bitext))
        if checked == self._pairs:
            return self._found
        together = defaultdict(list)
        for finding in check([bitext], only=self._together):
            together[finding.locator].append(finding)
        running = [(each, each.start()) for each in self._alone]
        known: dict[tuple[str, str, tuple[str, str]], list[Finding]] = {}
        found: list[Finding] = []
        for pair in checked:
            if stopped():
                raise EnvironmentProblem("the review has ended")
            texts = pair.source, pair.target, pair.around
            if texts not in known:
                old = self._known.get(texts)
                known[texts] = list(check_pair(pair, running)) if old is None else old
            # what was said of the same texts elsewhere, or before a merge, is about this place now
            here = [replace(finding, locator=pair.locator) for finding in known[texts]] + together[pair.locator]
            found += sorted(here, key=lambda finding: finding.code[1:])
        # only what the document has now is kept: a long session would pile up texts
        self._known, self._found, self._pairs = known, found, checked
        return found

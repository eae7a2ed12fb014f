"""Signs of the source arrive in the target: degrees, comparisons, plus and minus before a number, sections, exponents.

Each may be said in words (*±* is *plus or minus*). Per cent signs and currencies have a check of their own
(`aligner.checks.amounts`). Start reading at `SIGNS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from aligner.checks.findings import Pair, Remark
from aligner.checks.markup import without_code
from aligner.languages.words import Span

_BEFORE_NUMBER = r"(?<![\w.,)\]’'%])(?<!\d[ \u00a0])"
"""What stands between two numbers is a range or a score, in a word a hyphen."""
SIGNS: Mapping[str, str] = {
    r"±": r"±|\+/-|\+-|plus[ -]or[ -]minus|plus[ -]minus|give or take",
    r"[≤⩽]": r"[≤⩽]|<=|at most|no more|not more|up to|less|or under|maximum|not exceed",
    r"[≥⩾]": r"[≥⩾]|>=|at least|no less|not less|or more|more|or over|minimum|exceed",
    r"(?<!<)<(?=[ \u00a0]?\d)": r"<|less|under|below|fewer|smaller|lower|younger|up to",
    r"(?<!>)>(?=[ \u00a0]?\d)": r">|more|over|above|greater|larger|higher|older|exceed",
    rf"{_BEFORE_NUMBER}[-−–](?=\d)": (
        r"[-−–‑—]\s?[$€£]?\s?\d|minus|negative|below|down|los|deficit|short|f[ae]ll|drop|decrease|declin"
    ),
    rf"{_BEFORE_NUMBER}\+(?=[ \u00a0]?\d)": r"\+|plus|up|more|above|over|increas|grow|gain|rise|rose|positive|00",
    r"[≈∼]|(?<![\w/])~(?=[ \u00a0]?\d)": r"[≈∼~]|approx|about|around|roughly|some|circa|almost|nearly",
    r"(?<=\d)[ \u00a0]?°[ \u00a0]?C(?!\w)": r"°|º|℃|degree|celsius|centigrade|\dC\b",
    r"(?<=\d)[ \u00a0]?°(?=[ \u00a0]?[\d.,;)]|[ \u00a0][NSEW]\b)": r"°|º|degree",
    r"‰": r"‰|per ?mil|per thousand|\bper mill",
    r"×(?=[ \u00a0]?\d)": r"[×x*·]|times|by|multipl",
    r"÷": r"÷|/|divided|by",
    r"§": r"§|section|paragraph|para\b|sec\.|subsection|art",
    r"(?<=\w)²(?!\w)": r"²|2|square|sq",
    r"(?<=\w)³(?!\w)": r"³|3|cub",
    r"µ(?=[a-zA-Zℓ])": r"[µμ]|micro|\bu[a-z]\b|mcg",
    r"[≠∞√∑∆→←⇒⇔∈∀∃]": "",
}
"""A sign of the source, and what of the target stands for it; empty for one that has no words."""
_COMPILED = tuple((re.compile(sign), re.compile(said, re.IGNORECASE)) for sign, said in SIGNS.items())


def signs(pair: Pair) -> Iterator[Remark]:
    """A sign of the source is missing from the target: a minus, a degree, a comparison, an exponent.

    Example: Il fait -5 °C ce matin. → It is 5 °C this morning.
    """
    source = without_code(pair.source)
    target = ""
    for sign, said in _COMPILED:
        for match in sign.finditer(source):
            target = target or without_code(pair.target)
            if not (said.search(target) if said.pattern else match[0] in target):
                yield Remark(f"the sign {match[0].strip()} is missing", source=(Span(*match.span()),))
                break

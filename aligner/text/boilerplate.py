"""Leftovers of web pages: which paragraphs are none of the document's text, and which rule says so.

The rules are data (``data/boilerplate.toml``: code, reason, where, pattern); this module reads them and applies them to
the paragraphs of a document. A paragraph is marked as a whole and never dropped.

Where a wording could also be ordinary text its rule holds only at the edges of the document, where pages put such
lines. One rule is no pattern: a last line that repeats the beginning of the title (`_repeats_title`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

HEAD, TAIL = 8, 10
"""How many paragraphs at the beginning and at the end of a document are its edges."""
LONGEST = 240
"""No longer paragraph is boilerplate."""


@dataclass(frozen=True, slots=True)
class BoilerplateRule:
    """One rule of ``boilerplate.toml``."""

    code: str
    why: str
    where: str
    """``anywhere``, or ``edges`` of the document."""
    pattern: str
    """Matches the whole paragraph; empty for the rule about repeated titles."""


@dataclass(frozen=True, slots=True)
class _Rules:
    every: tuple[BoilerplateRule, ...]
    anywhere: re.Pattern[str]
    edges: re.Pattern[str]


def boilerplate_rules() -> tuple[BoilerplateRule, ...]:
    """All rules, in the order in which they are tried."""
    return _rules().every


def find_boilerplate(paragraphs: Sequence[str]) -> dict[int, str]:
    """The indices (from 0) of the paragraphs that are boilerplate, with the code of the rule that says so.

    >>> find_boilerplate(["Page d'accueil>>Chine", "Un accord", "La Chine a signé hier.", "Imprimer"])
    {0: 'breadcrumb', 3: 'print'}
    """
    rules = _rules()
    found: dict[int, str] = {}
    for index, paragraph in enumerate(paragraphs):
        if len(paragraph) > LONGEST:
            continue
        # in the middle of a text the same words may be a heading or a sentence
        at_edge = index < HEAD or index >= len(paragraphs) - TAIL
        match = (rules.edges if at_edge else rules.anywhere).fullmatch(paragraph)
        if match and match.lastgroup:
            found[index] = rules.every[int(match.lastgroup[1:])].code
    if (last := _repeated_title(paragraphs, found)) is not None:
        found[last] = rules.every[-1].code
    return found


def _repeated_title(paragraphs: Sequence[str], found: dict[int, str]) -> int | None:
    """The index of the last paragraph when it repeats the beginning of the first, both without final punctuation."""
    text = [index for index in range(len(paragraphs)) if index not in found]
    # in a text of three lines the last one may well begin as the first does
    if len(text) < 4:
        return None
    title, last = (" ".join(paragraphs[index].casefold().split()) for index in (text[0], text[-1]))
    repeats = len(title) <= LONGEST and len(last) >= 10 and " " in last and title.startswith(last.rstrip(" .…"))
    return text[-1] if repeats and title[-1] not in ".!?" and last[-1] not in "!?" else None


@cache
def _rules() -> _Rules:
    content = tomllib.loads((resources.files("aligner.text") / "data" / "boilerplate.toml").read_text("utf-8"))
    parts: dict[str, str] = content["parts"]
    rules = []
    for row in content["rule"]:
        pattern = row["pattern"]
        # from the last, since parts may use parts that stand before them
        for name, part in reversed(parts.items()):
            pattern = pattern.replace(f"{{{name}}}", part)
        # a space in the data is any space: pages have no-break spaces where people type plain ones
        rules.append(BoilerplateRule(row["code"], row["why"], row["where"], pattern.replace(" ", r"\s")))
    title = content["repeated-title"]
    every = (*rules, BoilerplateRule(title["code"], title["why"], "edges", ""))
    return _Rules(every, _joined(rules, {"anywhere"}), _joined(rules, {"anywhere", "edges"}))


def _joined(rules: Sequence[BoilerplateRule], places: set[str]) -> re.Pattern[str]:
    options = [f"(?P<r{n}>{rule.pattern})" for n, rule in enumerate(rules) if rule.where in places]
    return re.compile("|".join(options), re.IGNORECASE)

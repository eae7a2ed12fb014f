"""False alarms and recall of the checks.

    python benchmarks/checks.py FILE.fr… [--show CODE]

Beside every FILE.fr lies FILE.en, its human translation, line by line. Two measures for each check:

- **false alarms**: the share of the human translations that it flags. Some of these are real mistakes of the humans, so
  the share is an upper bound; ``--show`` prints the pairs, to judge for oneself.
- **recall**: the translations are damaged in known ways (`SEEDS`), one mistake each; the share of the mistakes that the
  check meant for them flags, and the share that any check flags. What a check already said before does not count.

Deterministic: the mistakes depend on the seed and the line only.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from aligner.checks import CHECKS, Finding
from aligner.checks.findings import Pair
from aligner.checks.run import check_pair
from aligner.languages import language_of

Damage = Callable[[Pair, random.Random], str | None]
"""A way to spoil the target; None where there is nothing to spoil in that way."""


_MONTHS = language_of("en").months


def swapped(pattern: str, change: Callable[[re.Match[str], random.Random], str]) -> Damage:
    """Damage that changes one match of a pattern in the target."""
    compiled = re.compile(pattern)

    def damage(pair: Pair, chance: random.Random) -> str | None:
        found = list(compiled.finditer(pair.target))
        if not found:
            return None
        match = chance.choice(found)
        return pair.target[: match.start()] + change(match, chance) + pair.target[match.end() :]

    return damage


def another_digit(match: re.Match[str], chance: random.Random) -> str:
    """One digit becomes another."""
    number = match.group()
    at = chance.choice([i for i, character in enumerate(number) if character.isdigit()])
    return number[:at] + chance.choice("123456789".replace(number[at], "")) + number[at + 1 :]


def another_month(match: re.Match[str], chance: random.Random) -> str:
    """One month becomes another."""
    names = [name.capitalize() for name in _MONTHS if len(name) > 4 and name != match[2].lower()]
    return (match[1] or "") + chance.choice(names) + (match[3] or "")


def cut(pair: Pair, chance: random.Random) -> str | None:  # noqa: ARG001 - always the same place
    """Stop in the middle of a sentence of some length."""
    words = pair.target.split()
    return " ".join(words[: len(words) // 3]) if len(words) > 11 else None


def left_in_french(pair: Pair, chance: random.Random) -> str | None:  # noqa: ARG001
    """Leave the second half of the source untranslated."""
    source, target = pair.source.split(), pair.target.split()
    return " ".join(target[: len(target) // 2] + source[len(source) // 2 :]) if len(source) > 11 else None


def copied(pair: Pair, chance: random.Random) -> str | None:  # noqa: ARG001
    """Leave the whole source untranslated."""
    return pair.source if len(pair.source.split()) > 3 else None


def without_names(pair: Pair, chance: random.Random) -> str | None:  # noqa: ARG001
    """Drop a name of two words or more that both sides have."""
    for match in re.finditer(r"(?<=[a-zé,] )[A-Z][a-z]+(?: [A-Z][a-z]+)+", pair.target):
        if re.search(rf"(?<=[a-zé,] ){match.group()}\b", pair.source):
            return pair.target[: match.start()] + pair.target[match.end() + 1 :]
    return None


def repeated(pair: Pair, chance: random.Random) -> str | None:
    """Repeat three words."""
    words = pair.target.split()
    at = chance.randrange(max(len(words) - 4, 1))
    return " ".join(words[: at + 3] + words[at:]) if len(words) > 7 else None


SEEDS: dict[str, tuple[str, Damage]] = {
    "empty": ("E101", lambda pair, _: "" if pair.source else None),
    "copied from the source": ("E103", copied),
    "half left in French": ("W104", left_in_french),
    "cut to a third": ("W105", cut),
    "digit changed": ("E201", swapped(r"\b\d[\d,.]*\d\b|\b\d\b", another_digit)),
    "number dropped": ("E201", swapped(r"\b\d[\d,.]*\d\b ", lambda *_: "")),
    "month changed": ("E202", swapped(rf"(?i)(\d )({'|'.join(_MONTHS)})()\b(?! \d{{1,2}}\b)", another_month)),
    "minutes changed": ("W203", swapped(r"(?<=\d[:.])[0-5]\d(?= ?[ap]\.?m\b)", another_digit)),
    "ordinal changed": ("W204", swapped(r"\b\d+(?=(?:st|nd|rd|th)\b)", another_digit)),
    "per cent dropped": ("W205", swapped(r"(?<=\d) ?(?:%|per ?cent)", lambda *_: "")),
    "name dropped": ("W301", without_names),
    "acronym dropped": ("W302", swapped(r"\b[A-Z]{2,5}\b ", lambda *_: "")),
    "address changed": ("E303", swapped(r"(?<=www\.)\w+", lambda match, _: match.group() + "x")),
    "word doubled": ("W401", swapped(r"\b(?:the|of|to|and|a) ", lambda match, _: match.group() * 2)),
    "three words repeated": ("E402", repeated),
    "bracket dropped": ("W501", swapped(r"\((?!\w{1,4}\))", lambda *_: "")),
    "quotation mark dropped": ("W502", swapped('["“”]', lambda *_: "")),
    "French quotation marks": ("W503", swapped('[“"](?=\\w)', lambda *_: "« ")),
    "French space": ("W504", swapped(r"(?<=\w)[;:!?](?=\s|$)", lambda match, _: " " + match.group())),
    "question mark dropped": ("W505", swapped(r"\?$", lambda *_: ".")),
}


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of FILE.fr and FILE.en that have words."""
    sides = [each.read_text(encoding="utf-8").split("\n") for each in (path, path.with_suffix(".en"))]
    lines = zip(*sides, strict=True)
    return [Pair(s, t, path.stem, str(n)) for n, (s, t) in enumerate(lines, 1) if s.strip() and t.strip()]


def findings(pairs: Sequence[Pair]) -> Iterator[tuple[Pair, list[Finding]]]:
    """Every pair with what the checks say of it."""
    running = [(check, check.start()) for check in CHECKS.values()]
    for pair in pairs:
        yield pair, list(check_pair(pair, running))


def damaged(pairs: Sequence[Pair], damage: Damage) -> list[tuple[Pair, Pair]]:
    """Pairs that could be spoiled, before and after."""
    spoiled = ((pair, damage(pair, random.Random(f"{pair.document} {pair.locator}"))) for pair in pairs)  # noqa: S311
    return [(pair, replace(pair, target=text)) for pair, text in spoiled if text is not None and text != pair.target]


def false_alarms(pairs: Sequence[Pair], shown: str) -> list[str]:
    """A line for each check: how many pairs it flags."""
    counts: Counter[str] = Counter()
    for pair, found in findings(pairs):
        counts.update({finding.code for finding in found})
        for finding in found:
            if finding.code == shown:
                print(f"{pair.document} {pair.locator}: {finding.message}\n  {pair.source}\n  {pair.target}")
    share = {code: 100 * counts[code] / len(pairs) for code in CHECKS}
    return [f"| `{c.code}` | {c.name} | {counts[c.code]} | {share[c.code]:.2f} % |" for c in CHECKS.values()]


def recall(pairs: Sequence[Pair]) -> Iterator[str]:
    """A line for each kind of mistake that some pair allows: how many there were and what share was found."""
    for name, (code, damage) in SEEDS.items():
        spoiled = damaged(pairs, damage)
        if not spoiled:
            continue
        before, after = zip(*spoiled, strict=True)
        own = any_check = 0
        for (_, old), (_, new) in zip(findings(before), findings(after), strict=True):
            known = {(finding.code, finding.message) for finding in old}
            codes = {finding.code for finding in new if (finding.code, finding.message) not in known}
            own += code in codes
            any_check += bool(codes)
        rates = f"{100 * own / len(after):.0f} % | {100 * any_check / len(after):.0f} %"
        yield f"| {name} | `{code}` | {len(after)} | {rates} |"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.fr")
    parser.add_argument("--show", default="", metavar="CODE", help="also print the pairs that this check flags")
    options = parser.parse_args()
    pairs = [pair for path in options.files for pair in read_pairs(path)]
    start = time.perf_counter()
    alarms = false_alarms(pairs, options.show)
    print(f"{len(pairs)} pairs, {len(pairs) / (time.perf_counter() - start):.0f} a second\n")
    print("\n".join(["| code | name | flagged | share |", "|---|---|---:|---:|", *alarms, ""]))
    print(
        "\n".join(
            ["| mistake | check | seeded | found by it | found by any |", "|---|---|---:|---:|---:|", *recall(pairs)]
        )
    )


if __name__ == "__main__":
    main()

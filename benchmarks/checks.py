"""False alarms and recall of the checks.

    python benchmarks/checks.py FILE.fr… [--show CODE] [--seeds 500]

Beside every FILE.fr lies FILE.en, its human translation, line by line. Measures for each check:

- **false alarms**: the human translations that it flags, less those that have the mistake. Which findings on the
  development sets are right somebody has judged (``checks_judged.tsv``); of other texts all count as false, which is
  an upper bound. ``--show`` prints the pairs, to judge for oneself.
- **recall**: the translations are damaged in known ways (`SEEDS`), one mistake each; the share of the mistakes that the
  check meant for them flags, and the share that any check flags. What a check already said before does not count.
- **seeded mistakes**: as many in all as ``--seeds`` says, of the kinds above and of those for which texts have hardly
  any place (`PHRASES`): there a phrase is put before the end of both texts, and the target's is spoiled.

Deterministic: the mistakes depend on the seed and the line only.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from aligner.checks import CHECKS, Finding
from aligner.checks.findings import Pair
from aligner.checks.run import check_pair
from aligner.languages import language_of

JUDGED = Path(__file__).with_name("checks_judged.tsv")
ALARMS = ("| code | name | flagged | rightly | falsely | in 100 lines |", "|---|---|---:|---:|---:|---:|")
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


@dataclass(frozen=True)
class Phrase:
    """What is said in the source and in the target, and ways to spoil the latter."""

    source: str
    target: str
    spoiled: str


PHRASES: dict[str, tuple[Phrase, ...]] = {
    "placeholder changed": (
        Phrase("pour {nom}", "for {nom}", "for {name}"),
        Phrase("de %(total)s", "of %(total)s", "of %(sum)s"),
        Phrase("de %1$s", "of %1$s", "of"),
        Phrase("de ${chemin}", "of ${chemin}", "of ${path}"),
    ),
    "tag lost": (
        Phrase("comme <b>ici</b>", "as <b>here</b>", "as here"),
        Phrase("comme <em>ici</em>", "as <em>here</em>", "as <em>here"),
        Phrase('(<a href="#n">note</a>)', '(<a href="#n">note</a>)', "(note)"),
    ),
    "sign lost": (
        Phrase("à -5 °C", "at -5 °C", "at 5 °C"),
        Phrase("à ± 3 mm près", "within ± 3 mm", "within 3 mm"),
        Phrase("(x ≤ 12)", "(x ≤ 12)", "(x 12)"),
        Phrase("sous 25 °C", "below 25 °C", "below 25 C"),
        Phrase("(§ 41)", "(§ 41)", "(41)"),
    ),
    "zeros changed": (
        Phrase("à 0000 UTC", "at 0000 UTC", "at 000000 UTC"),
        Phrase("(code 0042)", "(code 0042)", "(code 042)"),
        Phrase("(poste 0150)", "(extension 0150)", "(extension 150)"),
    ),
    "number word dropped": (
        Phrase("pendant vingt-deux minutes", "for twenty-two minutes", "for minutes"),
        Phrase("sur quarante-trois mètres", "over forty-three metres", "over metres"),
        Phrase("pendant six semaines", "for six weeks", "for weeks"),
    ),
    "Roman numeral changed": (
        Phrase("sous Louis XIV", "under Louis XIV", "under Louis XVI"),
        Phrase("(titre VII)", "(title VII)", "(title VIII)"),
        Phrase("au chapitre III", "in chapter III", "in chapter II"),
        Phrase("avec Jean-Paul II", "with John Paul II", "with John Paul III"),
    ),
    "unit changed": (
        Phrase("pendant 3 heures", "for 3 hours", "for 3 days"),
        Phrase("sur 15 km", "over 15 km", "over 15 m"),
        Phrase("(250 g)", "(250 g)", "(250 kg)"),
        Phrase("sur 40 hectares", "over 40 hectares", "over 40 acres"),
        Phrase("tous les 18 mois", "every 18 months", "every 18 years"),
    ),
    "letter of a reference changed": (
        Phrase("(annexe A)", "(Annex A)", "(Annex B)"),
        Phrase("au tableau C", "in table C", "in table D"),
        Phrase("(salle B-12)", "(room B-12)", "(room D-12)"),
        Phrase("(partie E)", "(part E)", "(part F)"),
    ),
    "mark of a list lost": (
        Phrase(": a) le plan ; b) les frais", ": (a) the plan; (b) the costs", ": (a) the plan; the costs"),
        Phrase(": 1) le plan ; 2) les frais", ": 1) the plan; 2) the costs", ": the plan; 2) the costs"),
    ),
    "item of a list lost": (
        Phrase("avec le pain, le vin et le fromage", "with bread, wine and cheese", "with bread and cheese"),
        Phrase("en vert, rouge, bleu et jaune", "in green, red, blue and yellow", "in green, blue and yellow"),
    ),
    "letter of an acronym changed": (
        Phrase("(format JSON)", "(JSON format)", "(CSON format)"),
        Phrase("en XML", "in XML", "in XNL"),
        Phrase("selon l'UNESCO", "according to UNESCO", "according to UNECSO"),
    ),
    "loop with brackets": (
        Phrase("(voir le plan)", "(see the plan)", "(see the plan) (see the plan)"),
        Phrase("selon le plan", "under the plan", "under the plan (under the plan)"),
    ),
    "brackets lost": (
        Phrase("(voir annexe)", "(see annex)", ""),
        Phrase("(traduction provisoire)", "(provisional translation)", ""),
    ),
    "hyphenated name lost": (
        Phrase("à Saint-Étienne-du-Rouvray", "in Saint-Étienne-du-Rouvray", "there"),
        Phrase("chez Mme Dupont-Aignan", "at Ms Dupont-Aignan's", "at her home"),
        Phrase("à Villeneuve-sur-Lot", "in Villeneuve-sur-Lot", "in the town"),
    ),
    "broken characters": (
        Phrase("au café", "at the café", "at the cafÃ©"),
        Phrase("au café", "at the café", "at the caf\ufffd"),
        Phrase("l'été", "the summer’s", "the summerâ€™s"),
    ),
    "final mark lost": (Phrase("et ainsi de suite jusqu'à la fin.", "and so on and so forth until the very end.",
                               "and so on and so forth until the very end"),),
}  # fmt: skip
"""Kinds of mistakes with what they are made of."""


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
    right: Counter[str] = Counter()
    judged = {tuple(line.split("\t")) for line in JUDGED.read_text("utf-8").splitlines() if not line.startswith("#")}
    for pair, found in findings(pairs):
        codes = {finding.code for finding in found}
        counts.update(codes)
        right.update(code for code in codes if (code, f"{pair.document}:{pair.locator}") in judged)
        for finding in found:
            if finding.code == shown:
                print(f"{pair.document} {pair.locator}: {finding.message}\n  {pair.source}\n  {pair.target}")

    def row(named: str, flagged: int, rightly: int) -> str:
        share = 100 * (flagged - rightly) / len(pairs)
        return f"| {named} | {flagged} | {rightly} | {flagged - rightly} | {share:.2f} |"

    rows = [row(f"`{c.code}` | {c.name}", counts[c.code], right[c.code]) for c in CHECKS.values()]
    return [*rows, row("**all** |", counts.total(), right.total())]


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


def seeded(pairs: Sequence[Pair], count: int) -> Iterator[tuple[str, Pair, Pair]]:
    """So many mistakes, as many of each kind as of any other: the kind, the pair before and after."""
    kinds: dict[str, list[tuple[Pair, Pair]]] = {}
    chance = random.Random(count)  # noqa: S311
    for kind, (_, damage) in SEEDS.items():
        kinds[kind] = chance.sample(found := damaged(pairs, damage), k=min(len(found), count))
    for kind, phrases in PHRASES.items():
        chosen = chance.sample([pair for pair in pairs if pair.source[-1] + pair.target[-1] == ".."], k=count)
        made = zip(chosen, (phrases * count)[:count], strict=True)
        kinds[kind] = [with_phrase(pair, phrase) for pair, phrase in made]
    # In turn, so that a kind with few places gives way to the others.
    rows = ((kind, *found[row]) for row in range(count) for kind, found in kinds.items() if row < len(found))
    yield from sorted(islice(rows, count), key=lambda each: [*kinds].index(each[0]))


def with_phrase(pair: Pair, phrase: Phrase) -> tuple[Pair, Pair]:
    """A pair with a phrase before its final marks, and the same spoiled."""
    texts = (
        f"{text[:-1]} {said}"
        for text, said in zip([pair.source, pair.target], [phrase.source, phrase.target], strict=True)
    )
    source, target = (text if text.endswith(".") else f"{text}." for text in texts)
    spoiled = f"{pair.target[:-1]} {phrase.spoiled}".rstrip()
    return replace(pair, source=source, target=target), replace(
        pair, source=source, target=spoiled if phrase.target.endswith(".") else f"{spoiled}."
    )


def seeded_recall(pairs: Sequence[Pair], count: int) -> Iterator[str]:
    """A line for each kind: how many mistakes, how many were found by any check; and one for all."""
    mistakes = list(seeded(pairs, count))
    found: Counter[str] = Counter()
    for (kind, _, _), (_, old), (_, new) in zip(
        mistakes, findings([pair for _, pair, _ in mistakes]), findings([pair for _, _, pair in mistakes]), strict=True
    ):
        known = {(finding.code, finding.message) for finding in old}
        found[kind] += any((finding.code, finding.message) not in known for finding in new)
    for kind, number in Counter(kind for kind, _, _ in mistakes).items():
        yield f"| {kind} | {number} | {found[kind]} |"
    yield f"| **all** | {len(mistakes)} | {found.total()} |"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.fr")
    parser.add_argument("--show", default="", metavar="CODE", help="also print the pairs that this check flags")
    parser.add_argument("--seeds", type=int, default=500, help="mistakes of all kinds together (500)")
    options = parser.parse_args()
    pairs = [pair for path in options.files for pair in read_pairs(path)]
    start = time.perf_counter()
    alarms = false_alarms(pairs, options.show)
    print(f"{len(pairs)} pairs, {len(pairs) / (time.perf_counter() - start):.0f} a second\n")
    print("\n".join([*ALARMS, *alarms, ""]))
    head = ["| mistake | check | seeded | found by it | found by any |", "|---|---|---:|---:|---:|"]
    print("\n".join([*head, *recall(pairs), ""]))
    print("\n".join(["| mistake | seeded | found |", "|---|---:|---:|", *seeded_recall(pairs, options.seeds)]))


if __name__ == "__main__":
    main()

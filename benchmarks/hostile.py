"""Ten thousand hostile lines: one out for every line in, never a crash, nothing that could harm a terminal or a file.

    python benchmarks/hostile.py [--lines 10000] [--seed 1] [--model PATH]

The lines are made from a seed: control characters, emoji, right-to-left and other scripts, surrogates, combining marks
without end, words of up to 100,000 letters, markup, numbers, addresses, real sentences spoiled by all of these. Through
the engine's front door, with a glossary, and once more from the cache. Prints the lines for which something does not
hold, their number and the time; leaves with exit code 1 if there are any.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from aligner.terms import Glossary, Term
from aligner.translation import Rendering, find_package, open_translator

SENTENCES = (
    "Le Conseil de sécurité est saisi de la question depuis le 12 mars 2024.",
    "Les États membres ont versé 1 234 567,89 euros, soit 12,5 % du total.",
    "Voir https://www.un.org/fr/ga/ ou écrire à jean.dupont@exemple.fr avant midi.",
    "M. Žižek a rencontré Xi Jinping (习近平) à Saint-Pétersbourg.",
    "RAPPORT DE LA COMMISSION DES AFFAIRES ÉTRANGÈRES",
    "« L’Initiative pour la sécurité mondiale », a-t-il déclaré, « n’est pas finie ».",
)
ALPHABETS = (
    "абвгдежзиклмнопрстуфхцчшщъыьэюя",
    "العربيةأبتثجحخ",
    "עבריתאבגדה",
    "中文字符測試語言",
    "日本語ひらがなカタカナ",
    "한국어글자",
    "हिन्दीदेवनागरी",
    "ελληνικά",
    "ไทยภาษา",
    "ꙮ𒀀𓀀𝔘𝟘",
)
EMOJI = ("🙂", "👍🏽", "👨‍👩‍👧‍👦", "🇫🇷", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣")
CONTROL = [chr(c) for c in (*range(32), *range(0x7F, 0xA0))] + list(
    "\u2028\u2029\u200b\u200d\u200e\u202e\u2066\u2069\ufeff\ufffe\uffff\ufffd\u00ad"
)
MARKUP = (
    "<b>",
    "</b>",
    "&amp;",
    "<![CDATA[",
    "]]>",
    "{{",
    "}}",
    "${x}",
    "%s",
    "%n",
    "\\n",
    "\\x00",
    "▁",
    "⁇",
    "<unk>",
    "<s>",
    "</s>",
    "@@",
    "'; DROP TABLE rendering; --",
)
LONGEST = 100_000
GLOSSARY = Glossary(
    (
        Term("Conseil de sécurité", ("Security Council",)),
        Term("Initiative pour la sécurité mondiale", ("Global Security Initiative",)),
    )
)


def scripts(chance: random.Random) -> str:
    """Words in other scripts."""
    alphabet = chance.choice(ALPHABETS)
    return " ".join("".join(chance.choices(alphabet, k=chance.randint(1, 12))) for _ in range(chance.randint(1, 20)))


def controls(chance: random.Random) -> str:
    """A sentence full of control and format characters."""
    return "".join(c + (chance.choice(CONTROL) if chance.random() < 0.3 else "") for c in chance.choice(SENTENCES))


def anything(chance: random.Random) -> str:
    """Any code points at all, lone surrogates too."""
    return "".join(
        chr(chance.choice((chance.randrange(0x250), chance.randrange(0x10000), chance.randrange(0x110000))))
        for _ in range(chance.randint(0, 60))
    )


def emoji(chance: random.Random) -> str:
    """A sentence with pictures between its words."""
    return " ".join(word + chance.choice((*EMOJI, "", "")) for word in chance.choice(SENTENCES).split())


def marks(chance: random.Random) -> str:
    """Letters under many combining marks."""
    return "".join(
        c + "".join(chr(chance.randrange(0x300, 0x36F)) for _ in range(chance.randint(0, 20))) for c in "Zalgo est venu"
    )


def markup(chance: random.Random) -> str:
    """A sentence with what other programs might take for commands."""
    return "".join(word + chance.choice((" ", *MARKUP)) for word in chance.choice(SENTENCES).split())


def monster(chance: random.Random) -> str:
    """A word without end, now and then as long as it gets."""
    length = LONGEST if chance.random() < 0.02 else chance.choice((80, 300, 2000))
    return (chance.choice(("a", "ab", "é", "É", "7", "-", "’", "👍", "中", "anti", "www.")) * length)[:length]


def endless(chance: random.Random) -> str:
    """A sentence that does not end."""
    words = [word for _ in range(chance.choice((3, 10, 40))) for word in chance.choice(SENTENCES).rstrip(".").split()]
    return chance.choice((" ", ", ", "; ", "\t")).join(words)


def spoiled(chance: random.Random) -> str:
    """A sentence with letters swapped, dropped, doubled and in capitals."""
    letters = list(chance.choice(SENTENCES))
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(letters))
        letters[at] = chance.choice((letters[at] * 2, "", letters[at].swapcase(), " ", "?", "\u00a0", "…"))
    return "".join(letters)


def spaces(chance: random.Random) -> str:
    """Nothing but spaces and punctuation."""
    return "".join(chance.choices(" \t\u00a0\u202f\u3000.,;:!?…«»-–—•'’\"()[]0123456789", k=chance.randint(0, 40)))


KINDS: tuple[Callable[[random.Random], str], ...] = (
    scripts,
    controls,
    anything,
    emoji,
    marks,
    markup,
    monster,
    endless,
    spoiled,
    spaces,
)


def lines(count: int, seed: int) -> Iterator[str]:
    """Hostile lines, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    for number in range(count):
        yield KINDS[number % len(KINDS)](chance)


def fault(source: str, rendering: Rendering) -> str:
    """What is wrong with the output for one line; empty when nothing is."""
    text = rendering.text
    if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in text):
        return "a control character, a line end or half a character"
    if "⁇" in text and "⁇" not in source:
        return "the mark of an unknown character"
    if any(map(str.isalnum, source)) and not text:
        return "nothing came out"
    if rendering.score is None or not 0.0 <= rendering.score <= 1.0:
        return f"a score of {rendering.score}"
    if len(text) > 4 * len(source) + 400:
        return "far too long"
    return ""


def main() -> int:
    """Translate the lines, look at each output, and once more from the cache."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--model", type=Path)
    arguments = parser.parse_args()
    sources = list(lines(arguments.lines, arguments.seed))
    package = find_package("fr", "en", model=arguments.model)
    start, wrong = time.perf_counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        translator = open_translator(package, cache=Path(folder) / "cache.sqlite", glossary=GLOSSARY)
        renderings = translator.translate(sources)
        again = translator.translate(sources)
        translator.close()
    if len(renderings) != len(sources) or again != renderings:
        print("a line was lost, or the cache gave something else")
        wrong += 1
    for number, (source, rendering) in enumerate(zip(sources, renderings, strict=True), 1):
        if found := fault(source, rendering):
            wrong += 1
            print(f"line {number}: {found}: {source[:80]!r} → {rendering.text[:80]!r}")
    characters = sum(map(len, sources))
    seconds = time.perf_counter() - start
    print(f"{len(sources):,} lines, {characters:,} characters, {seconds:.0f} s, {package.name}: {wrong} at fault")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())

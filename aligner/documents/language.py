"""Whether a text is in the language that it is said to be in, by its letters and its little words.

    text ──pieces of 25 words──▶ each: which language's little words are the most? ──▶ `other_language`

A text is another language's only when it says so plainly: nine pieces in ten have many little words of that language
and few of the expected one, or its letters are of another script. Short texts, mixed ones and lists of names are given
the benefit of the doubt. A model (py3langid) would know more languages, but is a dependency that misjudges short texts
with confidence. Start reading at `other_language`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from aligner.errors import InputError

PIECE = 25
"""Words that are judged together."""
SHORTEST = 20
"""A text of fewer words is in whatever language it is said to be."""
MANY, FEW = 0.2, 0.1
"""The least share of little words that a language must have, and of those that the expected one has not; running text
has 0.3 to 0.5 of its own."""
MOST = 0.9
"""The share of the pieces that must be of another language."""
_SAMPLE = 200_000
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean", "MYANMAR": "Burmese"}
"""What Unicode's names of letters begin with, where the script is called otherwise in the data."""


@dataclass(frozen=True, slots=True)
class _Data:
    names: dict[str, str]
    words: dict[str, frozenset[str]]
    scripts: dict[str, tuple[str, ...]]


def other_language(text: str, language: str) -> str:
    """The name of the language that a text is in instead of `language` (a code), or "" where nothing speaks against it.

    >>> english = "The old mill stands by the river. Every morning the miller opens the door and looks at it. "
    >>> other_language(english * 2, "fr"), other_language(english * 2, "en"), other_language("The mill.", "fr")
    ('English', '', '')
    """
    code, data = re.split("[-_]", language)[0].lower(), _data()
    sample = text[:_SAMPLE]
    if other := _other_script(sample, code, data):
        return other
    words = _WORD.findall(sample.casefold())
    if len(words) < SHORTEST or code not in data.words:
        return ""
    pieces = [words[i : i + PIECE] for i in range(0, max(len(words) - PIECE // 2, 1), PIECE)]
    verdicts = Counter(_reads_as(piece, code, data) for piece in pieces)
    other, count = verdicts.most_common(1)[0]
    elsewhere = sum(number for name, number in verdicts.items() if name)
    return data.names[other] if other and elsewhere >= MOST * len(pieces) and count >= len(pieces) / 2 else ""


def require_language(text: str, language: str, where: str | Path) -> None:
    """Raise InputError when a text is plainly in another language than `language`."""
    if other := other_language(text, language):
        raise InputError(
            f"this reads as {other}, not {name_of_language(language)}: it is not translated",
            where=where,
            hint="put it elsewhere, name its language with --source, or go on with --any-language",
        )


def name_of_language(language: str) -> str:
    """What a language is called in English, as far as it is known; else its code.

    >>> name_of_language("fr-CA"), name_of_language("ka"), name_of_language("xx")
    ('French', 'Georgian', 'xx')
    """
    code, data = re.split("[-_]", language)[0].lower(), _data()
    alone = next((script for script, codes in data.scripts.items() if codes == (code,)), code)
    return data.names.get(code) or alone


def _reads_as(words: Sequence[str], code: str, data: _Data) -> str:
    """The code of the language that a piece is in instead of `code`; empty where it could be in that."""
    expected = data.words[code]
    counts = {name: sum(word in known for word in words) for name, known in data.words.items()}
    best = max(counts, key=lambda name: counts[name])
    known = data.words[best]
    only = sum(word in known and word not in expected for word in words)
    against = sum(word in expected and word not in known for word in words)
    long = sum(len(word) > 1 and word in known for word in words)
    many = counts[best] >= MANY * len(words) and long >= MANY / 2 * len(words)
    unlike = only >= FEW * len(words) and only >= 3 * against  # neighbours share many of their words
    rare = counts[code] < FEW * len(words) or counts[best] >= 2 * counts[code]
    return best if best != code and many and (unlike or rare) else ""


def _other_script(text: str, code: str, data: _Data) -> str:
    """What a text is called most of whose letters are of a script that `code` is not written in."""
    letters = [character for character in text[:20_000] if character.isalpha()]
    scripts = Counter(map(_script, letters))
    if not letters or len(letters) < 2 * SHORTEST:
        return ""
    script, count = scripts.most_common(1)[0]
    # Japanese is written with Chinese characters, too; its own letters among them tell
    if script == "Chinese" and scripts["Japanese"] * 10 > count:
        script, count = "Japanese", count + scripts["Japanese"]
    if count < MOST * len(letters):
        return ""
    # Serbian is written in both
    if script == "Latin":
        alone = next((name for name, codes in data.scripts.items() if code in codes), "")
        return "a language in Latin letters" if alone and code != "sr" else ""
    codes = data.scripts.get(script)
    if codes is None or code in codes:
        return ""
    if script != "Cyrillic":
        return script
    # several languages that are likely have this script: the little words tell which it is
    words = _WORD.findall(text[:20_000].casefold())
    counts = {name: sum(word in data.words[name] for word in words) for name in codes if name in data.words}
    best = max(counts, key=lambda name: counts[name])
    return data.names[best]


@cache
def _script(character: str) -> str:
    """The script of a letter: the first word of its name in Unicode."""
    first = unicodedata.name(character, "").split(" ")[0].split("-")[0]
    return _SCRIPTS.get(first, first.title())


@cache
def _data() -> _Data:
    content = tomllib.loads((files("aligner.documents") / "data" / "function-words.toml").read_text("utf-8"))
    scripts = {script: tuple(codes.split()) for script, codes in content.pop("scripts").items()}
    names = {code: table["name"] for code, table in content.items()}
    return _Data(names, {code: frozenset(table["words"].split()) for code, table in content.items()}, scripts)

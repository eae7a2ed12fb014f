"""The capitalised words of either language, by which the translator knows a name with wrong letters.

`aligner.languages.french_english.names` reads what this writes. Start reading at `collect`.
"""

from __future__ import annotations

import logging
import lzma
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from aligner.files import write_atomically
from aligner.languages.words import fold
from training.corpus import Pair, find_parts, read_pairs

log = logging.getLogger(__name__)
INSIDE = re.compile(r"(?<=[a-zà-ÿ,;] )(?:[ldLD]['’])?([A-ZÀ-ÝŒ][a-zà-ÿœ]{2,})\b")
"""A capitalised word that does not begin a sentence."""
LEAST_FRENCH, LEAST_ENGLISH = 2, 1
"""How often a word must stand in the text: English words are spared even if they stand there once."""


def collect(data: Path, output: Path) -> None:
    """Write the capitalised words of all parallel text in a folder, xz-compressed: French, an empty line, English."""
    french, english = count(read_pairs(find_parts(data)))
    lists = "\n\n".join("\n".join(each) for each in (often(french, LEAST_FRENCH), often(english, LEAST_ENGLISH)))
    write_atomically(output, lzma.compress(lists.encode("utf-8"), preset=9))
    log.info("%s: %.0f kB", output, output.stat().st_size / 1000)


def count(pairs: Iterable[Pair]) -> tuple[Counter[str], Counter[str]]:
    """How often each capitalised word stands inside sentences, in French and in English."""
    french, english = Counter[str](), Counter[str]()
    for pair in pairs:
        french.update(INSIDE.findall(pair.french))
        english.update(INSIDE.findall(pair.english))
    return french, english


def often(words: Counter[str], least: int) -> list[str]:
    """The words that stand so often at least, folded, sorted.

    >>> often(Counter({"Crimée": 3, "Kiev": 1}), 2)
    ['crimee']
    """
    return sorted({fold(word) for word, times in words.items() if times >= least})

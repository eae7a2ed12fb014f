"""The target is in its language: function words tell, without a model, *le, des, avec* against *the, of, with*.

Start reading at `language`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from aligner.checks.findings import Pair, Remark
from aligner.checks.markup import without_code
from aligner.checks.names import is_list_of_names
from aligner.languages.words import Word, covering, words

_ENOUGH = 2
"""Function words of the source that make a text one of its language."""
_COMPASS = frozenset("NSEOW")
_LONGEST_LINK = 3
"""Letters of what stands between the words of a name: *de*, *la*, *des*."""
_STRETCH = 4
"""Words of the source in a row that a target may hardly share with it."""


def language(pair: Pair) -> Iterator[Remark]:
    """The target is in the source's language: it has many more function words of that language.

    Example: Le ministre est arrivé dans la ville. → Le ministre est dans la ville.
    """
    found = words(without_code(pair.target))
    if is_list_of_names(pair.target):
        return
    languages = pair.languages
    foreign = _count(found, languages.source_words)
    own = _count(found, languages.target_words)
    # Where something was translated, the words of a name are no sign.
    given = {word.key for word in words(pair.source)}
    is_translated = own > 0 or any(word.text.islower() and word.key not in given for word in found)
    is_in_names = is_translated and _count(_outside_names(found), languages.source_words) < _ENOUGH
    if foreign >= _ENOUGH and foreign > 2 * own and not is_in_names:
        yield Remark(f"the target seems to be {languages.source.name}", target=(covering(found),))


def leftover(pair: Pair) -> Iterator[Remark]:
    """A stretch of the source, four words or more with its function words, stands untranslated in the target.

    Example: Il est venu avec les autres membres. → He came avec les autres membres.
    """
    before, after = words(without_code(pair.source)), words(without_code(pair.target))
    source_words = pair.languages.source_words
    if not _count(after, source_words):
        return
    blocks = SequenceMatcher(None, [w.key for w in before], [w.key for w in after])
    for block in blocks.get_matching_blocks():
        here = after[block.b : block.b + block.size]
        # A phrase of the source's language has function words; a name or title has capitals.
        function_words = _count(here, source_words)
        is_phrase = function_words >= _ENOUGH or (function_words and len(here) > _STRETCH + 1)
        is_text = sum(word.text.isalpha() and len(word.text) > 1 for word in here) >= _STRETCH - 1
        has_capitals = sum(word.text[0].isupper() for word in here) > len(here) / 3
        # Where the whole target is the source again, that is for `language` and `identical` to say.
        if block.size >= _STRETCH and is_phrase and is_text and not has_capitals and len(here) < len(after):
            there = before[block.a : block.a + block.size]
            message = f"“{' '.join(word.text for word in here)}” is not translated"
            yield Remark(message, source=(covering(there),), target=(covering(here),))


def _count(found: Sequence[Word], listed: frozenset[str]) -> int:
    # Of capitals alone some are points of the compass: 48° N.
    return sum(word.key in listed for word in found if word.text not in _COMPASS)


def _outside_names(found: Sequence[Word]) -> list[Word]:
    """The words less the small ones inside a name: *General de La Tour d'Aubigny* is a name in any language."""
    capital = [word.text[0].isupper() for word in found]
    return [
        word
        for place, word in enumerate(found)
        if not (0 < place < len(found) - 1 and len(word.text) <= _LONGEST_LINK and capital[place + 1])
        or not (capital[place] or capital[place - 1])
    ]

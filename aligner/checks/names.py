"""Names, acronyms and addresses of the source arrive in the target.

Names often change their spelling (*Moscou*, *Moscow*), so a name counts as present when some word of the target begins
like it, resembles it, or is listed beside it in ``languages/data/french-english.toml``. Start reading at `names`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from aligner.checks.findings import Pair, Remark
from aligner.languages.pair import LanguagePair
from aligner.languages.words import Span, Word, covering, fold, words

_ALIKE = 0.55
"""How much of two words must agree (0 to 1) for one to be the other language's spelling."""
_OPENERS = frozenset(".!?:;…«»“”\"'’([•/–—-")
"""Marks after which a capital may begin a sentence, so that it says nothing."""
_ACRONYM = re.compile(r"(?<![\w/.-])(?<!^\()(?:[A-Z]{2,5}|(?:[A-Z]\.){2,5})(?![\w/-]|\.[\w])")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"«»“”]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_NAME = r"""(?x:
    [A-ZÀ-ÖØ-Þ][\w.-]*
    (?: (?:\ (?:de|du|la|le|van|von|den|der|di|da))*\ (?:d['’])?      # Jean de La Fontaine, Valéry Giscard d'Estaing
        [A-ZÀ-ÖØ-Þ][\w.-]* ){1,4}
)"""
_LIST_OF_NAMES = re.compile(rf"{_NAME}(?:, {_NAME}){{1,99}}(?:,? (?:et|and) {_NAME})?[.;]?")
_ROMAN = re.compile(r"[IVXLCDM]+")


def names(pair: Pair) -> Iterator[Remark]:
    """A name of the source, two capitalised words or more, is missing from the target, every word of it.

    Example: Il a rencontré Jean Dupont hier. → He met him yesterday.
    """
    present = {word.key for word in words(pair.target)}
    for name in _names(pair.source):
        # One word of it is enough: *Jean Dupont* may have become *Mr Dupont*.
        if not any(_is_present(word.key, present, pair.languages) for word in name):
            span = covering(name)
            text = pair.source[span.start : span.end]
            yield Remark(f"the name “{text}” is missing", source=(span,))


def _names(text: str) -> Iterator[list[Word]]:
    """Runs of capitalised words inside sentences."""
    run: list[Word] = []
    found = words(text)
    for word, following in pairwise([*found, Word("", len(text))]):
        before = text[max(0, word.start - 8) : word.start].rstrip()
        # Where a sentence may begin, a capital says nothing.
        if not _is_name(word.text) or not before or before[-1] in _OPENERS:
            run = []
            continue
        run.append(word)
        if text[word.span.end : following.start].strip(" -") or not _is_name(following.text):
            if len(run) > 1:
                yield run
            run = []


def _is_name(text: str) -> bool:
    return len(text) > 1 and text[0].isupper() and text[1:].islower()


def _is_present(name: str, present: set[str], languages: LanguagePair) -> bool:
    """Whether a word of a name is among the words of a text, in the other language's spelling perhaps."""
    if name in present or any(word.startswith(name[:4]) for word in present):
        return True
    if languages.names.get(name, frozenset()) & present:
        return True
    return any(word[0] == name[0] and SequenceMatcher(None, name, word).ratio() >= _ALIKE for word in present)


def acronyms(pair: Pair) -> Iterator[Remark]:
    """An acronym of the source is missing from the target: neither itself, nor an English one, nor written out.

    Example: l'OTAN et l'UE → NATO and the United States
    """
    if pair.source.isupper():
        return
    for match in _ACRONYM.finditer(pair.source):
        acronym = match.group().replace(".", "")
        # Capitals may also be a Roman numeral or a function word: EN, DE.
        is_word = bool(_ROMAN.fullmatch(acronym)) or acronym.lower() in {"en", *pair.languages.source_words}
        if is_word or _is_acronym_present(acronym, pair):
            continue
        # One that we do not know may have become one of the target's that the source does not have; but *RTP* for
        # *RATP* has only lost a letter inside.
        new = set(_ACRONYM.findall(pair.target)) - set(_ACRONYM.findall(pair.source))
        cut = {acronym[:i] + acronym[i + 1 :] for i in range(1, len(acronym) - 1)}
        others = [each for each in new if each.replace(".", "") not in cut]
        if acronym in pair.languages.acronyms or not others:
            yield Remark(f"the acronym {match.group()} is missing", source=(Span(*match.span()),))


def _is_acronym_present(acronym: str, pair: Pair) -> bool:
    """Whether a text has an acronym: as it is, as the target's language has it, or written out."""
    wanted = {acronym, *(each.upper() for each in pair.languages.acronyms.get(acronym, ()))}
    found = {word.key.upper().replace(".", "") for word in words(pair.target)}
    found |= {word.removesuffix("S") for word in found}
    # The same letters in another order: *OTAN*, *NATO*.
    if wanted & found or any(sorted(word) == sorted(acronym) for word in found):
        return True
    for each in wanted:
        # Written out, words that follow one another have its initials. Two letters turn up by chance in any sentence,
        # so for these the words must be capitalised. French and English often have opposite orders.
        chosen = [word.text for word in words(pair.target) if word.text[0].isupper() or len(each) > 2]
        initials = "".join(word[0] for word in chosen if word not in pair.languages.target.small).upper()
        if each in initials or each[::-1] in initials:
            return True
    return False


def addresses(pair: Pair) -> Iterator[Remark]:
    """A web or e-mail address of the source is missing from the target; the language in it may differ.

    Example: Voir www.exemple.org/fr. → See www.example.org/en.
    """
    # A site has a page for each language, so the language in an address may differ.
    present = {_plain_address(match.group()) for match in _ADDRESS.finditer(pair.target)}
    for match in _ADDRESS.finditer(pair.source):
        if _plain_address(match.group()) not in present:
            yield Remark(f"{match.group()} is missing", source=(Span(*match.span()),))


def without_addresses(text: str) -> str:
    """A text with spaces in the place of its web and e-mail addresses, so that all else stands where it stood.

    >>> without_addresses("Voir www.exemple.fr/les-rues ici")
    'Voir                        ici'
    """
    return _ADDRESS.sub(lambda match: " " * len(match.group()), text)


def is_list_of_names(text: str) -> bool:
    """Whether a text is nothing but names of persons, two or more: capitals, and *de*, *la* or *van* between them.

    >>> is_list_of_names("Charles de Gaulle, Jean de La Fontaine"), is_list_of_names("Service des sports, Mairie")
    (True, False)
    """
    return bool(_LIST_OF_NAMES.fullmatch(text.strip()))


def _plain_address(text: str) -> str:
    """An address without scheme, closing punctuation and language."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", fold(text).rstrip(".,;:!?)]/'’"))
    return re.sub(r"(?<![a-z])(?:french|francais|english|fra|fre|eng|fr|en|f|e)(?![a-z])", "*", bare)

"""Names, acronyms and addresses of the source arrive in the target.

Names often change their spelling (*Moscou*, *Moscow*), so a name counts as present when some word of the target begins
like it, resembles it, or is listed beside it in ``languages/data/french-english.toml``. Start reading at `names`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from aligner.checks.findings import Pair, Remark
from aligner.checks.lexical import is_translated, renderings, stays
from aligner.languages.figures import roman
from aligner.languages.pair import LanguagePair
from aligner.languages.words import Span, Word, covering, fold, right_before, words

_ALIKE = 0.55
"""How much of two words must agree (0 to 1) for one to be the other language's spelling."""
_OPENERS = frozenset(".!?:;…«»“”\"'’([•/–—-")
"""Marks after which a capital may begin a sentence, so that it says nothing."""
_ACRONYM = re.compile(r"(?<![\w/.-])(?<!^\()(?<![-–] \()(?:[A-Z]{2,8}|(?:[A-Z]\.){2,5})(?![\w/-]|\.[\w])")
_IN_CAPITALS = re.compile(r"(?<!\w)([^\W\d_]{2,}?|(?:[A-Z]\.){2,5})s?(?!\w)")
"""What may stand for an acronym of the source: *FAČR*, *high-GWP*; also a word that is in capitals like one."""
_LONGEST_ACRONYM = 5
"""Letters; longer words in capitals are acronyms only where no text has them in small letters."""
_LETTERS_OF_A_MISTAKE = 4
"""Of shorter acronyms another language's may differ by one letter: *GES*, *GHG*."""
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"«»“”]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_NAME = r"""(?x:
    [A-ZÀ-ÖØ-Þ][\w.-]*
    (?: (?:\ (?:de|du|la|le|van|von|den|der|di|da))*\ (?:d['’])?      # Jean de La Fontaine, Valéry Giscard d'Estaing
        [A-ZÀ-ÖØ-Þ][\w.-]* ){1,4}
)"""
_OPENING_LABEL = re.compile(r"\W*(?:\d[\d.]*|[IVXLC]+|\w)\W*\Z")
"""What numbers a heading, before its first word: ``7.1``, ``IV.``, ``a)``."""
_LIST_OF_NAMES = re.compile(rf"{_NAME}(?:, {_NAME}){{1,99}}(?:,? (?:et|and) {_NAME})?[.;]?")
_LANGUAGE_PART = re.compile(
    r"(?:(?<=[/._=-])|^)(?:french|francais|english|fra|fre|eng|fr|en|f|e)(?:-[a-z]{2})?(?:(?=[._&-])|/|$)"
)
"""The language in an address: ``/fr/``, ``-e.html``, ``lang=eng``."""
_HYPHENS = ("-", "‑")


def names(pair: Pair) -> Iterator[Remark]:
    """A name of the source, two capitalised words or more, is missing from the target, every word of it.

    Example: Il a rencontré Jean Dupont hier. → He met him yesterday.
    """
    present = {word.key: word.text[0].isupper() for word in words(pair.target)}
    for name in _names(pair.source):
        # One word of it is enough: *Jean Dupont* may have become *Mr Dupont*. Of words that all have renderings
        # (*Maison Blanche*) nobody knows which one was chosen.
        is_proper = not all(is_translated(word.key, pair.languages) for word in name)
        if is_proper and not any(_is_present(word.key, present, pair.languages) for word in name):
            span = covering(name)
            text = pair.source[span.start : span.end]
            yield Remark(f"the name “{text}” is missing", source=(span,))


def _names(text: str) -> Iterator[list[Word]]:
    """Runs of capitalised words inside sentences, with the small words inside hyphens: *Saint-Denis-du-Port*."""
    run: list[Word] = []
    found = words(text)
    for word, following in pairwise([*found, Word("", len(text))]):
        between = text[word.end : following.start]
        if run and not _is_name(word.text) and between in _HYPHENS and text[word.start - 1] in _HYPHENS:
            continue
        # Where a sentence may begin, a capital says nothing, unless a second one is hyphenated to it.
        if not _is_name(word.text) or (_opens(text, word) and not (between in _HYPHENS and _is_name(following.text))):
            run = []
            continue
        run.append(word)
        is_joined = between in _HYPHENS or (not between.strip(" -") and _is_name(following.text))
        if not is_joined:
            if len(run) > 1:
                yield run
            run = []


def _opens(text: str, word: Word) -> bool:
    """Whether a sentence, or what a label numbers, may begin with a word."""
    before = right_before(text, word.start).rstrip()
    is_inside = text[word.start - 1 : word.start] in _HYPHENS and before[-2:-1].isalnum()
    return not is_inside and (not before or before[-1] in _OPENERS or bool(_OPENING_LABEL.match(before)))


def _is_name(text: str) -> bool:
    return len(text) > 1 and text[0].isupper() and text[1:].islower()


def _is_present(name: str, present: Mapping[str, bool], languages: LanguagePair) -> bool:
    """Whether a word of a name is among those of a text (and whether it has a capital), perhaps spelled otherwise."""
    if name in present or any(word.startswith(name[:4]) for word in present):
        return True
    if (languages.names.get(name, frozenset()) | renderings(languages).get(name, frozenset())) & present.keys():
        return True
    capitalised = (word for word, has_capital in present.items() if has_capital and word[0] == name[0])
    return any(SequenceMatcher(None, name, word).ratio() >= _ALIKE for word in capitalised)


def acronyms(pair: Pair) -> Iterator[Remark]:
    """An acronym of the source is missing from the target: neither itself, nor an English one, nor written out.

    Example: l'OTAN et l'UE → NATO and the United States
    """
    if pair.source.isupper():
        return
    for match in _ACRONYM.finditer(pair.source):
        acronym = match.group().replace(".", "")
        # Capitals may also be a Roman numeral or a word: EN, DE, the OBJET of an article.
        is_word = bool(roman(acronym)) or acronym.lower() in {"en", *pair.languages.source_words}
        is_word = is_word or (acronym not in pair.languages.acronyms and _is_emphasis(acronym, pair.languages))
        # One that we do not know may have become one of the target's that the source does not have.
        new = _in_capitals(pair.target) - _in_capitals(pair.source)
        others = [each for each in new if not _is_mistake(acronym, each)]
        if (is_word and len(others) == len(new)) or _is_acronym_present(acronym, pair):
            continue
        if acronym in pair.languages.acronyms or not others or stays(fold(acronym), pair.languages):
            yield Remark(f"the acronym {match.group()} is missing", source=(Span(*match.span()),))


def _in_capitals(text: str) -> set[str]:
    return {match[1].replace(".", "") for match in _IN_CAPITALS.finditer(text) if match[1].isupper()}


def _is_emphasis(word: str, languages: LanguagePair) -> bool:
    """Whether capitals only stress a word: *un DROIT*; long words that texts have are no acronyms, be they English."""
    key = fold(word)
    is_known = is_translated(key, languages) if len(word) == _LONGEST_ACRONYM else key in renderings(languages)
    return len(word) >= _LONGEST_ACRONYM and is_known


def _is_mistake(acronym: str, other: str) -> bool:
    """Whether an acronym is another with a letter lost, changed or swapped: *RTP* for *RATP*, *CSON* for *JSON*."""
    if len(other) == len(acronym):
        changed = [place for place, letter in enumerate(acronym) if letter != other[place]]
        is_swapped = len(changed) == 2 and changed[1] == changed[0] + 1 and sorted(other) == sorted(acronym)
        # Short ones are often permuted from language to language: *AQPA*, *AQAP*.
        return len(acronym) >= _LETTERS_OF_A_MISTAKE + is_swapped and (len(changed) == 1 or is_swapped)
    return other in {acronym[:i] + acronym[i + 1 :] for i in range(1, len(acronym) - 1)}


def _is_acronym_present(acronym: str, pair: Pair) -> bool:
    """Whether a text has an acronym: as it is, as the target's language has it, or written out."""
    wanted = {acronym, *(each.upper() for each in pair.languages.acronyms.get(acronym, ()))}
    # What texts have for it beside that counts in capitals only: *UE* is also *Union* and *European*.
    if {each.upper() for each in renderings(pair.languages).get(fold(acronym), ())} & _in_capitals(pair.target):
        return True
    found = {word.key.upper().replace(".", "") for word in words(pair.target)}
    found |= {word.removesuffix("S") for word in found}
    # With a number or another name written to it: *A1 GP*, *A1GP*; *JP Morgan*, *JPMorgan*.
    if re.search(rf"(?<![A-Z]){acronym}(?=[A-Z][a-z]|[A-Z]{{2}}|\d)|(?<=\d){acronym}(?![A-Za-z])", pair.target):
        return True
    # The same letters in another order: *OTAN*, *NATO*.
    permuted = [word for word in found if sorted(word) == sorted(acronym) and not _is_mistake(acronym, word)]
    is_sure = len(acronym) >= _LETTERS_OF_A_MISTAKE and stays(fold(acronym), pair.languages)
    if wanted & found or (permuted and not is_sure):
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
    # A site has a page for each language, so the language in an address may differ, and with it the page's name.
    there = [match.group() for match in _ADDRESS.finditer(pair.target)]
    present = {_plain_address(address) for address in there}
    for match in _ADDRESS.finditer(pair.source):
        plain = _plain_address(match.group())
        if plain not in present and not any(_is_other_page(match.group(), address) for address in there):
            yield Remark(f"{match.group()} is missing", source=(Span(*match.span()),))


@lru_cache(maxsize=64)
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
    return _LANGUAGE_PART.sub("", bare)


def _is_other_page(source: str, target: str) -> bool:
    """Whether two addresses are pages of one site in two languages, each of which it names."""
    bare = (re.sub(r"^(?:https?://)?(?:www\.)?", "", fold(address)) for address in (source, target))
    (site, _, page), (other_site, _, other_page) = (address.partition("/") for address in bare)
    languages = [set(_LANGUAGE_PART.findall(each)) for each in (page, other_page)]
    return site == other_site and all(languages) and languages[0] != languages[1]

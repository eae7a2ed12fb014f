"""Segmentation Rules eXchange (SRX 2.0): the rules a CAT tool segments with, read and looked up by language.

A file holds named rule sets (`LanguageRule`) and, in order, which languages use which (`LanguageMap`, a pattern over
language codes). With ``cascade`` every map that fits contributes its rules, without it only the first.
Our own rules are such a file, ``data/segmentation.srx``. Start reading at `load_srx` and `Srx.breaker`.

Source: SRX 2.0 specification, LISA OSCAR, 7 April 2008; dialect of the expressions: `aligner.text.pattern`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from aligner.errors import InputError
from aligner.files import read_bytes
from aligner.text import pattern
from aligner.text.breaks import Breaker, Rule

if TYPE_CHECKING:
    from lxml import etree

NAMESPACE = "http://www.lisa.org/srx20"
Flavour = Literal["java", "icu"]
_LISTED = 10
"""Patterns of languages that a message names."""
_REGIONS = [
    "FR",
    "CA",
    "BE",
    "CH",
    "LU",
    "GB",
    "US",
    "AU",
    "IE",
    "IN",
    "NZ",
    "ZA",
    "DE",
    "AT",
    "ES",
    "MX",
    "AR",
    "IT",
    "PT",
    "BR",
    "NL",
    "PL",
    "CZ",
    "SE",
    "DK",
    "NO",
    "FI",
    "RU",
    "UA",
    "GR",
    "TR",
    "HU",
    "RO",
    "BG",
    "CN",
    "TW",
    "JP",
    "KR",
]
"""Regions that maps of one variety of a language name."""


@dataclass(frozen=True, slots=True)
class LanguageRule:
    """A named set of rules, in order."""

    name: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class LanguageMap:
    """Which rule set the languages of a pattern use."""

    languages: str
    """Regular expression that the whole language code must match; capitals and small letters count as one."""
    rule: str


@dataclass(frozen=True, eq=False)
class Srx:
    """The content of an SRX file."""

    name: str
    rules: tuple[LanguageRule, ...]
    maps: tuple[LanguageMap, ...]
    cascade: bool
    flavour: Flavour
    content: bytes
    """The file itself, for shipping it with a CAT tool's project."""

    @property
    def signature(self) -> str:
        """Name and fingerprint: two files that could segment differently differ here."""
        return f"{self.name} {hashlib.sha256(self.content).hexdigest()[:12]} {self.flavour}"

    def rules_for(self, language: str) -> tuple[Rule, ...]:
        """The rules of a language (BCP 47), in order of application; none when no map fits."""
        named = {rule.name: rule.rules for rule in self.rules}
        fitting = [named[m.rule] for m in self.maps if _fits(m.languages, language)]
        # A map of "fr-FR" alone is meant for French, whoever asks.
        fitting = fitting or [named[m.rule] for m in self.maps if _fits_variety(m.languages, language)]
        return tuple(rule for rules in (fitting if self.cascade else fitting[:1]) for rule in rules)

    def breaker(self, language: str) -> Breaker:
        """The compiled rules of a language; InputError when there are none, or one cannot be translated."""
        return _breaker(self, language)


@lru_cache(maxsize=32)
def _breaker(srx: Srx, language: str) -> Breaker:
    if not any(fits(each.languages, language) for each in srx.maps for fits in (_fits, _fits_variety)):
        patterns = list(dict.fromkeys(each.languages for each in srx.maps))
        listed = ", ".join(patterns[:_LISTED]) + (" …" if len(patterns) > _LISTED else "")
        what = f"there are no rules for '{language}' in this file, only for {listed}"
        raise InputError(
            what, where=srx.name, hint="add a languagemap for it, or use the rules of aligner: leave --srx out"
        )
    return Breaker(srx.rules_for(language), unicode=srx.flavour == "icu")


def _fits(languages: str, language: str) -> bool:
    return any(_languages(languages).fullmatch(code) for code in (language, language.replace("-", "_")))


def _fits_variety(languages: str, language: str) -> bool:
    """Whether a pattern is for varieties of a language that is asked for without a region."""
    return "-" not in language and any(_fits(languages, f"{language}-{region}") for region in _REGIONS)


@cache
def _languages(expression: str) -> re.Pattern[str]:
    return re.compile(pattern.whole(pattern.parse(expression)), re.IGNORECASE)


def load_srx(path: Path, *, flavour: Flavour = "java") -> Srx:
    r"""Read an SRX 2.0 file.

    `flavour` says whose regular expressions they are where dialects differ: in ``java`` (OmegaT and most CAT tools)
    ``\s``, ``\w`` and ``\d`` mean ASCII, in ``icu`` (the letter of the standard) all of Unicode.
    InputError for anything that is not an SRX 2.0 file whose rules can be executed.
    """
    return parse_srx(read_bytes(path), name=path.name, where=str(path), flavour=flavour)


@cache
def builtin_srx() -> Srx:
    """The packaged rules for French, English and, more carefully, any other language."""
    file = resources.files("aligner.text") / "data" / "segmentation.srx"
    return parse_srx(file.read_bytes(), name=file.name, where=file.name)


def parse_srx(content: bytes, *, name: str, where: str, flavour: Flavour = "java") -> Srx:
    """Read an SRX 2.0 file from its bytes; `name` goes into the signature, `where` into messages."""
    root = _root(content, where)
    header = root.find(f"{{{NAMESPACE}}}header")
    rules = tuple(_language_rule(e, where) for e in root.iter(f"{{{NAMESPACE}}}languagerule"))
    maps = tuple(
        LanguageMap(e.get("languagepattern", ""), e.get("languagerulename", ""))
        for e in root.iter(f"{{{NAMESPACE}}}languagemap")
    )
    cascade = header is not None and header.get("cascade") == "yes"
    srx = Srx(name, rules, maps, cascade, flavour, content)
    _check(srx, where)
    return srx


def _root(content: bytes, where: str) -> etree._Element:
    from lxml import etree  # here, so that importing aligner.text stays light

    # the file may come from anywhere: nothing is fetched, and no entity can fill the memory
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        raise InputError(f"this is not well-formed XML ({problem.msg})", where=where) from problem
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError("an SRX file must not declare a document type", where=where, hint="remove the DOCTYPE")
    if root.tag != f"{{{NAMESPACE}}}srx" or root.get("version") != "2.0":
        raise InputError(
            "this is not an SRX 2.0 file", where=where, hint=f"the root must be <srx version='2.0' xmlns='{NAMESPACE}'>"
        )
    return root


def _language_rule(element: etree._Element, where: str) -> LanguageRule:
    name = element.get("languagerulename", "")
    rules = []
    for number, rule in enumerate(element.iterfind(f"{{{NAMESPACE}}}rule"), 1):
        found = (rule.find(f"{{{NAMESPACE}}}{part}") for part in ("beforebreak", "afterbreak"))
        before, after = ("" if each is None else "".join(map(str, each.itertext())) for each in found)
        breaks = rule.get("break", "yes") == "yes"
        # a rule of two empty expressions would match everywhere; editors leave such rows behind
        if before or after:
            rules.append(Rule(breaks, before, after, f"{where}, {name}, rule {number}"))
    return LanguageRule(name, tuple(rules))


def _check(srx: Srx, where: str) -> None:
    if not srx.maps:
        raise InputError("the file maps no language to its rules", where=where)
    known = {rule.name for rule in srx.rules}
    for language_map in srx.maps:
        if language_map.rule not in known:
            raise InputError(f"the map names rules that do not exist: {language_map.rule!r}", where=where)
        try:
            _languages(language_map.languages)
        except pattern.UntranslatableError as problem:
            what = f"the language pattern {language_map.languages!r} cannot be used: {problem}"
            raise InputError(what, where=where) from problem

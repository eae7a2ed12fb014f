"""What an OmegaT project needs: its settings, and segmentation rules by which OmegaT cuts its segments where ours are.

A CAT tool finds a unit only when it cuts the source exactly there. OmegaT 6 reads SRX (``segmentation.srx``), OmegaT 3
to 5 a JavaBeans file (``segmentation.conf``); put both into the project's ``omegat`` folder. Three things differ from
our own SRX file, because OmegaT executes rules in its own way:

- It joins the lines of a plain text between blank lines, where our segmenter takes a line for a paragraph: a rule
  before all others breaks at line ends.
- It uses the rules of every map that fits a language; where the file means the first only (no cascade), the pattern
  of each map is made to exclude the languages of those before it.
- It looks for matches one after the other and overlooks places inside a match (`aligner.omegat.pattern`).

Start reading at `segmentation_conf`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aligner.formats.xml.markup import (
    DECLARATION,
    Markup,
    element,
    join_markup,
)
from aligner.omegat.pattern import everywhere
from aligner.text import Srx
from aligner.text.breaks import Rule
from aligner.text.srx import NAMESPACE

_PACKAGE = "org.omegat.core.segmentation"
_VERSION = "0.2.2"
"""Version of the layout; OmegaT 3.6 replaces the rules of a file of another one by its own."""
_LINE_END = Rule(breaks=True, before=r"[\n\r\u000b\u000c\u0085\u2028\u2029]", name="line end")


def segmentation_conf(srx: Srx, *, lines: bool = True) -> str:
    """The rules as OmegaT 3's ``segmentation.conf``; with `lines` every line of a text is a paragraph."""
    maps = [_add(_map_rule(name, languages, rules)) for name, languages, rules in _maps(srx, lines=lines)]
    beans = _object(
        f"{_PACKAGE}.SRX",
        _property("version", element("string", _VERSION)),
        _property("mappingRules", *maps),
    )
    return f"{DECLARATION}{element('java', beans, version='1.6.0', **{'class': 'java.beans.XMLDecoder'})}\n"


def segmentation_srx(srx: Srx, *, lines: bool = True) -> str:
    """The rules as OmegaT 6's ``segmentation.srx``, an SRX 2.0 file that means the same with and without cascade."""
    rules, maps = [], []
    for name, languages, listed in _maps(srx, lines=lines):
        rules.append(element("languagerule", _lines(map(_srx_rule, listed)), languagerulename=name))
        maps.append(element("languagemap", languagepattern=languages, languagerulename=name))
    formats = (("start", "no"), ("end", "yes"), ("isolated", "no"))
    handles = [element("formathandle", type=kind, include=include) for kind, include in formats]
    parts = (
        element("header", _lines(handles), segmentsubflows="yes", cascade="yes" if srx.cascade else "no"),
        element("body", element("languagerules", _lines(rules)), element("maprules", _lines(maps))),
    )
    return f"{DECLARATION}{element('srx', _lines(parts), xmlns=NAMESPACE, version='2.0')}\n"


def project_settings(source: str, target: str) -> str:
    """The file ``omegat.project`` of a project with the usual folders, as OmegaT 3 to 6 read it.

    `source` and `target` are language tags. A translation serves every repetition of its source.
    """
    folders = ("source_dir", "target_dir", "tm_dir", "glossary_dir", "glossary_file", "dictionary_dir")
    choices = (
        ("source_lang", source.upper()),
        ("target_lang", target.upper()),
        ("sentence_seg", "true"),
        ("support_default_translations", "true"),
        ("remove_tags", "false"),
    )
    parts = [element(name, "__DEFAULT__") for name in folders] + [element(name, value) for name, value in choices]
    return f"{DECLARATION}{element('omegat', element('project', _lines(parts), version='1.0'))}\n"


def _maps(srx: Srx, *, lines: bool) -> Iterator[tuple[str, str, list[Rule]]]:
    """Every map of the file: its name, the languages that only it is for, and its rules."""
    named = {rule.name: rule.rules for rule in srx.rules}
    for number, language_map in enumerate(srx.maps):
        first = [_LINE_END] if lines else []
        rules = [*first, *named[language_map.rule]]
        yield language_map.rule, _languages(srx, number), [everywhere(rule) for rule in rules]


def _languages(srx: Srx, number: int) -> str:
    languages = srx.maps[number].languages
    if srx.cascade or number == 0:
        return languages
    before = "|".join(f"(?:{language_map.languages})" for language_map in srx.maps[:number])
    return f"(?!(?:{before})$)(?:{languages})"


def _srx_rule(rule: Rule) -> Markup:
    parts = element("beforebreak", rule.before), element("afterbreak", rule.after)
    return element("rule", *parts, **{"break": "yes" if rule.breaks else "no"})


def _map_rule(name: str, languages: str, rules: list[Rule]) -> Markup:
    return _object(
        f"{_PACKAGE}.MapRule",
        _property("language", element("string", name)),
        _property("pattern", element("string", languages)),
        _property("rules", _object("java.util.ArrayList", *[_add(_rule(rule)) for rule in rules])),
    )


def _rule(rule: Rule) -> Markup:
    return _object(
        f"{_PACKAGE}.Rule",
        _property("beforebreak", element("string", rule.before)),
        _property("afterbreak", element("string", rule.after)),
        *([_property("breakRule", element("boolean", "true"))] if rule.breaks else []),
    )


def _object(name: str, *parts: Markup) -> Markup:
    return element("object", _lines(parts), **{"class": name})


def _property(name: str, *values: Markup) -> Markup:
    return element("void", *values, property=name)


def _add(value: Markup) -> Markup:
    return element("void", value, method="add")


def _lines(parts: Iterable[Markup]) -> Markup:
    return join_markup([Markup(), *parts, Markup()], "\n")

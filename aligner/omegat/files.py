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

from collections.abc import Iterator

from aligner.formats.xml.markup import DECLARATION, Markup, element
from aligner.formats.xml.markup import lines as each_on_a_line
from aligner.model import Languages
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
    maps = []
    for name, languages, listed in _maps(srx, lines=lines):
        rules = []
        for rule in listed:
            parts = [
                _property("beforebreak", element("string", rule.before)),
                _property("afterbreak", element("string", rule.after)),
            ]
            # JavaBeans leave out what is as in a new object, and a new rule does not break.
            parts += [_property("breakRule", element("boolean", "true"))] if rule.breaks else []
            rules.append(element("void", _object(f"{_PACKAGE}.Rule", *parts), method="add"))
        language_map = _object(
            f"{_PACKAGE}.MapRule",
            _property("language", element("string", name)),
            _property("pattern", element("string", languages)),
            _property("rules", _object("java.util.ArrayList", *rules)),
        )
        maps.append(element("void", language_map, method="add"))
    version = _property("version", element("string", _VERSION))
    beans = _object(f"{_PACKAGE}.SRX", version, _property("mappingRules", *maps))
    return f"{DECLARATION}{element('java', beans, version='1.6.0', **{'class': 'java.beans.XMLDecoder'})}\n"


def segmentation_srx(srx: Srx, *, lines: bool = True) -> str:
    """The rules as OmegaT 6's ``segmentation.srx``, an SRX 2.0 file that means the same with and without cascade."""
    language_rules, maps = [], []
    for name, languages, listed in _maps(srx, lines=lines):
        rules = []
        for rule in listed:
            parts = element("beforebreak", rule.before), element("afterbreak", rule.after)
            rules.append(element("rule", *parts, **{"break": "yes" if rule.breaks else "no"}))
        language_rules.append(element("languagerule", each_on_a_line(*rules), languagerulename=name))
        maps.append(element("languagemap", languagepattern=languages, languagerulename=name))
    # What the standard takes for granted, said outright.
    formats = (("start", "no"), ("end", "yes"), ("isolated", "no"))
    handles = each_on_a_line(*[element("formathandle", type=kind, include=include) for kind, include in formats])
    cascade = "yes" if srx.cascade else "no"
    header = element("header", handles, segmentsubflows="yes", cascade=cascade)
    listed_rules = element("languagerules", each_on_a_line(*language_rules))
    body = element("body", listed_rules, element("maprules", each_on_a_line(*maps)))
    content = each_on_a_line(header, body)
    return f"{DECLARATION}{element('srx', content, xmlns=NAMESPACE, version='2.0')}\n"


def project_settings(languages: Languages) -> str:
    """The file ``omegat.project`` of a project with the usual folders, as OmegaT 3 to 6 read it.

    The languages are tags as OmegaT is to show them. A translation serves every repetition of its source.
    """
    folders = ("source_dir", "target_dir", "tm_dir", "glossary_dir", "glossary_file", "dictionary_dir")
    choices = (
        ("source_lang", languages.source.upper()),
        ("target_lang", languages.target.upper()),
        ("sentence_seg", "true"),
        ("support_default_translations", "true"),
        ("remove_tags", "false"),
    )
    parts = [element(name, "__DEFAULT__") for name in folders] + [element(name, value) for name, value in choices]
    return f"{DECLARATION}{element('omegat', element('project', each_on_a_line(*parts), version='1.0'))}\n"


def _maps(srx: Srx, *, lines: bool) -> Iterator[tuple[str, str, list[Rule]]]:
    """Every map of the file: its name, the languages that only it is for, and its rules."""
    named = {rule.name: rule.rules for rule in srx.rules}
    for number, language_map in enumerate(srx.maps):
        # The first rule that fits decides, so the line end stands before all exceptions.
        rules = [*([_LINE_END] if lines else []), *named[language_map.rule]]
        languages = language_map.languages
        if number and not srx.cascade:
            before = "|".join(f"(?:{each.languages})" for each in srx.maps[:number])
            languages = f"(?!(?:{before})$)(?:{languages})"
        yield language_map.rule, languages, [everywhere(rule) for rule in rules]


def _object(name: str, *parts: Markup) -> Markup:
    return element("object", each_on_a_line(*parts), **{"class": name})


def _property(name: str, *values: Markup) -> Markup:
    return element("void", *values, property=name)

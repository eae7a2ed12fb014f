"""The forms in which a quotation is written: templates with slots, in one table.

    Form.templates(reference) ──filled(…, values)──▶ text, Markdown, HTML, LaTeX, BibTeX, RIS, CSL-JSON

A template is text of a form in which ``source``, ``target``, ``place`` and ``statement`` have their slots; whatever
goes into a slot is escaped for the form first (`aligner.citations.escaping`). The review page carries the same
templates and the same escapes as data, and fills them in its script: the two write the same. Start reading at `FORMS`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from aligner.citations.bibtex import bibtex_entry
from aligner.citations.csl import csl_item
from aligner.citations.escaping import (
    BIBTEX,
    HTML,
    JSON,
    LATEX,
    MARKDOWN,
    PLAIN,
    SLOT,
    Escapes,
    notated,
)
from aligner.citations.imprint import imprint
from aligner.citations.quotation import Quotation
from aligner.citations.references import Reference
from aligner.citations.ris import ris_entry
from aligner.citations.statements import stop_after

SOURCE, TARGET, PLACE, STATEMENT, STOP, SOURCE_LANGUAGE, TARGET_LANGUAGE = (
    f"{SLOT}{name}{SLOT}" for name in ("source", "target", "place", "statement", "stop", "from", "to")
)


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a quotation."""

    name: str
    label: str
    """What a menu calls it."""
    suffixes: tuple[str, ...]
    """The ends of the names of its files."""
    escapes: Escapes
    joint: str
    """What parts the paragraphs of a quotation."""
    template: Callable[[str, Reference, bool], str]
    """The template, given the reference in words, the reference itself, and whether there is a translation."""
    in_words: bool = True
    """Whether it holds the reference in words, which a style may write; else the program that reads it does that."""
    is_entry: bool = False
    """Whether it is an entry of a list of references: one for each document, however often it is quoted."""

    def templates(self, reference: Reference, words: str = "") -> tuple[str, str]:
        """The template for a passage with a translation, and that for one without."""
        said = words or (imprint(reference, self.name, self.escapes) if self.in_words else "")
        return self.template(said, reference, True), self.template(said, reference, False)


def filled(template: str, values: Mapping[str, str | Sequence[str]], escapes: Escapes, joint: str) -> str:
    """A template with its slots filled; several values of a slot are paragraphs."""
    parts = template.split(SLOT)
    for number in range(1, len(parts), 2):
        value = values[parts[number]]
        several = [value] if isinstance(value, str) else value
        parts[number] = joint.join(notated(each, escapes) for each in several)
    return "".join(parts)


def _template(whole: str, translation: str) -> Callable[[str, Reference, bool], str]:
    """The template of a passage: `whole`, into which go the reference and, where there is one, the `translation`."""

    def filled_in(words: str, reference: Reference, translated: bool) -> str:
        end = f"Translation: {STATEMENT}{STOP}" if translated else "No translation."
        said = translation if translated else ""
        # Not `format`: LaTeX is full of braces. What is put in is not looked at again, so a title may have its "%".
        return whole % {"words": words, "key": reference.key, "translation": said, "end": end}

    return filled_in


_TEXT = _template(
    f"«\u00a0{SOURCE}\u00a0»\n\n%(translation)s— %(words)s, {PLACE}. %(end)s\n",
    f"“{TARGET}”\n\n",
)
_MARKDOWN = _template(
    f"> {SOURCE}\n%(translation)s>\n> — %(words)s, {PLACE}. %(end)s\n",
    f">\n> {TARGET}\n",
)
_HTML = _template(
    f'<figure class="quotation">\n<blockquote lang="{SOURCE_LANGUAGE}"><p>{SOURCE}</p></blockquote>\n'
    f"%(translation)s<figcaption>%(words)s, {PLACE}. %(end)s</figcaption>\n</figure>\n",
    f'<blockquote lang="{TARGET_LANGUAGE}"><p>{TARGET}</p></blockquote>\n',
)
# Braces around the place: a bracket in it would end the option.
_LATEX = _template(
    f"\\begin{{quote}}\n{SOURCE}\n\n%(translation)s\\cite[{{{PLACE}}}]{{%(key)s}}. %(end)s\n\\end{{quote}}\n",
    f"{TARGET}\n\n",
)


@dataclass(frozen=True, slots=True)
class _Passage:
    """What an entry of a list of references says of one quotation: texts, or the slots of a template."""

    place: str
    source: str
    target: str
    statement: str


def _remarked(reference: Reference, passages: Sequence[_Passage]) -> Reference:
    remark = "; ".join(f"{each.place}: {each.statement}" for each in passages)
    return replace(reference, remark=remark or reference.remark)


def _bibtex(reference: Reference, passages: Sequence[_Passage]) -> str:
    quoted = [f"{each.place}: {' --- '.join(filter(None, (each.source, each.target)))}" for each in passages]
    return bibtex_entry(_remarked(reference, passages), quoted=quoted)


def _ris(reference: Reference, passages: Sequence[_Passage]) -> str:
    notes = []
    for each in passages:
        notes.append(f"Quotation ({each.place}): {each.source}")
        notes += [f"Translation: {each.target}"] if each.target else []
    return ris_entry(_remarked(reference, passages), notes=notes)


def _csl_json(*entries: tuple[Reference, Sequence[_Passage]]) -> str:
    items = []
    for reference, passages in entries:
        item = csl_item(_remarked(reference, passages))
        if passages:
            quoted = [{name: value for name, value in asdict(each).items() if value} for each in passages]
            item.setdefault("custom", {}).setdefault("aligner", {})["quotations"] = quoted
        items.append(item)
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _entry(write: Callable[[Reference, Sequence[_Passage]], str]) -> Callable[[str, Reference, bool], str]:
    """The template of an entry; the program that reads it makes the words of a reference by itself."""
    passages = _Passage(PLACE, SOURCE, "", STATEMENT), _Passage(PLACE, SOURCE, TARGET, STATEMENT)
    return lambda _, reference, translated: write(reference, [passages[translated]])


FORMS = {
    form.name: form
    for form in (
        Form("text", "Plain text", (".txt",), PLAIN, "\n\n", _TEXT),
        Form("markdown", "Markdown", (".md", ".markdown"), MARKDOWN, "\n>\n> ", _MARKDOWN),
        Form("html", "HTML", (".html", ".htm"), HTML, "</p>\n<p>", _HTML),
        Form("latex", "LaTeX", (".tex",), LATEX, "\n\n", _LATEX, in_words=False),
        Form("bibtex", "BibTeX", (".bib",), BIBTEX, " / ", _entry(_bibtex), in_words=False, is_entry=True),
        Form("ris", "RIS", (".ris",), PLAIN, " / ", _entry(_ris), in_words=False, is_entry=True),
        Form(
            "csl-json",
            "CSL-JSON",
            (".json",),
            JSON,
            "\\n",
            _entry(lambda *entry: _csl_json(entry)),
            in_words=False,
            is_entry=True,
        ),
    )
}
"""Every form, in the order of menus."""


def values_of(quoted: Quotation) -> dict[str, str | Sequence[str]]:
    """What goes into the slots of a template."""
    return {
        "source": quoted.source or ("[…]",),
        "target": quoted.target,
        "place": quoted.place,
        "statement": quoted.statement,
        "stop": stop_after(quoted.statement),
        "from": quoted.languages[0],
        "to": quoted.languages[1],
    }


def written_quotation(quoted: Quotation, form: Form, *, words: str = "") -> str:
    """A quotation in a form; `words` is the reference as a style writes it, escaped for the form."""
    templates = form.templates(quoted.reference, words)
    return filled(templates[0 if quoted.target else 1], values_of(quoted), form.escapes, form.joint)


def entries(references: Sequence[Reference], quoted: Sequence[Quotation], form: Form) -> str:
    """A list of references in BibTeX, RIS or CSL-JSON: each once, with all that was quoted of it."""
    passages: dict[str, list[_Passage]] = {reference.id: [] for reference in references}
    for each in quoted:
        joint = "\n" if form.name == "csl-json" else form.joint
        texts = joint.join(each.source), joint.join(each.target)
        passages[each.reference.id].append(_Passage(each.place, *texts, each.statement))
    if form.name == "csl-json":
        return _csl_json(*((reference, passages[reference.id]) for reference in references))
    write = _bibtex if form.name == "bibtex" else _ris
    return ("\n" if form.name == "bibtex" else "").join(write(each, passages[each.id]) for each in references)


def page_forms(reference: Reference) -> list[dict[str, object]]:
    """The forms as the review page carries them: names, templates, escapes."""
    return [
        {
            "name": form.name,
            "label": form.label,
            "templates": form.templates(reference),
            "escapes": dict(form.escapes.characters),
            "opening": form.escapes.opening,
            "composed": form.escapes.composed,
            "joint": form.joint,
        }
        for form in FORMS.values()
    ]

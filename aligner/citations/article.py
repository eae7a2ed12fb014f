"""What ``aligner cite`` writes: several quotations in one form, with the list of their references.

Start reading at `article`.
"""

from __future__ import annotations

from collections.abc import Sequence

from aligner.citations.escaping import notated
from aligner.citations.forms import FORMS, Form, entries, written_quotation
from aligner.citations.imprint import imprint
from aligner.citations.quotation import Quotation
from aligner.citations.references import Reference
from aligner.citations.statements import stop_after
from aligner.citations.styles import styled
from aligner.errors import InputError

_LISTS = {
    "text": ("References\n\n", "{}\n", ""),
    "markdown": ("## References\n\n", "- {}\n", ""),
    "html": ('<section class="references">\n<h2>References</h2>\n<ul>\n', "<li>{}</li>\n", "</ul>\n</section>\n"),
}
"""The list of references in each form: its head, an entry, its end."""


def article(form: Form, references: Sequence[Reference], quoted: Sequence[Quotation], *, style: str = "") -> str:
    """Quotations in a form, and their references where the form is read by people.

    `references` are the documents, each once; one of which nothing is quoted is listed with what there is to say of
    its translation. Raises InputError for a style where another program formats the references, and for LaTeX without
    a quotation.
    """
    if style and not form.in_words:
        raise InputError(
            f"the form '{form.name}' has no use for --style",
            hint="the program that reads it formats the references; leave out --style",
        )
    if form.is_entry:
        return entries(references, quoted, form)
    if form.name == "latex":
        if len(quoted) < 1 or {each.reference.id for each in quoted} != {each.id for each in references}:
            hint = "name a place, ID:3.2; --format bibtex writes the references"
            raise InputError("LaTeX needs a passage to quote", hint=hint)
        return "\n".join(written_quotation(each, form) for each in quoted)
    if style:
        made = styled(style, references, quoted, form.name, form.escapes)
        passages = [
            written_quotation(each, form, words=words.removesuffix("."))
            for each, words in zip(quoted, made.citations, strict=True)
        ]
        return "\n".join([*passages, _listed(form, made.references)])
    alone = {reference.id for reference in references} - {each.reference.id for each in quoted}
    # Each quotation has its reference with it: a list is for documents without one.
    listed = []
    for each in references:
        if each.id in alone:
            words, remark = imprint(each, form.name, form.escapes), notated(each.remark, form.escapes)
            end = f" Translation: {remark}{stop_after(each.remark)}" if remark else ""
            listed.append(f"{words}{stop_after(words)}{end}")
    return "\n".join(
        [*(written_quotation(each, form) for each in quoted), *([_listed(form, listed)] if listed else [])]
    )


def _listed(form: Form, lines: Sequence[str]) -> str:
    head, entry, end = _LISTS[form.name]
    # Not a template of what a record says: braces in it are its own.
    return head + "".join(entry.replace("{}", line) for line in lines) + end


def form_named(name: str, file: str = "") -> Form:
    """A form by its name, or without one by the end of a file's name; plain text where neither tells.

    Raises InputError for a name that is none.

    >>> form_named("", "refs.bib").name, form_named("ris").name, form_named("").name
    ('bibtex', 'ris', 'text')
    """
    if name:
        if name not in FORMS:
            raise InputError(f"there is no form '{name}'", hint=f"choose one of {', '.join(FORMS)}")
        return FORMS[name]
    return next((form for form in FORMS.values() if file.lower().endswith(form.suffixes)), FORMS["text"])

"""Nothing of a document leaves its place, in any notation."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from aligner.citations.escaping import BIBTEX, HTML, LATEX, MARKDOWN, notated, raw_address, tidied

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NASTY = [
    "<script>alert(1)</script> & co",
    "*em* _under_ `code` [link](http://x) ![i](j) ~~no~~ | a | b |",
    "# heading",
    "1. item",
    "- item",
    "+ item",
    "=====",
    "&lt;b&gt; &copy;",
    "$x^2$ \\textbf{x} {open }close 5 % # ~ ^ \" ' ` < > |",
    "https://evil.example/a_b",
    "line\nTY  - BOOK\r\nER  - ",
    "a\u2028b\x00c\x85d",
]


@pytest.mark.parametrize("text", NASTY)
def test_markdown_shows_the_very_text(text: str) -> None:
    rendered = MarkdownIt("commonmark").enable("table").enable("strikethrough").render(notated(text, MARKDOWN))
    (paragraph,) = html.fragments_fromstring(rendered)
    assert (paragraph.tag, len(paragraph)) == ("p", 0)
    assert paragraph.text == tidied(text)


@given(TEXTS)
def test_html_shows_the_very_text(text: str) -> None:
    element = html.fromstring(f"<p>{notated(text, HTML)}</p>")
    assert (element.text or "") == tidied(text)
    assert not len(element)


@given(TEXTS)
def test_no_brace_of_a_text_counts_for_bibtex(text: str) -> None:
    depth = 0
    for brace in re.findall("[{}]", notated(text, BIBTEX)):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0


@given(TEXTS)
def test_no_special_character_of_a_text_is_left_for_tex(text: str) -> None:
    written = notated(text, LATEX)
    # What begins with a backslash is ours; nothing else may mean something to TeX.
    rest = re.sub(r"\\[a-zA-Z]+(?:\{[^{}]*(?:\{[^{}]*\})?[^{}]*\})?|\\[#$%&_{},-]", "", written)
    assert not re.search(r"[\\{}#$%&_^\x00-\x1f]", rest)


def test_greek_letters_and_odd_spaces_are_known_to_tex() -> None:
    assert notated("λ Δ\u2002x\u202f! x²₃", LATEX) == (
        r"\ensuremath{\lambda} \ensuremath{\Delta} x\,! x\textsuperscript{2}\textsubscript{3}"
    )


@given(TEXTS)
def test_every_notation_is_one_line(text: str) -> None:
    for escapes in (HTML, MARKDOWN, LATEX, BIBTEX):
        assert len(notated(text, escapes).splitlines()) <= 1


@given(TEXTS)
def test_an_address_has_nothing_that_ends_it(url: str) -> None:
    assert not re.search(r"[{}<>\"\\\s]", raw_address(url))

"""Citation styles, by the real citeproc-py and the styles of its package."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.citations.article import article
from aligner.citations.escaping import HTML, MARKDOWN, PLAIN
from aligner.citations.forms import FORMS
from aligner.citations.quotation import Quotation, quotation
from aligner.citations.references import Reference, reference_of
from aligner.citations.styles import STYLES, styled
from aligner.errors import InputError
from aligner.model import Record
from tests import make

pytest.importorskip("citeproc", reason="citeproc-py is not installed (the extra cite)")

NEWS = Record(
    "Des liens plus profonds", "2020-09-14", "Ren, Qi", type="article-newspaper", container="China Daily Global"
)


def quoted(name: str, record: Record) -> Quotation:
    return quotation(make.bitext(("Oui.", "Yes."), name=name, record=record), "1")


@pytest.mark.parametrize(
    ("style", "citation", "entry"),
    [
        (
            "chicago",
            "Qi Ren, “Des liens plus profonds”, China Daily Global, September 14, 2020, para. 1.1.",
            "Ren, Qi. “Des liens plus profonds”. China Daily Global, September 14, 2020.",
        ),
        ("apa", "(Ren, 2020, para. 1.1)", "Ren, Q. (2020, September 14). Des liens plus profonds. China Daily Global."),
        (
            "mla",
            "(Ren, “Des liens plus profonds”, par. 1.1)",
            "Ren, Qi. “Des liens plus profonds”. China Daily Global, 14 Sept. 2020.",
        ),
        (
            "iso690",
            "(1, para.\u00a01.1)",
            "1. REN, Qi. Des liens plus profonds. China Daily Global. 14 September 2020.",
        ),
    ],
)
def test_the_four_styles(style: str, citation: str, entry: str) -> None:
    one = quoted("note", NEWS)
    made = styled(style, [one.reference], [one], "text", PLAIN)
    assert made.citations == (citation,)
    assert made.references == (entry,)


@pytest.mark.parametrize("style", STYLES)
def test_a_title_that_stands_in_for_an_author_is_said_once(style: str) -> None:
    one = quoted("note", Record("Sans auteur", "2023", publisher="Xinhua"))
    made = styled(style, [one.reference], [one], "text", PLAIN)
    assert [each.count("Sans auteur") for each in made.references] == [1]


@pytest.mark.parametrize("style", STYLES)
def test_nothing_of_a_record_is_markup(style: str) -> None:
    one = quoted(
        "note", Record("<script>x</script> *a* _b_", "2023", "<b>Ren</b>, Qi & co", type="book", publisher="<i>")
    )
    html = styled(style, [one.reference], [one], "html", HTML)
    for text in (*html.citations, *html.references):
        assert "<script" not in text
        assert "<b>" not in text.lower().replace("<b>ren", "")
    markdown = styled(style, [one.reference], [one], "markdown", MARKDOWN)
    assert all("\\*a\\*" in text for text in markdown.references)


def test_looks_become_marks_of_the_form() -> None:
    one = quoted("note", Record("Le livre", "2023", "Ren, Qi", type="book", publisher="Seuil"))
    assert "<i>Le livre</i>" in styled("apa", [one.reference], [one], "html", HTML).references[0]
    assert "*Le livre*" in styled("apa", [one.reference], [one], "markdown", MARKDOWN).references[0]


def test_ids_that_differ_in_capitals_are_two_documents() -> None:
    both = [quoted("Note", Record("A", "2001", "X, Y")), quoted("note", Record("B", "2002", "Z, W"))]
    made = styled("apa", [each.reference for each in both], both, "text", PLAIN)
    assert made.citations == ("(X, 2001, para. 1.1)", "(Z, 2002, para. 1.1)")


def test_an_article_ends_with_its_references() -> None:
    one = quoted("note", NEWS)
    other = reference_of(make.bitext(("Non.", "No."), name="other", record=Record("Autre", "1999", "Z, W")))
    text = article(FORMS["markdown"], [one.reference, other], [one], style="apa")
    assert text.index("> Oui.") < text.index("(Ren, 2020") < text.index("## References") < text.index("Autre")


def test_other_styles_and_files(tmp_path: Path) -> None:
    one = quoted("note", NEWS)
    assert styled("chicago-author-date-fr", [one.reference], [one], "text", PLAIN).citations
    with pytest.raises(InputError, match="there is no style 'chigago'; choose chicago"):
        styled("chigago", [one.reference], [one], "text", PLAIN)
    with pytest.raises(InputError, match="no such file"):
        styled(str(tmp_path / "x.csl"), [one.reference], [one], "text", PLAIN)
    hostile = tmp_path / "hostile.csl"
    hostile.write_text('<!DOCTYPE style [<!ENTITY x SYSTEM "file:///etc/passwd">]><style/>', encoding="utf-8")
    with pytest.raises(InputError, match="not a CSL style"):
        styled(str(hostile), [one.reference], [one], "text", PLAIN)
    broken = tmp_path / "broken.csl"
    broken.write_text('<style xmlns="http://purl.org/net/xbiblio/csl"><citation>', encoding="utf-8")
    with pytest.raises(InputError, match="cannot be used"):
        styled(str(broken), [one.reference], [one], "text", PLAIN)


def test_every_reference_has_a_title() -> None:
    bare = Reference("note", Record(title="[note]"), "fr")
    assert "[note]" in styled("apa", [bare], [], "text", PLAIN).references[0]

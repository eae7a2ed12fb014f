"""XML as text."""

from __future__ import annotations

from lxml import etree

from aligner.formats.xml.markup import (
    Markup,
    element,
    escape,
    ncname,
    xml_text,
)

HOSTILE = "]]> & <a b=\"c\" d='e'>\r\n\t \x00\x1b\ud800\uffff\U0001f600 &amp; é"


def test_text_and_attributes_come_back_as_they_were() -> None:
    made = element("a", HOSTILE, title=HOSTILE, xml_lang="fr", o_tmf="x", none=None)
    parsed = etree.fromstring(made)
    assert parsed.text == xml_text(HOSTILE)
    assert parsed.get("title") == xml_text(HOSTILE)
    assert parsed.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert parsed.get("o-tmf") == "x"
    assert parsed.get("none") is None


def test_markup_is_not_escaped_twice() -> None:
    assert element("a", element("b", "<"), "<") == "<a><b>&lt;</b>&lt;</a>"
    assert isinstance(escape("<"), Markup)


def test_names_are_names() -> None:
    for text in ("2024-09-11", "déclaration", "x²", "a b/c:d", "日本"):
        etree.fromstring(f'<a xml:id="d.{ncname(text)}"/>')
        assert ":" not in ncname(text)

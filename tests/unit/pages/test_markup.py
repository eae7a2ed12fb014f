"""Text into safe HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from aligner.pages.markup import (
    page_address,
    percent,
    visible,
    web_address,
)

PICTURES = {0x2421: "\x7f", **{0x2400 + code: chr(code) for code in range(32)}}


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=30))
def test_a_browser_reads_back_the_text(text: str) -> None:
    read = str(html.fromstring(f"<p>{visible(text)}</p>").xpath("string()"))
    assert "".join(PICTURES.get(ord(c), c) for c in read) == "".join(PICTURES.get(ord(c), c) for c in text) or any(
        0x7F <= ord(c) <= 0x9F for c in text
    )


@pytest.mark.parametrize("control", ["\u202e", "\u2066", "\u200f", "\u061c", "\u2028", "\ufeff", "\u200b"])
def test_controls_are_shut_in_and_named(control: str) -> None:
    shown = visible(f"a{control}b")
    assert f'data-code="U+{ord(control):04X}"' in shown
    assert f"&#{ord(control)};</bdi>b" in shown


def test_ordinary_french_is_left_alone() -> None:
    text = "« L’été »\u202f: 1\u00a0234,5\u00a0€ — dès\tlors"
    assert str(visible(text)) == text


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//host/x",
        "ftp://host/x",
        "http://",
        "http://[bad",
        "x",
        "",
        "JaVaScRiPt:1",
    ],
)
def test_only_web_addresses_become_links(address: str) -> None:
    assert web_address(address) == ""


def test_a_page_address_stays_beside_the_page() -> None:
    assert page_address("../review/a b.html") == "../review/a%20b.html"
    assert page_address("//host/x") == "/host/x"
    assert ":" not in page_address("http://host/x")


def test_percent_never_claims_certainty() -> None:
    assert [percent(share) for share in (0.0, 0.004, 0.5, 0.9999, 1.0)] == ["0%", "0%", "50%", "99%", "100%"]

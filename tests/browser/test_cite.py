"""Quoting from the review page: what is copied is what ``aligner cite`` writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from aligner.citations.forms import FORMS, written_quotation
from aligner.citations.quotation import quotation
from aligner.model import Kind, Origin, Provenance, Record, Status, wording
from tests import make
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

FIELDS: list[dict[str, Any]] = [
    {"origin": Origin.MACHINE, "kind": Kind.CONSTRUCTED, "maker": "translate-fr_en 0.5 3f0c3f0c3f0c3f0c"},
    {"origin": Origin.MACHINE, "status": Status.ACCEPTED, "by": "Ada <b>", "maker": "x 1"},
    {
        "origin": Origin.HUMAN,
        "status": Status.EDITED,
        "by": "Éva",
        "machine": "Draft.",
        "written": (wording("Draft."),),
    },
    {"origin": Origin.HUMAN, "status": Status.DRAFT, "written": (wording("Was."),)},
    {"origin": Origin.MEMORY, "status": Status.REJECTED, "by": "Ada L."},
    {"origin": Origin.NONE},
    {"origin": Origin.HUMAN},
]
SOURCES = [
    "1. « Le prix » : 5 % & plus_ou {moins} #1",
    "Deux\u202f: 100 € ~ x^2 \\ <i>",
    "- trois",
    "Quatre",
    "Cinq",
    "Six",
    "Sept",
]
TARGETS = ['"The price": 5% & more', "Two `x` $y$ | z", "Three\u2264", "Four e\u0301", "Five", "", "Seven"]


def sample() -> Any:
    record = Record(
        'Un titre } "x" <b> & co', "2020-09", "Ren, Qi", url="https://x.org/a_b?c=1&d=}", licence="", translator="Y"
    )
    return make.bitext(
        *zip(SOURCES, TARGETS, FIELDS, strict=True), name="note", record=record, provenance=Provenance(basis="mt")
    )


@pytest.mark.parametrize("ends", [(1, 1), (1, 2), (3, 5), (5, 5), (1, 7), (6, 6), (2, 7)])
def test_the_page_says_what_the_command_says(visit: Callable[..., Visit], ends: tuple[int, int]) -> None:
    bitext = sample()
    page = visit(bitext).page
    quoted = quotation(bitext, f"{ends[0]}-{ends[1]}")
    made = page.evaluate(
        "([from, to]) => Object.fromEntries(cite.forms.map("
        "(form) => [form.name, cite.written(form, review.data.beads.slice(from - 1, to))]))",
        list(ends),
    )
    assert made == {form.name: written_quotation(quoted, form) for form in FORMS.values()}


def test_rows_are_chosen_and_copied_with_keys(visit: Callable[..., Visit]) -> None:
    bitext = sample()
    opened = visit(bitext)
    page = opened.page
    page.evaluate("() => { navigator.clipboard.writeText = async (text) => { globalThis.copied = text; }; }")
    for key in ("j", "Shift+ArrowDown", "c", "2"):
        page.keyboard.press(key)
    page.wait_for_function("() => globalThis.copied")
    assert page.evaluate("copied") == written_quotation(quotation(bitext, "1-2"), FORMS["markdown"])
    assert page.locator("#cite-dialog[open]").count() == 0
    assert opened.complaints == []


def test_without_a_clipboard_the_text_is_there_to_be_copied(visit: Callable[..., Visit]) -> None:
    page = visit(sample()).page
    page.evaluate("() => { navigator.clipboard.writeText = async () => { throw new Error('refused'); }; }")
    for key in ("j", "c", "1"):
        page.keyboard.press(key)
    assert page.locator("#cite-dialog textarea").input_value().startswith("«")


def test_rows_are_chosen_with_the_mouse(visit: Callable[..., Visit]) -> None:
    page = visit(sample()).page
    page.locator("[id='2.1'] .ref").click()
    page.locator("[id='4.1'] .side.source").click(modifiers=["Shift"])
    assert page.locator(".bead.chosen").count() == 3
    page.keyboard.press("c")
    assert "2.1–4.1" in page.locator("#cite-title").inner_text()


def test_an_edit_on_the_page_is_told_at_once(visit: Callable[..., Visit]) -> None:
    page = visit(sample()).page
    for key in ("j", "e"):
        page.keyboard.press(key)
    page.keyboard.press("Control+a")
    page.keyboard.type("The cost")
    page.keyboard.press("Enter")
    said = page.evaluate("cite.written(cite.forms[0], review.data.beads.slice(0, 1))")
    assert "“The cost”" in said
    assert "Translation: machine draft, edited" in said

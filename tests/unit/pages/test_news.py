"""Where the machine now says something else than the text that a person accepted or edited."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import html

from aligner.model import Bitext, Match, Origin, Status, wording
from aligner.pages import page_data, render_page, summarize
from aligner.pages.news import says_else

Build = Callable[..., Bitext]
OLD, NEW, OWN = "It rains strong.", "It is raining hard.", "It is pouring."
MEMORY = Match(100, "treaties.tmx", "tu7", "Il pleut.", OLD)


@pytest.mark.parametrize(
    ("text", "fields", "news"),
    [
        (OLD, {"origin": Origin.MACHINE, "status": Status.ACCEPTED, "machine": OLD}, False),
        (OLD, {"origin": Origin.MACHINE, "status": Status.ACCEPTED, "machine": NEW}, True),
        (OLD, {"origin": Origin.MACHINE, "status": Status.ACCEPTED, "machine": OLD.replace(" ", "\u00a0")}, False),
        (OLD, {"origin": Origin.MACHINE, "status": Status.ACCEPTED, "machine": None}, False),
        (OLD, {"origin": Origin.MACHINE, "status": Status.ACCEPTED, "machine": ""}, False),
        (OLD, {"origin": Origin.MACHINE, "status": Status.DRAFT, "machine": NEW}, False),
        (OLD, {"origin": Origin.MACHINE, "status": Status.REJECTED, "machine": NEW}, False),
        (OWN, {"status": Status.EDITED, "machine": OLD, "written": (wording(OLD),)}, False),
        (OWN, {"status": Status.EDITED, "machine": NEW, "written": (wording(OLD),)}, True),
        (OWN, {"status": Status.EDITED, "machine": OWN, "written": (wording(OLD),)}, False),
        (OWN, {"status": Status.EDITED, "machine": OLD, "written": (wording(OLD), wording(NEW))}, True),
        (OWN, {"status": Status.ACCEPTED, "machine": NEW}, False),  # a human translation: the machine had no part in it
        (OWN, {"status": Status.EDITED, "machine": NEW}, False),
        (OLD, {"status": Status.ACCEPTED, "origin": Origin.MEMORY, "machine": NEW, "written": (wording(OLD),)}, False),
        (OWN, {"status": Status.EDITED, "machine": NEW, "written": (wording(OLD),), "match": MEMORY}, False),
    ],
)
def test_what_is_news(one_bead: Build, text: str, fields: dict[str, object], news: bool) -> None:
    bitext = one_bead("Il pleut.", text, **fields)
    assert says_else(bitext, bitext.beads[0]) == news
    assert summarize(bitext).outdated == news
    marks = html.fromstring(render_page(bitext)).xpath("//details[@class='news']")
    assert len(marks) == news


def test_the_mark_is_quiet_and_the_machines_text_within_reach(one_bead: Build) -> None:
    bitext = one_bead("Il pleut.", OLD, origin=Origin.MACHINE, status=Status.ACCEPTED, machine=NEW)
    page = html.fromstring(render_page(bitext))
    (mark,) = page.xpath("//article//details")
    assert mark.get("open") is None
    assert mark.xpath("string(summary)") == "The machine now says something else"
    assert mark.xpath("string(p[@class='machine']/bdi)") == NEW
    assert not page.xpath("//article//del | //article//ins")  # nobody made the one out of the other
    assert page.xpath("//option[@value='news']/text()") == ["the machine now says otherwise"]
    assert page.xpath("string(//dd[@data-figure='outdated'])") == "1 reviewed before the machine changed"


def test_an_edit_says_what_went_out_and_who_made_it(one_bead: Build) -> None:
    (bead,) = page_data(one_bead("Il pleut.", OLD, origin=Origin.MACHINE, maker="translate-fr_en 0.5 3f0c"))["beads"]
    assert (bead["written"], bead["maker"], bead["news"]) == (wording(OLD), "translate-fr_en 0.5 3f0c", False)

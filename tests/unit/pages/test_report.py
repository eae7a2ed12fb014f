"""The report as a browser would parse it: ordered, faithful, safe, and always the same bytes."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from lxml import html
from lxml.html import HtmlElement

from aligner.pages.comparison import ReportOptions, render_report
from aligner.pages.comparison_data import (
    ChangeBand,
    ComparisonReport,
    Figures,
    ReportDocument,
    ReportRow,
    SentenceOutcome,
    Words,
)
from tests.unit.pages.test_page import HOSTILE

FIGURES = Figures(
    unchanged=1, changed=3, added=1, removed=1, words=Words(1200, 1190, 1100), edits=130, length=1180,
    ter=11.02, chrf=83.4, ter_in_all=14.5, bands=(ChangeBand("unchanged", 1, 10), ChangeBand("over 50", 2, 20)),
)  # fmt: skip


def row(place: str, outcome: SentenceOutcome, old: str, new: str, **fields: object) -> ReportRow:
    values: dict[str, object] = {
        "document": 0, "address": "", "anchor": place, "matched": "", "source": "Oui.",
        "ter": 0.0, "edits": 0, "chrf": 100.0, "band": 1,
    }  # fmt: skip
    return ReportRow(place=place, outcome=outcome, old=old, new=new, **{**values, **fields})  # type: ignore[arg-type]


ROWS = (
    row("1.1", SentenceOutcome.UNCHANGED, "Same.", "Same.", band=0),
    row("1.2", SentenceOutcome.CHANGED, "The big cat sat.", "The cat sat.", ter=33.3, edits=1, chrf=80.0),
    row(
        "2.1",
        SentenceOutcome.CHANGED,
        "A long one with two edits in it here.",
        "A long one with edits in.",
        ter=20.0,
        edits=5,
    ),
    row("2.2", SentenceOutcome.REMOVED, "Gone.", "", ter=100.0, edits=1, chrf=0.0, band=-1),
    row("3.1", SentenceOutcome.CHANGED, "lower case", "Lower case", ter=0.0, edits=0, chrf=95.0),
    row("3.2", SentenceOutcome.ADDED, "", "Came.", ter=100.0, edits=2, chrf=0.0, band=-1, document=1),
)
DOCUMENTS = (
    ReportDocument("one", "Un texte", ("fr", "en"), FIGURES, "HTER", address="review/one.html"),
    ReportDocument("two", "", ("fr", "en"), FIGURES, "TER", only="new", left_out=(("not translated", ("1.1", "4.2")),)),
)
REPORT = ComparisonReport("old", "new", "TER", FIGURES, DOCUMENTS, ROWS, (("TER", "nrefs:1|case:lc"),))


def parse(report: ComparisonReport = REPORT, **options: object) -> HtmlElement:
    return html.fromstring(render_report(report, options=ReportOptions(**options)))  # type: ignore[arg-type]


def places(page: HtmlElement) -> list[str]:
    return [str(place) for place in page.xpath("//article//a[@class='ref']/text()")]


def test_where_the_machine_now_says_something_else_is_said_and_can_be_chosen() -> None:
    assert not parse().xpath("//option[@value='news'] | //*[@data-news]")
    rows = (*ROWS[:1], replace(ROWS[1], outdated=True), *ROWS[2:])
    page = parse(replace(REPORT, documents=(replace(DOCUMENTS[0], outdated=("1.2",)), DOCUMENTS[1]), rows=rows))
    (marked,) = page.xpath("//article[@data-news]")
    assert marked.xpath("string(.//a[@class='ref'])") == "1.2"
    assert "the machine now says something else" in marked.xpath("string(.//div[@class='margin'])")
    assert page.xpath("normalize-space(//details[@class='left'][1]//li)") == "one: 1 sentence (1.2)"
    assert page.xpath("//option[@value='news']/text()") == ["the machine now says otherwise"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("change", ["3.2", "2.2", "1.2", "2.1", "3.1", "1.1"]),
        ("edits", ["2.1", "3.2", "2.2", "1.2", "3.1", "1.1"]),
        ("document", ["1.1", "1.2", "2.1", "2.2", "3.1", "3.2"]),
    ],
)
def test_orders(order: str, expected: list[str]) -> None:
    page = parse(order=order)
    assert places(page) == expected
    assert page.xpath("//select[@name='order']/option[@selected]/@value") == [order]
    place = ["change", "edits", "document"].index(order)
    ranks = {
        str(article.xpath(".//a[@class='ref']/text()")[0]): article.get("data-ranks")
        for article in page.xpath("//article")
    }
    assert sorted(expected, key=lambda name: int(ranks[name].split()[place])) == expected


def test_both_texts_are_there() -> None:
    page = parse()
    for each in ROWS:
        (article,) = (a for a in page.xpath("//article") if a.xpath(".//a[@class='ref']/text()") == [each.place])
        versions = dict(
            zip(
                article.xpath(".//p[contains(@class, 'version')]/span/text()"),
                article.xpath(".//p[contains(@class, 'version')]/bdi/text()"),
                strict=True,
            )
        )
        if each.outcome is SentenceOutcome.UNCHANGED:
            assert article.xpath("./div[@class='texts']/p[@class='text']/bdi/text()") == [each.new]
        else:
            assert (versions.get("before", ""), versions.get("after", "")) == (each.old, each.new)
        assert article.xpath("string(.//span[contains(@class, 'outcome')])") == each.outcome.value


def test_figures_are_said() -> None:
    page = parse()
    text = " ".join(page.xpath("//header//text() | //section[@class='summary']//text()")).split()
    said = " ".join(text)
    for figure in (
        "1,200 → 1,190",
        "1,100 kept",
        "100 taken out",
        "90 put in",
        "11.0",
        "130 edits, 1,180 words",
        "83.4",
        "14.5",
    ):
        assert figure in said
    assert "only in new" in said
    assert "2 not translated" in said
    assert "1.1, 4.2" in said
    assert page.xpath("//p[@class='signature']/code/text()") == ["nrefs:1|case:lc"]
    assert "Snover et al. 2006" in page.xpath("string(//footer)")


def test_links_lead_to_the_review_page_or_to_the_sentence_itself() -> None:
    linked = row("3.2", SentenceOutcome.CHANGED, "a", "b", address="a page.html", anchor="3.2")
    page = parse(
        ComparisonReport(
            "a", "b", "TER", FIGURES, DOCUMENTS, (linked, row("4.1", SentenceOutcome.CHANGED, "a", "b")), ()
        )
    )
    assert page.xpath("//article//a[@class='ref']/@href") == ["a%20page.html#3.2", "#s2"]
    assert page.xpath("//a[@class='page']/@href") == ["review/one.html"]


def test_unchanged_sentences_may_be_left_out_and_that_is_said() -> None:
    page = parse(unchanged=False)
    assert "1.1" not in places(page)
    assert "1 sentence that did not change is not shown." in page.text_content()


def test_languages_are_marked() -> None:
    article = parse(order="document").xpath("//article")[1]
    assert article.xpath(".//p[contains(@class, 'source')]/@lang") == ["fr"]
    assert article.xpath(".//p[contains(@class, 'version')]/bdi/@lang") == ["en", "en"]


def attacked(attack: str) -> ComparisonReport:
    """A report of which every text is hostile."""
    sentence = row(
        attack,
        SentenceOutcome.CHANGED,
        attack,
        f"{attack}?",
        source=attack,
        address=attack,
        anchor=attack,
        matched=attack,
    )
    document = ReportDocument(
        attack, attack, (attack, attack), FIGURES, attack, only=attack, address=attack, left_out=((attack, (attack,)),)
    )
    other = ReportDocument("other", "", ("", ""), FIGURES, "TER")
    return ComparisonReport(attack, attack, attack, FIGURES, (document, other), (sentence,), ((attack, attack),))


@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_text_stays_text(attack: str) -> None:
    page = parse(attacked(attack))
    assert len(page.xpath("//script")) == 2
    assert not page.xpath("//img | //iframe | //object | //base | //h1[text()='Gone'] | //meta[@http-equiv='refresh']")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    for address in page.xpath("//@href | //@src"):
        assert not re.match(r"\s*(javascript:|//|\w+:)", str(address)) or str(address).startswith("data:image/svg+xml")
    if attack.isprintable():
        assert page.xpath("string(//p[contains(@class, 'source')]/bdi)") == attack


def test_the_policy_names_style_and_scripts_by_their_hashes() -> None:
    page = render_report(REPORT)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    parts = re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", page, flags=re.DOTALL)
    assert len(parts) == 3
    for part in parts:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'" in policy
    assert "default-src 'none'" in policy


def test_the_same_report_is_the_same_bytes() -> None:
    assert render_report(REPORT) == render_report(REPORT)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', render_report(REPORT))


def test_a_report_without_pairs_has_no_rates() -> None:
    nothing = Figures(0, 0, 1, 0, Words(0, 1, 0), 0, 0, None, None, None, (ChangeBand("unchanged", 0, 0),))
    report = ComparisonReport(
        "a", "b", "TER", nothing, (ReportDocument("x", "", ("", ""), nothing, "TER"),), (ROWS[-2],), ()
    )
    assert parse(report).xpath("string(//dd[@class='total'][.='–'])") == "–"

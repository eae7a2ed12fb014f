"""Quotations: whole pairs, an honest note, and every form."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from lxml import html
from markdown_it import MarkdownIt

from aligner.citations.article import article
from aligner.citations.forms import FORMS, written_quotation
from aligner.citations.quotation import quotation, remark_of, split_citation
from aligner.citations.references import reference_of
from aligner.errors import InputError
from aligner.model import Bitext, Kind, Match, Origin, Provenance, Record, Role, Segment, Side, Status, wording
from tests import make

MT: dict[str, Any] = {"origin": Origin.MACHINE, "maker": "translate-fr_en 0.5 3f0c3f0c3f0c3f0c"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (MT, "machine translation (translate-fr_en 0.5), unreviewed"),
        ({**MT, "status": Status.ACCEPTED, "by": "Ada"}, "machine translation (translate-fr_en 0.5), reviewed by Ada"),
        ({**MT, "status": Status.ACCEPTED}, "machine translation (translate-fr_en 0.5), reviewed"),
        ({**MT, "status": Status.REJECTED, "by": "Ada"}, "machine translation (translate-fr_en 0.5), rejected by Ada"),
        ({"origin": Origin.HUMAN}, "human translation, unreviewed"),
        ({"origin": Origin.HUMAN, "by": "Ada"}, "human translation, unreviewed"),
        ({"origin": Origin.HUMAN, "status": Status.ACCEPTED, "by": "Ada"}, "human translation, reviewed by Ada"),
        (
            {
                "origin": Origin.HUMAN,
                "status": Status.EDITED,
                "by": "Ada",
                "machine": "Yes",
                "written": (wording("Yes"),),
            },
            "machine draft, edited by Ada",
        ),
        ({"origin": Origin.HUMAN, "written": (wording("Yes"),)}, "machine draft, edited, unreviewed"),
        (
            {
                "origin": Origin.HUMAN,
                "status": Status.ACCEPTED,
                "by": "B",
                "written": (wording("Aye."),),
                "match": Match(100, "m.tmx", "u", "Oui.", "Aye."),
            },
            "memory draft, edited, reviewed by B",
        ),
        ({"origin": Origin.MEMORY}, "from a translation memory, unreviewed"),
    ],
)
def test_the_note_says_who_made_the_translation(fields: dict[str, Any], said: str) -> None:
    bitext = make.bitext(("Oui.", "Yes.", fields), provenance=Provenance(basis="mt"))
    assert quotation(bitext, "1.1").statement == said


def test_the_machines_rendering_beside_a_persons_translation_makes_no_draft_of_it() -> None:
    known = {"machine": "Yes", "written": (wording("Yes"),)}
    for basis, kind, said in (
        ("human", Kind.ALIGNED, "human translation, unreviewed"),
        ("human", Kind.CONSTRUCTED, "human translation, unreviewed"),
        ("", Kind.ALIGNED, "human translation, unreviewed"),
        ("", Kind.CONSTRUCTED, "machine draft, edited, unreviewed"),
        ("mt", Kind.ALIGNED, "machine draft, edited, unreviewed"),
    ):
        bitext = make.bitext(("Oui.", "Aye.", {**known, "kind": kind}), provenance=Provenance(basis=basis))
        assert quotation(bitext, "1").statement == said


def test_a_human_translator_is_named_where_the_record_does() -> None:
    bitext = make.bitext(("Oui.", "Yes."), record=Record(translator="J. Smith"))
    assert quotation(bitext, "1").statement == "human translation by J. Smith, unreviewed"


def test_stretches_of_a_passage_are_told_apart_and_many_are_counted() -> None:
    pairs = [("Un.", "One.", MT), ("Deux.", "Two.", MT), ("Trois.", "Three."), ("Quatre.", "")]
    assert quotation(make.bitext(*pairs), "1-4").statement == (
        "1.1–2.1: machine translation (translate-fr_en 0.5), unreviewed; 3.1: human translation, unreviewed; "
        "4.1: not translated"
    )
    assert quotation(make.bitext(*pairs * 2), "1-8").statement == (
        "machine translation (translate-fr_en 0.5), unreviewed (4 pairs); human translation, unreviewed (2 pairs); "
        "not translated (2 pairs)"
    )
    assert remark_of(make.bitext(*pairs)).endswith("3.1: human translation, unreviewed; 1 pair not translated")
    assert remark_of(make.bitext(("Un.", ""))) == "not translated"


def test_a_pair_is_quoted_whole_and_that_is_said() -> None:
    found = quotation(make.bitext((["Un.", "Deux."], "One, two."), ("Trois.", "Three.")), "1.2")
    assert (found.source, found.target) == (("Un. Deux.",), ("One, two.",))
    assert found.widened == "1.2 is translated together with 1.1, which is quoted, too"
    assert found.place == "fr:1.1–1.2 (en:1.1)"


def test_what_lies_between_is_quoted_too() -> None:
    added = make.bitext(("Un.", "One."), ("", "Added."), ("Trois.", "Three."))
    found = quotation(added, "1-3")
    assert found.target == ("One.", "Added.", "Three.")


def test_a_passage_without_a_translation() -> None:
    found = quotation(make.bitext(("Un.", ""), ("Deux.", "Two.")), "1")
    assert found.warnings == ("there is no translation of it: only the source is quoted",)
    assert found.place == "fr:1.1"
    assert "No translation." in written_quotation(found, FORMS["text"])
    assert quotation(make.bitext(("Un.", ""), ("Deux.", "Two.")), "1-2").warnings == ("1.1 has no translation",)


def test_a_rejected_translation_is_warned_of() -> None:
    found = quotation(make.bitext(("Un.", "One.", {**MT, "status": Status.REJECTED})), "1")
    assert found.warnings == ("the translation of 1.1 was rejected in review",)


def test_a_document_without_english() -> None:
    bare = Bitext("d", Side("fr", (Segment("Oui.", 0, 4),)), Side("en", ()), make.bitext(("Oui.", "")).beads)
    assert quotation(bare, "1").statement == "not translated"
    with pytest.raises(InputError, match="this side has no text"):
        quotation(bare, "en:1")


def test_the_title_is_the_first_heading_without_a_record() -> None:
    segments = (Segment("Bonjour.", 0, 8), Segment("Le titre", 9, 17, paragraph=2, role=Role.HEADING))
    bitext = Bitext("d", Side("fr", segments), Side("en", ()), make.bitext((["a", "b"], "")).beads)
    assert reference_of(bitext).record.title == "Le titre"
    assert reference_of(make.bitext(("Oui.", "Yes."))).record.title == "[d]"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a:3.2-b:3.4", "a quotation is from one document"),
        ("a:fr:3.2-en:3.4", "the two ends of a range are on one side"),
    ],
)
def test_a_range_is_in_one_document_and_on_one_side(text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        split_citation(text)


def test_a_place_may_have_colons_and_hyphens() -> None:
    assert split_citation("a:fr:3.2-3.4") == ("a", "fr:3.2-3.4")
    assert split_citation("a-b:art. L. 131-1") == ("a-b", "art. L. 131-1")
    assert split_citation("bible:3:16-18") == ("bible", "3:16-18")


HOSTILE = make.bitext(
    ("1. <b>*Un*</b> & } 5 % \\x", '`"two"` | $x$ _y_ # {', {**MT, "by": "A<d>a_*", "status": Status.ACCEPTED}),
    ("- deux", "- two", MT),
    name="note",
    record=Record(title="<i>T*_} &", author="O'Brien, <x>", url="https://x.org/a_b?c=1&d=2", publisher="P\nER  - "),
)


def test_html_is_one_figure_and_nothing_of_the_document_is_markup() -> None:
    (figure,) = html.fragments_fromstring(written_quotation(quotation(HOSTILE, "1-2"), FORMS["html"]).strip())
    assert [each.get("lang") for each in figure.findall("blockquote")] == ["fr", "en"]
    assert [p.text for p in figure.iter("p")] == [
        "1. <b>*Un*</b> & } 5 % \\x",
        "- deux",
        '`"two"` | $x$ _y_ # {',
        "- two",
    ]
    assert not figure.xpath(".//b | .//i | .//script | .//x")
    assert figure.xpath(".//a/@href") == ["https://x.org/a_b?c=1&d=2"]


def test_markdown_is_one_quotation() -> None:
    rendered = html.fragments_fromstring(
        MarkdownIt("commonmark").enable("table").render(written_quotation(quotation(HOSTILE, "1-2"), FORMS["markdown"]))
    )
    assert [each.tag for each in rendered] == ["blockquote"]
    assert [p.text_content() for p in rendered[0]][:4] == [
        "1. <b>*Un*</b> & } 5 % \\x", "- deux", '`"two"` | $x$ _y_ # {', "- two",
    ]  # fmt: skip
    assert not rendered[0].xpath(".//b | .//i | .//code | .//table | .//ol | .//ul")


def test_entries_are_one_for_each_document() -> None:
    quoted = [quotation(HOSTILE, "1"), quotation(HOSTILE, "2")]
    references = [reference_of(HOSTILE)]
    assert article(FORMS["bibtex"], references, quoted).count("@misc{") == 1
    ris = article(FORMS["ris"], references, quoted)
    assert ris.endswith("ER  - \r\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in ris.split("\r\n")[:-1])
    [item] = json.loads(article(FORMS["csl-json"], references, quoted))
    assert [each["place"] for each in item["custom"]["aligner"]["quotations"]] == ["fr:1.1", "fr:2.1"]


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl-json"])
def test_the_entry_of_one_quotation_is_that_of_the_page(form: str) -> None:
    one = quotation(HOSTILE, "1-2")
    assert written_quotation(one, FORMS[form]) == article(FORMS[form], [one.reference], [one])


def test_latex_and_lists_refuse_what_they_cannot_do() -> None:
    with pytest.raises(InputError, match="has no use for --style"):
        article(FORMS["latex"], [], [], style="apa")
    with pytest.raises(InputError, match="LaTeX needs a passage"):
        article(FORMS["latex"], [reference_of(HOSTILE)], [])


def test_page_furniture_inside_a_passage_is_left_out() -> None:
    aside = ("14", "", {"kind": Kind.EXCLUDED, "origin": Origin.NONE})
    found = quotation(make.bitext(("Un.", "One."), aside, ("Deux.", "Two."), aside), "1-4")
    assert (found.source, found.ids, found.warnings) == (("Un.", "Deux."), "1.1–3.1", ())


def test_boilerplate_can_be_quoted_and_has_no_translation() -> None:
    bitext = make.bitext(("Menu", "", {"kind": Kind.EXCLUDED, "origin": Origin.NONE}), ("Oui.", "Yes."))
    assert quotation(bitext, "1").statement == "not translated"


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_sentence_ends_with_one_full_stop(form: str) -> None:
    record = Record("Le titre etc.", author="Ren, Q.", note="Lu.", translator="Ada L.")
    beads = {"origin": Origin.HUMAN, "status": Status.EDITED, "by": "Ada L."}
    bitext = make.bitext(("Oui", "Yes", beads), name="note", record=record)
    bare = reference_of(bitext, remark="human translation, edited by Ada L.")
    quoted = quotation(bitext, "1")
    for references, passages in (([bare], []), ([quoted.reference], [quoted])):
        if form != "latex" or passages:
            said = article(FORMS[form], references, passages)
            assert "Ada L." in said
            assert ".." not in said

"""Whole comparisons: documents find one another, figures are right by hand, nothing is lost."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from aligner.comparison import (
    ComparedUnit,
    Comparison,
    Version,
    VersionText,
    compare,
    read_version,
    report_json,
    report_of,
)
from aligner.corpus.store import Project
from aligner.formats import FORMATS
from aligner.model import Bitext
from aligner.pages.comparison_data import Words
from tests.unit.comparison.conftest import LETTER, bitext, retold

OLD = ["The cat sat on the mat.", "Same text.", "Nine words stand here and none of them stays."]
NEW = ["The cat lay on the red mat.", "Same text.", "Another sentence."]


def version(name: str, *texts: VersionText, memory: bool = False) -> Version:
    return Version(name, texts, memory=memory)


def lines(texts: list[str], name: str = "a") -> VersionText:
    return VersionText(name, tuple(ComparedUnit(str(n), text) for n, text in enumerate(texts, 1)), lines=len(texts))


def test_figures_by_hand() -> None:
    report = report_of(compare(version("old", lines(OLD)), version("new", lines(NEW))))
    counted = report.figures
    assert (counted.unchanged, counted.changed, counted.added, counted.removed) == (1, 2, 0, 0)
    assert counted.words == Words(old=17, new=11, kept=7)
    assert (counted.words.deleted, counted.words.inserted) == (10, 4)
    # sat/lay and red; nothing; nine words into two: two replaced, seven taken out
    assert (counted.edits, counted.length) == (2 + 0 + 9, 7 + 2 + 2)
    assert counted.ter == pytest.approx(TER().corpus_score(OLD, [NEW]).score)
    assert counted.chrf == pytest.approx(CHRF().corpus_score(OLD, [NEW]).score)
    assert counted.ter_in_all is None
    assert [(band.name, band.segments, band.words) for band in counted.bands] == [
        ("unchanged", 1, 2), ("up to 10", 0, 0), ("10 to 25", 0, 0), ("25 to 50", 1, 7), ("over 50", 1, 2),
    ]  # fmt: skip


def test_added_and_removed_sentences_are_counted_apart() -> None:
    old = ["Same text.", "Same again.", "An old end of five."]
    new = ["A new beginning of the report.", "Same text.", "Same again here.", "More."]
    report = report_of(compare(version("old", lines(old)), version("new", lines(new))))
    assert (report.figures.changed, report.figures.added, report.figures.removed) == (1, 2, 1)
    assert report.figures.ter == pytest.approx(100 * 2 / 5)
    assert report.figures.ter_in_all == pytest.approx(100 * (2 + 6 + 1 + 5) / (5 + 6 + 1))


def outcomes(comparison: Comparison) -> list[tuple[str, str, str, str]]:
    return [
        (document.id, s.pair.outcome.value, s.pair.old_text, s.pair.new_text)
        for document in comparison.documents
        for s in document.sentences
    ]


def test_two_versions_of_a_corpus(make_corpus: Callable[..., Project]) -> None:
    gone, came = bitext([("Un.", "One.", {})], name="gone"), bitext([("Deux.", "Two.", {})], name="came")
    old = make_corpus("old", LETTER, gone)
    new = make_corpus("new", retold(LETTER, {1: "It is pouring."}), came)
    comparison = compare(read_version(old.corpus), read_version(new.corpus))
    assert outcomes(comparison) == [
        ("gone", "removed", "One.", ""),
        ("lettre", "unchanged", "The council meets.", "The council meets."),
        ("lettre", "changed", "It rains hard.", "It is pouring."),
        ("lettre", "unchanged", "A word.", "A word."),
        ("lettre", "unchanged", "A remark by hand.", "A remark by hand."),
        ("came", "added", "", "Two."),
    ]
    report = report_of(comparison)
    assert [document.only for document in report.documents] == [str(old.corpus), "", str(new.corpus)]
    assert report.documents[0].figures.ter is None


def test_one_document_on_each_side_needs_no_common_name() -> None:
    comparison = compare(version("old", lines(["Yes."], "a.mt")), version("new", lines(["No."], "a.ref")))
    assert [document.id for document in comparison.documents] == ["a.ref"]


def tmx(path: Path, *bitexts: Bitext, ids: bool = True) -> Path:
    """A TMX file of bitexts; without ids, as a tool leaves it that keeps neither ids nor props."""
    stream = io.BytesIO()
    if ids:
        FORMATS["tmx"].write(bitexts, stream)
        path.write_bytes(stream.getvalue())
        return path
    units = [(b.source_text(bead), b.target_text(bead)) for b in bitexts for bead in b.beads if not bead.is_null]
    body = "".join(
        f'<tu><tuv xml:lang="fr"><seg>{source}</seg></tuv><tuv xml:lang="en"><seg>{target}</seg></tuv></tu>'
        for source, target in dict(units).items()
    )
    facts = ["creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "datatype"]
    header = "<header srclang='fr' " + " ".join(f"{name}='sentence'" for name in facts) + "/>"
    path.write_text(f'<?xml version="1.0"?><tmx version="1.4">{header}<body>{body}</body></tmx>', encoding="utf-8")
    return path


@pytest.mark.parametrize("ids", [True, False])
def test_a_corpus_against_the_tmx_that_came_back(
    ids: bool, make_corpus: Callable[..., Project], tmp_path: Path
) -> None:
    other = bitext([("Oui.", "Yes.", {}), ("Non.", "No.", {}), ("Oui.", "Yes.", {})], name="autre")
    project = make_corpus("old", LETTER, other)
    back = tmx(tmp_path / "back.tmx", retold(LETTER, {1: "It pours."}), other, ids=ids)
    found = outcomes(compare(read_version(project.corpus), read_version(back)))
    assert [row[:2] for row in found if row[0] == "autre"] == [("autre", "unchanged")] * 3
    assert ("lettre", "changed", "It rains hard.", "It pours.") in found
    assert ("lettre", "removed", "A remark by hand.", "") in found
    backwards = outcomes(compare(read_version(back), read_version(project.corpus)))
    assert sorted(row[:2] for row in backwards if row[1] != "unchanged") == [("lettre", "added"), ("lettre", "changed")]


def test_a_unit_that_nobody_knows_stays_in_the_report(make_corpus: Callable[..., Project], tmp_path: Path) -> None:
    project = make_corpus("old", LETTER, bitext([("Oui.", "Yes.", {})], name="autre"))
    back = tmx(tmp_path / "back.tmx", LETTER, bitext([("Inconnu.", "Unknown.", {})]), ids=False)
    assert ("back", "added", "", "Unknown.") in outcomes(compare(read_version(project.corpus), read_version(back)))


def test_against_a_format_that_normalises_only_what_it_keeps_counts() -> None:
    composed, apart = (
        VersionText("a", (ComparedUnit("1.1", text, "x"),)) for text in ("\u00e9t\u00e9", "e\u0301te\u0301 ")
    )
    assert outcomes(compare(version("a", composed), version("b", apart)))[0][1] == "changed"
    assert outcomes(compare(version("a", composed), replace(version("b", apart), exact=False)))[0][1] == "unchanged"


def test_json_has_every_figure_and_every_sentence() -> None:
    values = report_json(report_of(compare(version("old", lines(OLD)), version("new", lines(NEW)))))
    assert json.loads(json.dumps(values)) == values
    assert values["segments"] == {"all": 3, "changed": 2, "added": 0, "removed": 0, "unchanged": 1}
    assert values["words"] == {"old": 17, "new": 11, "kept": 7, "deleted": 10, "inserted": 4}
    assert (values["ter"], values["ter_with_added_and_removed"]) == (100.0, 100.0)
    assert values["sentences"][1] == {
        "document": "a", "place": "2", "outcome": "unchanged", "matched": "", "edits": 0, "ter": 0.0,
        "without_shifts": False, "chrf2": 100.0, "source": "", "old": "Same text.", "new": "Same text.",
        "machine_says_else": False,
    }  # fmt: skip


def test_links_lead_from_the_report_to_the_review_page(tmp_path: Path) -> None:
    page = tmp_path / "review/a b.html"
    old, new = (VersionText("a", (ComparedUnit("3.2", text, "Oui."),), page=page) for text in ("Yes.", "Indeed."))
    comparison = compare(version("old", old), version("new", new))
    for beside, address in (("review/diff.html", "a b.html"), ("out/deep/diff.html", "../../review/a b.html")):
        (row,) = report_of(comparison, beside=tmp_path / beside).rows
        assert (row.address, row.anchor) == (address, "3.2")


def test_places_that_differ_are_both_named() -> None:
    old = VersionText("a", (ComparedUnit("1.1", "One,", "Un,"), ComparedUnit("1.2", "two.", "deux.")))
    new = VersionText("a", (ComparedUnit("2.1", "One, two.", "Un, deux."),))
    (row,) = report_of(compare(version("old", old), version("new", new))).rows
    assert (row.place, row.outcome, row.matched) == ("1.1–1.2 → 2.1", "unchanged", "source")

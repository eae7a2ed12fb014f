"""What the machine wrote and what stands there now, from the records of a corpus."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

import pytest

from aligner.comparison import compare, machine_versions, report_json, report_of
from aligner.corpus.store import Project
from aligner.errors import InputError
from aligner.model import Bitext, Kind, Origin, Status, wording
from tests.unit.comparison.conftest import LETTER, bitext

Rows = list[tuple[str, str, str]]


def rows(project: Project) -> Rows:
    comparison = compare(*machine_versions(project))
    return [(s.pair.old_text, s.pair.new_text, s.pair.outcome) for d in comparison.documents for s in d.sentences]


def test_machine_output_against_the_present_text(make_corpus: Callable[..., Project]) -> None:
    assert rows(make_corpus("new", LETTER)) == [
        ("The council meets.", "The council meets.", "unchanged"),
        ("It is raining strong.", "It rains hard.", "changed"),
        ("End.", "", "removed"),
        ("", "A remark by hand.", "added"),
    ]


def test_segments_without_machine_output_are_left_out_and_listed(make_corpus: Callable[..., Project]) -> None:
    report = report_of(compare(*machine_versions(make_corpus("new", LETTER))))
    assert report.documents[0].left_out == (
        ("set aside as boilerplate", ("1.1",)),
        ("not translated", ("4.1", "7.1")),
        ("no machine translation on record", ("5.1",)),
    )


def test_accepted_and_edited_text_of_which_the_machine_now_says_something_else_is_named(
    make_corpus: Callable[..., Project],
) -> None:
    accepted = {"kind": Kind.CONSTRUCTED, "origin": Origin.MACHINE, "status": Status.ACCEPTED}
    edited = {"kind": Kind.CONSTRUCTED, "status": Status.EDITED, "written": (wording("It rains."),)}
    letter = bitext(
        [
            ("Il pleut.", "It rains.", {**accepted, "machine": "It is raining."}),
            ("Il pleut.", "It pours.", {**edited, "machine": "It is raining."}),
            ("Il pleut.", "It pours.", {**edited, "machine": "It rains."}),
            ("Oui.", "Yes.", {**accepted, "machine": "Yes."}),
            ("Non.", "No.", {**accepted, "status": Status.DRAFT, "machine": "Nope."}),
        ]
    )
    report = report_of(compare(*machine_versions(make_corpus("new", letter))))
    assert report.documents[0].outdated == ("1.1", "2.1")
    assert [(row.place, row.outdated) for row in report.rows] == [
        ("1.1", True),
        ("2.1", True),
        ("3.1", False),
        ("4.1", False),
        ("5.1", False),
    ]
    values = report_json(report)
    assert values["documents"][0]["machine_says_else"] == ["1.1", "2.1"]
    assert [sentence["machine_says_else"] for sentence in values["sentences"]] == [True, True, False, False, False]
    assert [row.old for row in report.rows[:2]] == ["It is raining."] * 2


def human(text: str, machine: str) -> Bitext:
    """A document that a person translated without the machine."""
    fields = {"kind": Kind.ALIGNED, "origin": Origin.HUMAN, "machine": machine}
    return bitext([("Il pleut.", text, fields)], name="humaine")


def test_corrected_text_is_hter_and_a_human_translation_ter(make_corpus: Callable[..., Project]) -> None:
    both = make_corpus("both", LETTER, human("Rain falls.", "It rains."))
    report = report_of(compare(*machine_versions(both)))
    assert {document.id: document.metric for document in report.documents} == {"humaine": "TER", "lettre": "HTER"}
    assert report.metric == "TER"
    assert report_of(compare(*machine_versions(both, ["lettre"]))).metric == "HTER"


def test_no_machine_translation_at_all_is_said(make_corpus: Callable[..., Project]) -> None:
    project = make_corpus("new", bitext([("Oui.", "Yes.", {})]))
    with pytest.raises(InputError, match="no machine translation is on record"):
        machine_versions(project)
    with pytest.raises(InputError, match="there are no aligned pairs of 'other'"):
        machine_versions(project, ["other"])


def test_a_text_changed_since_it_was_aligned_is_warned_of(
    make_corpus: Callable[..., Project], caplog: pytest.LogCaptureFixture
) -> None:
    project = make_corpus("new", replace(LETTER, target=replace(LETTER.target, sha256="0" * 64)))
    path = project.target_file("lettre")
    path.parent.mkdir()
    path.write_text("Other words.\n", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        machine_versions(project)
    assert "changed since it was aligned" in caplog.text

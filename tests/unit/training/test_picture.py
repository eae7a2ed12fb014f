"""The learning curve as a picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from aligner.errors import InputError
from training.curve import CURVE, SETS
from training.picture import draw_curve


def point(pieces: float, score: float) -> dict[str, float]:
    return {"pieces": pieces} | {name: score + place for place, name in enumerate(SETS)}


def write_points(work: Path, *points: dict[str, float]) -> None:
    (work / CURVE).write_text("".join(json.dumps(each) + "\n" for each in points), encoding="utf-8")


def test_every_set_is_a_line_that_ends_at_its_best_score(tmp_path: Path) -> None:
    write_points(tmp_path, point(5e5, 2), point(2e6, 20), point(8e6, 29), point(8e6, 30))
    draw_curve(tmp_path, tmp_path / "curve.svg")
    root = etree.parse(tmp_path / "curve.svg").getroot()
    lines = root.findall("{*}path[@fill='none']")
    assert len(lines) == len(SETS)
    assert {line.get("d").count("L") for line in lines} == {1}  # the first million does not count
    labels = [each for each in root.iter("{*}text") if each.text in SETS]
    assert [float(each.get("y")) for each in labels] == sorted((float(e.get("y")) for e in labels), reverse=True)
    ends = [line.get("d").split(",")[-1] for line in lines]
    assert ends == [each.get("y") for each in labels]


def test_one_point_is_no_curve(tmp_path: Path) -> None:
    for points in ([], [point(2e6, 20)]):
        write_points(tmp_path, *points)
        with pytest.raises(InputError, match="no two points"):
            draw_curve(tmp_path, tmp_path / "curve.svg")
    assert not (tmp_path / "curve.svg").exists()

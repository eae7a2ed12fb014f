"""A sample of what ``benchmarks/hostile.py`` makes, through the whole engine."""

from __future__ import annotations

import pytest

from aligner.translation import ArgosTranslator
from benchmarks import hostile


def test_the_lines_are_the_same_every_time() -> None:
    assert list(hostile.lines(40, 7)) == list(hostile.lines(40, 7))


@pytest.mark.slow
def test_one_harmless_line_out_for_every_hostile_line_in(translator: ArgosTranslator) -> None:
    sources = [line[:3000] for line in hostile.lines(60, 2)]
    renderings = translator.translate(sources)
    assert len(renderings) == len(sources)
    assert [hostile.fault(*pair) for pair in zip(sources, renderings, strict=True)] == [""] * len(sources)


def test_the_judge_sees_faults() -> None:
    from aligner.translation import Rendering

    assert hostile.fault("abc", Rendering("a\x1bb", 0.5)) == "a control character, a line end or half a character"
    assert hostile.fault("abc", Rendering("", 0.5)) == "nothing came out"
    assert hostile.fault("abc", Rendering("a" * 1000, 0.5)) == "far too long"
    assert hostile.fault("abc", Rendering("abc", 0.5)) == ""

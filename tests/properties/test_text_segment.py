"""What holds for every text: offsets are exact, nothing but space is left out, numbering is in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.model import Segment
from aligner.text import segment

TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            [*"aéB.!?…»«\"' \n\r\t\f\u2028\u00a0\ufeff\ud800", "M. ", "\r\n", "\n\n", ". Le ", "• Votre pseudo"]
        ),
        max_size=30,
    ).map("".join),
)


@given(TEXTS, st.sampled_from(["fr", "en", "ja"]), st.sampled_from(["line", "blank"]), st.booleans())
def test_segments_cover_the_text(text: str, language: str, paragraphs: str, boilerplate: bool) -> None:
    segments = segment(text, language, paragraphs=paragraphs, boilerplate=boilerplate)  # type: ignore[arg-type]
    position = 0
    for found in segments:
        assert text[found.start : found.end] == found.text
        assert found.text == found.text.strip()
        assert not text[position : found.start].replace("\ufeff", "").strip()
        position = found.end
    assert not text[position:].replace("\ufeff", "").strip()
    _check_numbers(segments)


def _check_numbers(segments: list[Segment]) -> None:
    expected = (1, 1)
    for found in segments:
        assert (found.paragraph, found.number) in (expected, (expected[0] + (expected != (1, 1)), 1))
        expected = (found.paragraph, found.number + 1)


@given(TEXTS)
def test_segmenting_a_segment_changes_nothing_but_context(text: str) -> None:
    joined = "".join(s.text for s in segment(text, "fr"))
    assert "".join(joined.split()) == "".join(text.replace("\ufeff", " ").split()) or "\ufeff" in joined


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff", "\ufeff \r\n\u2028\f", "\u00a0"])
def test_only_space_has_no_segments(text: str) -> None:
    assert segment(text, "fr") == []

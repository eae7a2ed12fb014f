"""What a translation leaves to a person is said, and not too much of it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from aligner.cli.doubts import Doubts, Watched, say_doubts, say_left_out
from aligner.documents.read import read_any
from aligner.text import segment
from aligner.translation import Flag, LineReader, Rendering, translate_chunks
from aligner.translation.interface import Progress


def summary(*noted: tuple[int, tuple[str, ...]]) -> str:
    doubts = Doubts("a.txt", "line")
    for line, flags in noted:
        doubts.note(f"line {line:,}", flags)
    return doubts.summary


@pytest.mark.parametrize("flag", Flag)
def test_only_what_asks_for_a_person_is_said(flag: Flag) -> None:
    asks = flag in {Flag.DOUBTFUL, Flag.NUMBERS, Flag.OMITTED, Flag.TERMS}
    assert summary((3, (flag.value,))) == (f"a.txt: 1 of 1 line to look at: line 3 ({flag})" if asks else "")


def test_nothing_noted_is_nothing_said() -> None:
    assert summary() == ""


def test_what_the_checks_find_is_said_by_their_names(capsys: pytest.CaptureFixture[str]) -> None:
    text = "Il y a 3 cas (voir annexe). Bonjour {nom}."
    segments = segment(text, "fr")
    said = ["There are 3 cases.", "Hello {name}."]
    renderings = [Rendering(each, None, ("checks",)) for each in said]
    say_doubts("a.txt", text, segments, renderings, ("fr", "en"))
    assert capsys.readouterr().err == "aligner: a.txt: 2 of 2 sentences to look at: line 1 (brackets, markup)\n"


def test_ten_lines_are_named_and_all_are_counted() -> None:
    said = summary(*((line, ("numbers",)) for line in range(1, 2001)))
    assert said.startswith("a.txt: 2,000 of 2,000 lines to look at: line 1 (numbers), line 2 (numbers), ")
    assert said.endswith("line 10 (numbers) …")
    assert "…" not in summary(*((line, ("numbers",)) for line in range(1, 11)))


def test_a_tenth_line_takes_all_its_sentences() -> None:
    said = summary(*((line, ("numbers",)) for line in range(1, 11)), (10, ("omitted",)))
    assert said.endswith("line 10 (numbers, omitted)")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_of_a_text_are_those_of_an_editor(end: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = end.join(["Imprimer", "", "Un. Deux.", "", "Trois.", "Quatre."])
    segments = segment(text, "fr")
    flags = {"Deux.": ("omitted",), "Quatre.": ("doubtful", "numbers")}
    renderings = [None if s.text == "Imprimer" else Rendering("", None, flags.get(s.text, ())) for s in segments]
    say_doubts("a.txt", text, segments, renderings, ("fr", "en"))
    said = capsys.readouterr().err
    assert said == "aligner: a.txt: 2 of 4 sentences to look at: line 3 (omitted), line 6 (doubtful, numbers)\n"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.md", "---\ntitle: x\n---\n# Un\n\nDeux.\nTrois ici.\n\n| a |\n|---|\n| Quatre |\n", [
            "line 4 (omitted)", "line 6 (omitted)", 'table 1, row 1, cell 1 "a" (omitted)',
            'table 1, row 2, cell 1 "Quatre" (omitted)']),
        ("a.html", "<html><body>\n\n<p>Un.</p>\n<p>Le ministre des affaires est venu.</p></body></html>", [
            'paragraph 1 "Un." (omitted)', 'paragraph 2 "Le ministre des affaires …" (omitted)']),
        ("a.txt", "Un.\n\nDeux.\n", ["line 1 (omitted)", "line 3 (omitted)"]),
    ],
)  # fmt: skip
def test_places_are_those_of_the_file_that_a_person_has(
    name: str, content: str, said: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    read = read_any(tmp_path / name)
    segments = segment(read.text, "fr", paragraphs="line")
    renderings = [Rendering("", None, ("omitted",)) for _ in segments]
    say_doubts(name, read.text, segments, renderings, ("fr", "en"), read.layout)
    assert capsys.readouterr().err.partition("to look at: ")[2].strip() == ", ".join(said)


class Doubting:
    """Flags lines that end with a question mark."""

    def translate(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Rendering]:
        assert progress is None
        return [Rendering(text, None, ("doubtful",) if text.endswith("?") else ()) for text in texts]


@pytest.mark.parametrize("at_once", [1, 2, 3, 100])
def test_lines_of_a_stream_are_counted_from_its_beginning(at_once: int) -> None:
    reader, doubts = LineReader(io.BytesIO(b"a\nb?\nc\nd?\ne?\n")), Doubts("in", "line")
    reader.skip(2, 1)
    list(translate_chunks(reader, Watched(Doubting(), reader, doubts, ("fr", "en")), at_once=at_once))
    assert doubts.summary == "in: 3 of 4 lines to look at: line 2 (doubtful), line 4 (doubtful), line 5 (doubtful)"


def test_what_was_looked_at_is_said_where_it_is_not_all() -> None:
    doubts = Doubts("in", "line", which="translated now")
    doubts.note("line 7", ("terms",))
    assert doubts.summary == "in: 1 of 1 line translated now to look at: line 7 (terms)"


@pytest.mark.parametrize(
    ("furniture", "said"),
    [
        (0, ""),
        (1, "aligner: a.txt: 1 line of page furniture left out (--keep-boilerplate keeps it)\n"),
        (3, "aligner: a.txt: 3 lines of page furniture left out (--keep-boilerplate keeps them)\n"),
    ],
)
def test_page_furniture_is_counted_in_lines(furniture: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = "La Chine a signé un accord. Il est bon.\n" + "Imprimer\n" * furniture
    say_left_out("a.txt", segment(text, "fr"))
    assert capsys.readouterr().err == said


def test_lines_are_named_in_order() -> None:
    said = summary(*((line, ("numbers",)) for line in range(5, 50, 5)))
    numbers = [int(part.split()[0]) for part in said.split("line ")[1:]]
    assert all(before < after for before, after in pairwise(numbers))

"""``aligner align`` as its users meet it: every option, two files or two folders."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from aligner.cli.app import app
from aligner.errors import EnvironmentProblem, InputError
from aligner.pipeline.align_files import AlignChoices, match_folders, read_texts
from aligner.pipeline.processes import processes
from tests.ctrl_c import LISTENING

FRENCH = """Le vieux moulin se dresse au bord de la rivière. Jeanne y habite depuis 1957.

Chaque matin, elle ouvre la porte et regarde l’eau ; puis elle travaille. La ville est loin.
"""
ENGLISH = """The old mill stands on the bank of the river. Jeanne has lived there since 1957.

Every morning she opens the door and looks at the water. Then she works. The town is far away.
"""
BEADS = ["[0]:[0]", "[1]:[1]", "[2]:[2, 3]", "[3]:[4]"]
Align = Callable[..., Result]


@pytest.fixture
def align(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Align:
    """The command in a folder with ``a.fr.txt``, ``a.en.txt`` and the same segmented as ``a.fr`` and ``a.en``."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("a.fr", FRENCH), ("a.en", ENGLISH)):
        Path(f"{name}.txt").write_text(text, "utf-8")
        lines = text.replace("\n\n", " ").replace(". ", ".\n").strip()
        Path(name).write_text(f"{lines}\n", "utf-8")
    Path("a.mt").write_text("The old mill.\nJeanne lives there.\nShe opens the door; she works.\nThe town.\n", "utf-8")
    back = ["Le vieux moulin.", "Jeanne y habite.", "Elle ouvre la porte.", "Puis elle travaille.", "La ville."]
    Path("a.back").write_text("\n".join(back) + "\n", "utf-8")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["align", *arguments])

    return run


def shapes(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [line.rsplit(":", 1)[0] for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--passes", "2"),
        ("--monotone-window", "3"),
        ("--no-nulls",),
        ("--boundaries", "paragraphs"),
        ("--keep-boilerplate",),
    ],
)
def test_raw_text(align: Align, options: tuple[str, ...]) -> None:
    assert shapes(align("a.fr.txt", "a.en.txt", *options)) == BEADS


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--translation", "a.mt"),
        ("--back-translation", "a.back"),
        ("--translation", "a.mt", "--back-translation", "a.back"),
        ("--translation", "a.mt", "--back-translation", "a.back", "--no-lexicon"),
    ],
)
def test_segmented_text(align: Align, options: tuple[str, ...]) -> None:
    assert shapes(align("--segmented", "a.fr", "a.en", *options)) == BEADS


CHAPTERS = {
    "c.fr": "Chapitre I\nLe chat dort.\nLe chien aboie.\n\nChapitre II\nJeanne rentre.\n",
    "c.en": "Chapter I\nThe cat is asleep. The dog barks.\n\nChapter II\nJeanne comes home.\n",
}


def test_segmented_text_has_boundaries_too(align: Align, caplog: pytest.LogCaptureFixture) -> None:
    for name, text in CHAPTERS.items():
        Path(name).write_text(text, "utf-8")
    choices = [AlignChoices(segmented=True, boundaries=marks) for marks in ("headings", "paragraphs")]
    assert [read_texts(Path("c.fr"), Path("c.en"), each).boundaries for each in choices] == [
        [(0, 0), (4, 3)], [(0, 0), (4, 3)],
    ]  # fmt: skip
    assert shapes(align("--segmented", "c.fr", "c.en", "--boundaries", "headings"))[1] == "[1, 2]:[1]"
    assert not caplog.text
    assert shapes(align("--segmented", "a.fr", "a.en", "--boundaries", "headings")) == BEADS
    assert "a.fr and a.en have no headings: nothing is a boundary" in caplog.text


def test_a_translation_that_is_no_text(align: Align) -> None:
    Path("a.mt").write_bytes(b"\0\1\2\3\n" * 4)
    result = align("--segmented", "a.fr", "a.en", "--translation", "a.mt")
    assert isinstance(result.exception, InputError)
    assert "a.mt: this is not" in str(result.exception)


def test_max_merge(align: Align) -> None:
    found = shapes(align("a.fr.txt", "a.en.txt", "--max-merge", "1"))
    assert not any("," in bead for bead in found)
    assert any("[]" in bead for bead in found)


def test_no_lexicon_changes_what_is_known(align: Align) -> None:
    told = [align("a.fr.txt", "a.en.txt", "--explain", "0", *more).stdout for more in ((), ("--no-lexicon",))]
    assert "vieux – old" in told[0]
    assert "vieux – old" not in told[1]


def test_ladder_tsv_jsonl_and_tmx(align: Align) -> None:
    ladder = align("a.fr.txt", "a.en.txt", "--format", "ladder").stdout.splitlines()
    assert [line.split("\t")[:2] for line in ladder] == [["0", "0"], ["1", "1"], ["2", "2"], ["3", "4"], ["4", "5"]]
    assert len(align("a.fr.txt", "a.en.txt", "--format", "tsv").stdout.splitlines()) == 5
    lines = align("a.fr.txt", "a.en.txt", "--format", "jsonl").stdout.splitlines()
    assert json.loads(lines[0])["source"]["segments"] == 4
    assert align("a.fr.txt", "a.en.txt", "--format", "tmx").stdout.count("<tu ") == 4


def test_min_confidence_leaves_out_what_is_less_sure(align: Align) -> None:
    def rows(least: str) -> int:
        return len(align("a.fr.txt", "a.en.txt", "-f", "tsv", "--min-confidence", least).stdout.splitlines()) - 1

    assert rows("0") == 4
    assert 0 < rows("0.98") < 4


def test_explain_counts_beads_as_they_are_printed(align: Align) -> None:
    told = align("a.fr.txt", "a.en.txt", "--explain", "2").stdout
    assert told.startswith("pair [2]:[2, 3]  score")
    assert "matin – morning" in told
    assert "what else it might have been" in told
    both = align("--segmented", "a.fr", "a.en", "--explain", "2", "--back-translation", "a.back").stdout
    assert "(by MT)" in both
    assert "(by MT)" not in told


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("a.fr", "a.en", "--segmented", "--explain", "9"), "there is no pair 9"),
        (("a.fr", "a.en", "--segmented", "--explain", "1", "--moved"), "--explain tells of pairs as they are found"),
        (("a.fr", "a.en", "--segmented", "--translation", "a.back"), "it has 5 lines for 4 source segments"),
        (("a.fr", "a.en", "--segmented", "--back-translation", "a.mt"), "it has 4 lines for 5 target segments"),
        (("a.fr", "a.en", "-o", "a.fr"), "the result would overwrite the source"),
        (("fr", "en"), "two folders need --output DIR"),
        (("fr", "a.en", "-o", "out"), "this is a file, but fr is a folder"),
        (("fr", "en", "-o", "out", "--explain", "1"), "--explain needs two files"),
        (("fr", "en", "-o", "out", "--translation", "a.mt"), "it is not a folder"),
        (("fr", "en", "-o", "a.fr"), "a.fr: it is not a folder"),
        (("a.fr", "a.en", "--min-confidence", "0.5"), "--min-confidence: it has no effect here"),
        (("a.fr", "a.en", "--min-confidence", "0.5", "-f", "jsonl"), "jsonl has a place for every segment"),
        (("a.fr", "a.en", "--jobs", "2"), "there is one pair of files"),
        (("a.fr", "a.en", "--model", "m"), "nothing is translated without --translate"),
        (("a.fr", "a.en", "--segmented", "--translation", "a.mt", "--translate"), "--translation has one already"),
    ],
)
def test_mistakes_are_explained(align: Align, arguments: tuple[str, ...], message: str) -> None:
    folders("a")
    result = align(*arguments)
    assert isinstance(result.exception, InputError)
    assert message in str(result.exception)


def folders(*names: str) -> None:
    """Two folders with texts of these names."""
    for language, text in (("fr", FRENCH), ("en", ENGLISH)):
        Path(language).mkdir()
        for name in names:
            Path(language, f"{name}.{language}.txt").write_text(text, "utf-8")


def test_two_folders_are_matched_by_name(align: Align) -> None:
    folders("a", "vol.1", "vol.2")
    Path("fr/lonely.txt").write_text("Seul.\n", "utf-8")
    assert align("fr", "en", "-o", "out", "--jobs", "2").exit_code == 0
    assert sorted(path.name for path in Path("out").iterdir()) == ["a.beads", "vol.1.beads", "vol.2.beads"]
    one = align("fr/a.fr.txt", "en/a.en.txt").stdout
    assert Path("out/vol.2.beads").read_text("utf-8") == one


def test_one_bad_file_does_not_stop_the_others(align: Align) -> None:
    folders("a", "b")
    Path("en/b.en.txt").write_bytes(b"\xff\xfe\x00")
    assert align("fr", "en", "-o", "out").exit_code == 2
    assert [path.name for path in Path("out").iterdir()] == ["a.beads"]


def test_translations_of_folders_are_folders(align: Align, caplog: pytest.LogCaptureFixture) -> None:
    folders("a", "b")
    Path("mt").mkdir()
    Path("mt/a.mt.txt").write_text("x\n", "utf-8")
    first, second = match_folders(Path("fr"), Path("en"), AlignChoices(translation=Path("mt")))
    assert (first.choices.translation, second.choices.translation) == (Path("mt/a.mt.txt"), None)
    assert "there is no translation of b" in caplog.text


def test_two_files_of_one_name(align: Align) -> None:
    folders("a")
    Path("fr/a.txt").write_text("Un.\n", "utf-8")
    with pytest.raises(InputError, match=r"a\.fr\.txt and a\.txt have the same name"):
        match_folders(Path("fr"), Path("en"), AlignChoices())


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT as a terminal does")
def test_ctrl_c_stops_a_batch_at_once(align: Align) -> None:
    """With what is done kept, and nothing begun that nobody waits for."""
    folders("a")
    text = "".join(f"Phrase {n} de la ville de Paul{n % 97} et de Jeanne{n % 89}.\n" for n in range(3000))
    for language, number in ((language, number) for language in ("fr", "en") for number in range(40)):
        Path(language, f"long{number}.{language}.txt").write_text(text, "utf-8")
    command = [sys.executable, "-m", "aligner", "align", "--segmented", "fr", "en", "-o", "out", "--jobs", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", **LISTENING)
    assert process.stderr is not None
    deadline = time.monotonic() + 60
    while not Path("out/a.beads").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)  # all of it would take minutes
    assert process.returncode == 130
    assert re.fullmatch(r"aligner: stopped; \d+ of 41 pairs of files aligned into out\n", said)


def test_a_process_that_the_system_ends() -> None:
    with pytest.raises(EnvironmentProblem, match="the system ended a process"), processes(2) as submit:
        submit(os._exit, 9).result()

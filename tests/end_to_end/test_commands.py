"""The steps alone, as commands."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import aligner as package
from aligner.model import Segment
from tests.end_to_end.conftest import ENVIRONMENT, Aligner

FRENCH = "M. Dupont est arrivé le 3 mai. Il repart demain !\n\nMerci à tous.\n"
ENGLISH = "Mr. Dupont arrived on 3 May. He leaves tomorrow!\n\nThank you all.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a French text, its translation, and both with one segment per line."""
    (tmp_path / "a.fr").write_text(FRENCH, encoding="utf-8")
    (tmp_path / "a.en").write_text(ENGLISH, encoding="utf-8")
    for name, text in (("a.fr", FRENCH), ("a.en", ENGLISH)):
        lines = text.replace(". I", ".\nI").replace(". H", ".\nH").replace("\n\n", "\n")
        (tmp_path / f"lines.{name}").write_text(lines, encoding="utf-8")
    return tmp_path


def test_help_and_version(folder: Path, aligner: Aligner) -> None:
    assert aligner("--version", folder=folder).stdout == f"aligner {package.__version__}\n"
    assert "Exit codes" in aligner("--help", folder=folder).stdout
    for command in ("run", "segment", "translate", "align", "export", "import", "evaluate"):
        assert "Examples" in aligner(command, "--help", folder=folder).stdout


def test_completion_is_for_the_shell_that_asks(folder: Path) -> None:
    """The command looks for a shell among the processes that started it; here there is surely one."""
    shell = shutil.which("bash")
    if shell is None:
        pytest.skip("there is no bash on this machine")
    script = '"$0" -m aligner --show-completion; exit $?'  # with something to follow, bash stays the parent
    done = subprocess.run([shell, "-c", script, sys.executable], cwd=folder, capture_output=True, text=True, check=True)
    assert "_ALIGNER_COMPLETE=complete_bash" in done.stdout


def test_wrong_usage_ends_with_code_2(folder: Path, aligner: Aligner) -> None:
    aligner("nonsense", folder=folder, code=2)
    aligner("translate", folder=folder, code=2)
    aligner("align", "a.fr", "absent", folder=folder, code=2)
    aligner("align", "a.fr", "a.en", "--format", "docx", folder=folder, code=2)


def test_segment_prints_one_segment_a_line(folder: Path, aligner: Aligner) -> None:
    done = aligner("segment", "a.fr", folder=folder)
    assert done.stdout == "M. Dupont est arrivé le 3 mai.\nIl repart demain !\nMerci à tous.\n"


def test_segment_has_the_rules_of_a_language(folder: Path, aligner: Aligner) -> None:
    (folder / "b.txt").write_text("He met Mr. Smith and Gen. Lee. They left.\n", encoding="utf-8")
    found = [aligner("segment", "b.txt", option, "en", folder=folder).stdout for option in ("--source", "--language")]
    assert found == ["He met Mr. Smith and Gen. Lee.\nThey left.\n"] * 2


def test_segment_prints_offsets(folder: Path, aligner: Aligner) -> None:
    done = aligner("segment", "--offsets", "a.fr", folder=folder)
    for line in done.stdout.splitlines():
        locator, start, end, _, _, text = line.split("\t")
        assert FRENCH[int(start) : int(end)] == text
        assert Segment(text, int(start), int(end), *map(int, locator.split("."))).locator == locator


def test_segment_obeys_another_srx_file(folder: Path, aligner: Aligner) -> None:
    (folder / "never.srx").write_text(
        '<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="yes" cascade="no"/><body>'
        '<languagerules><languagerule languagerulename="None"/></languagerules>'
        '<maprules><languagemap languagepattern=".*" languagerulename="None"/></maprules></body></srx>',
        encoding="utf-8",
    )
    done = aligner("segment", "--srx", "never.srx", "a.fr", folder=folder)
    assert done.stdout == "M. Dupont est arrivé le 3 mai. Il repart demain !\nMerci à tous.\n"


def test_translate_keeps_paragraphs(folder: Path, aligner: Aligner) -> None:
    done = aligner("translate", "a.fr", "-o", "out.txt", folder=folder)
    assert done.stdout == ""
    assert (folder / "out.txt").read_text(encoding="utf-8").count("\n\n") == 1


def test_translate_never_overwrites_its_source(folder: Path, aligner: Aligner) -> None:
    for output in ("a.fr", "."):
        done = aligner("translate", "a.fr", "-o", output, folder=folder, code=2)
        assert "would overwrite" in done.stderr
    assert (folder / "a.fr").read_text(encoding="utf-8") == FRENCH


def test_translate_lines_keeps_the_line_count(folder: Path, aligner: Aligner) -> None:
    lines = ["Bonjour.", "", "   ", "https://example.org/a", "12 345", "Le Conseil s'est réuni."]
    done = aligner("translate", "--lines", folder=folder, text="\n".join(lines) + "\n")
    translated = done.stdout.split("\n")
    assert len(translated) == len(lines) + 1
    assert translated[1] == ""
    assert translated[3] == lines[3]
    assert translated[5].strip()


def test_align_prints_beads(folder: Path, aligner: Aligner) -> None:
    for arguments in (("a.fr", "a.en"), ("--segmented", "lines.a.fr", "lines.a.en")):
        done = aligner("align", *arguments, folder=folder)
        assert [line.rsplit(":", 1)[0] for line in done.stdout.splitlines()] == ["[0]:[0]", "[1]:[1]", "[2]:[2]"]


@pytest.mark.parametrize("arguments", [("align", "a.fr", "a.en", "-o", "a.en"), ("segment", "a.fr", "-o", "./a.fr")])
def test_nothing_is_written_over_its_own_source(folder: Path, aligner: Aligner, arguments: tuple[str, ...]) -> None:
    done = aligner(*arguments, folder=folder, code=2)
    assert "would overwrite the source" in done.stderr
    assert (folder / "a.fr").read_text(encoding="utf-8") == FRENCH
    assert (folder / "a.en").read_text(encoding="utf-8") == ENGLISH


def test_align_takes_no_folder_with_a_file(folder: Path, aligner: Aligner) -> None:
    (folder / "d").mkdir()
    for arguments in (("d", "a.en"), ("a.fr", "d")):
        done = aligner("align", *arguments, folder=folder, code=2)
        assert "this is a file, but d is a folder; give two files or two folders" in done.stderr
    assert "absent: there is no such folder" in aligner("align", "d", "absent", folder=folder, code=2).stderr


def test_align_counts_empty_lines(folder: Path, aligner: Aligner) -> None:
    (folder / "b.fr").write_text("Un.\n\nDeux.\n", encoding="utf-8")
    (folder / "b.en").write_text("One.\nTwo.\n", encoding="utf-8")
    beads = aligner("align", "--segmented", "b.fr", "b.en", folder=folder).stdout
    mentioned = [i for line in beads.splitlines() for i in json.loads(line.split(":")[0])]
    assert mentioned == [0, 1, 2]


def test_align_takes_a_translation(folder: Path, aligner: Aligner) -> None:
    done = aligner(
        "align", "--segmented", "lines.a.fr", "lines.a.en", "--translation", "lines.a.en", "-f", "jsonl", folder=folder
    )
    assert [json.loads(line)["machine"] for line in done.stdout.splitlines()[1:]][1] == "He leaves tomorrow!"
    (folder / "short").write_text("One line.\n", encoding="utf-8")
    done = aligner("align", "a.fr", "a.en", "--translation", "short", folder=folder, code=2)
    assert "it has 1 line for 3 source segments" in done.stderr


def test_align_writes_tmx(folder: Path, aligner: Aligner) -> None:
    aligner("align", "a.fr", "a.en", "--format", "tmx", "-o", "a.tmx", folder=folder)
    tmx = (folder / "a.tmx").read_text(encoding="utf-8")
    assert tmx.count("<tu ") == 3
    assert "<seg>Il repart demain !</seg>" in tmx


def test_export_writes_again_what_run_wrote(folder: Path, aligner: Aligner) -> None:
    (folder / "corpus/fr").mkdir(parents=True)
    (folder / "corpus/fr/a.txt").write_text(FRENCH, encoding="utf-8")
    done = aligner("export", folder=folder, code=2)
    assert "run `aligner run` first" in done.stderr
    aligner("run", folder=folder)
    for form, path in (("tmx", "tmx/a.fr-en.tmx"), ("tei", "tei/a.xml"), ("html", "review/a.html")):
        before = (folder / path).read_bytes()
        aligner("export", "--format", form, folder=folder)
        assert (folder / path).read_bytes() == before
    aligner("export", "a", "--format", "tsv", "-o", "tables", folder=folder)
    assert len((folder / "tables/a.fr-en.tsv").read_text(encoding="utf-8").splitlines()) == 4
    done = aligner("export", "--reviewed", folder=folder, code=2)
    assert "give --output DIR" in done.stderr
    done = aligner("export", "--reviewed", "-o", "reviewed", folder=folder)
    assert "the file is empty, for no pair passes the options (--reviewed, --min-…): a" in done.stderr
    assert "<tu " not in (folder / "reviewed/a.fr-en.tmx").read_text(encoding="utf-8")
    done = aligner("export", "b", folder=folder, code=2)
    assert "no aligned pairs of 'b'" in done.stderr


def test_model_list_and_info(folder: Path, aligner: Aligner) -> None:
    assert "translate-fr_en" in aligner("model", "list", folder=folder).stdout
    told = aligner("model", "info", folder=folder).stdout
    assert "fingerprint" in told
    path = next(line.split(maxsplit=1)[1] for line in told.splitlines() if line.startswith("path"))
    for named in (("fr", "en"), (path,), ("--source", "fr")):
        assert aligner("model", "info", *named, folder=folder).stdout == told
    assert "aligner model install" in aligner("model", "info", "tlh", "en", folder=folder, code=3).stderr
    assert "one .argosmodel file or two languages" in aligner("model", "info", "fr", folder=folder, code=2).stderr
    aligner("model", "info", "fr", "en", "--source", "fr", folder=folder, code=2)


def test_model_install_refuses_what_is_no_package(folder: Path, aligner: Aligner) -> None:
    with zipfile.ZipFile(folder / "evil.argosmodel", "w") as archive:
        archive.writestr("../../evil.txt", "boo")
    done = aligner("model", "install", "evil.argosmodel", folder=folder, code=2)
    assert done.stderr.count("\n") == 1
    assert not (folder.parent / "evil.txt").exists()
    aligner("model", "install", "absent.argosmodel", folder=folder, code=2)
    aligner("model", "install", "fr", "en", "extra", folder=folder, code=2)


@pytest.mark.parametrize("command", ["segment", "translate"])
def test_an_output_that_cannot_be_written_is_explained(folder: Path, aligner: Aligner, command: str) -> None:
    (folder / "file").write_bytes(b"")
    done = aligner(command, "a.fr", "-o", "file/out.txt", folder=folder, code=3)
    assert "cannot write" in done.stderr
    assert done.stderr.count("\n") == 1


def test_align_folders_matches_files_by_name(folder: Path, aligner: Aligner) -> None:
    for language, text in (("fr", FRENCH), ("en", ENGLISH)):
        (folder / language).mkdir()
        for name in ("one", "two"):
            (folder / language / f"{name}.{language}.txt").write_text(text, encoding="utf-8")
    (folder / "fr/three.txt").write_text("Seul.\n", encoding="utf-8")
    aligner("align", "fr", "en", "--format", "ladder", "-o", "out", folder=folder)
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["one.ladder", "two.ladder"]
    aligner("align", "fr", "en", folder=folder, code=2)
    (folder / "fr/two.fr.txt").write_bytes(b"")
    done = aligner("align", "fr", "en", "-o", "out", folder=folder, code=2)
    assert "two.fr.txt: the document is empty" in done.stderr


def test_align_keeps_to_boundaries_and_explains(folder: Path, aligner: Aligner) -> None:
    done = aligner("align", "a.fr", "a.en", "--boundaries", "paragraphs", folder=folder)
    assert "[2]:[2]" in done.stdout
    done = aligner("align", "a.fr", "a.en", "--explain", "0", folder=folder)
    assert "dupont – dupont" in done.stdout
    aligner("align", "a.fr", "a.en", "--explain", "99", folder=folder, code=2)


def test_evaluate_scores_alignments(folder: Path, aligner: Aligner) -> None:
    (folder / "gold").write_text("[0]:[0]\n[1, 2]:[1]\n", encoding="utf-8")
    (folder / "test").write_text("[0]:[0]:0.5\n[1]:[1]:0.1\n[2]:[]:0\n", encoding="utf-8")
    scores = json.loads(aligner("evaluate", "--alignment", "--json", "gold", "test", folder=folder).stdout)
    assert scores["strict"] == {"precision": 1 / 3, "recall": 0.5, "f1": pytest.approx(0.4)}
    assert scores["lax"]["recall"] == 1.0
    (folder / "test").write_text("nonsense\n", encoding="utf-8")
    done = aligner("evaluate", "--alignment", "gold", "test", folder=folder, code=2)
    assert "test, line 1: this is not a pair" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("translate", "--source", "french", "a.txt"),
            "“french” is not a language code; write the two-letter code, e.g. fr",
        ),
        (("run", "--target", "English"), "“English” is not a language code; write the two-letter code, e.g. fr"),
        (
            ("translate", "--engine", "deepl", "a.txt"),
            "invalid value for '--engine': 'deepl' is not one of 'argos', 'libretranslate'; "
            "see `aligner translate --help`",
        ),
        (
            ("translate", "--beam", "0", "a.txt"),
            "invalid value for '--beam': it should be at least 1; see `aligner translate --help`",
        ),
        (
            ("run", "--threads", "x"),
            "invalid value for '--threads': it should be a whole number; see `aligner run --help`",
        ),
        (
            ("export", "--min-quality", "x"),
            "invalid value for '--min-quality': it should be a number; see `aligner export --help`",
        ),
        (("segment", "--xyzzy"), "no such option: --xyzzy; see `aligner segment --help`"),
        (("segment",), "missing argument 'FILE'; see `aligner segment --help`"),
        (("transl",), "no such command 'transl'; did you mean 'translate'?"),
        (("memory", "serch"), "no such command 'serch'; did you mean 'search'?"),
    ],
)
def test_a_wrong_option_is_one_sentence(folder: Path, aligner: Aligner, arguments: tuple[str, ...], says: str) -> None:
    assert aligner(*arguments, folder=folder, code=2).stderr == f"aligner: {says}\n"


def test_no_command_is_a_call_for_help(folder: Path, aligner: Aligner) -> None:
    for arguments in ((), ("memory",)):
        done = aligner(*arguments, folder=folder, code=2)
        assert "Usage: aligner" in done.stdout + done.stderr
        assert "aligner: " not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell and /dev/full")
def test_a_reader_that_goes_away_is_no_error_and_a_full_disk_is_named(folder: Path) -> None:
    (folder / "numbers.txt").write_text("".join(f"{n}\n" for n in range(100_000)), encoding="utf-8")
    for command in ("translate --lines", "translate", "segment"):
        line = f"{sys.executable} -m aligner {command} numbers.txt"
        done = in_shell(f"{line} | head -1; exit ${{PIPESTATUS[0]}}", folder)
        assert (done.returncode, done.stdout) == (0, "0\n")
        done = in_shell(f"{line} > /dev/full", folder)
        assert done.returncode == 3
        assert done.stderr == "aligner: cannot write standard output (no space left on device)\n"


def in_shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )  # fmt: skip


def test_an_empty_glossary_is_no_document(folder: Path, aligner: Aligner) -> None:
    (folder / "g.tsv").write_text("")
    (folder / "a.txt").write_text("Bonjour.\n")
    done = aligner("translate", "a.txt", "--glossary", "g.tsv", folder=folder, code=2)
    assert done.stderr == "aligner: g.tsv: the glossary is empty; add some text or remove the file\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_the_exit_code_says_it_where_nothing_can_be_said(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "aligner", "export", "--format", "nonsense"]
        done = subprocess.run(command, cwd=tmp_path, stderr=full, check=False)
    assert done.returncode == 2

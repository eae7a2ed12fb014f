"""Records in TOML: read with warnings, made, completed; a person's file is never spoiled."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from aligner.documents.record import complete_record, faults_of_record, new_record, read_record
from aligner.errors import InputError
from aligner.model import Record


def record(folder: Path, text: str) -> Path:
    path = folder / "note.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_unknown_field_is_kept_with_a_warning(tmp_path: Path) -> None:
    read = read_record(record(tmp_path, 'titel = "T"\ncote = 3\n[x]\ny = [1, 2]\n'))
    assert read.record.extra == (("titel", "T"), ("cote", "3"), ("x", '{"y": [1, 2]}'))
    assert read.notes[0] == (
        "its record note.toml has the unknown field 'titel': it is kept as it is; did you mean 'title'?"
    )
    assert read.notes[1].endswith("'cote': it is kept as it is; did you mean 'note'?")


def test_values_may_be_dates_figures_and_lists_of_names(tmp_path: Path) -> None:
    read = read_record(
        record(tmp_path, 'date = 2024-09-11\nvolume = 12\nauthor = ["Ren, Qi", "Xinhua"]\nlanguage = "fr"\n')
    )
    assert (read.record.date, read.record.volume, read.record.author) == ("2024-09-11", "12", "Ren, Qi; Xinhua")
    assert (read.language, read.notes) == ("fr", ())


@pytest.mark.parametrize("line", ["title = 3", "title = ['a']", "author = [1]", "court = true", "volume = true"])
def test_a_known_field_of_another_type_is_refused(line: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="must be a string"):
        read_record(record(tmp_path, line))


def test_a_new_record_has_every_field_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "note.toml"
    new_record(path, Record(title='Un "titre" \\ é\x7f'), language="fr", document="note")
    assert read_record(path).record == Record(title='Un "titre" \\ é')
    assert set(tomllib.loads(path.read_text(encoding="utf-8"))) >= {"title", "shelfmark", "court", "language"}
    with pytest.raises(InputError, match="has a record already"):
        new_record(path, Record(), language="fr", document="note")


def test_only_what_is_empty_is_filled_in_and_comments_stay(tmp_path: Path) -> None:
    path = record(tmp_path, '# mine\ntitle = "Mein Titel"  # sic\nauthor = ""\nlicence = "unknown"\nodd = "x"\n')
    done = complete_record(path, Record("Autre", author="Ren, Qi", licence="CC BY", extra=(("cote", "7"),)))
    assert done.filled == ("author", "licence", "cote")
    assert done.kept == (("title", "Mein Titel", "Autre"),)
    text = path.read_text(encoding="utf-8")
    assert text.startswith('# mine\ntitle = "Mein Titel"  # sic\nauthor = "Ren, Qi"\n')
    assert read_record(path).record.extra == (("odd", "x"), ("cote", "7"))
    assert complete_record(path, Record("Autre"), overwrite=True).filled == ("title",)


def test_a_name_in_its_parts_and_other_capitals_are_no_conflict(tmp_path: Path) -> None:
    path = record(tmp_path, 'title = "Déclaration Commune"\nauthor = "Ren Qi"\n')
    done = complete_record(path, Record("Declaration commune", author="Ren, Qi"), write=False)
    assert (done.filled, done.kept) == (("author",), ())
    assert "Ren Qi" in path.read_text(encoding="utf-8")


def test_a_record_that_is_not_there_is_made(tmp_path: Path) -> None:
    path = tmp_path / "note.toml"
    complete_record(path, Record("T"))
    assert read_record(path).record == Record("T")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('colour = "red"', "unknown field 'colour'"),
        ("title = 'x", "not valid TOML"),
        ("title = 3", "'title' must be a string"),
        ("", "no title"),
        ('title = "T"', "no date"),
        ('title = "T"', "nobody stands for it"),
        ('date = "vers 1950"', "is not a date like"),
        ('date = "2024-13-01"', "is not a date like"),
        ('type = "raport"', "none of CSL's: did you mean report?"),
        ('url = "javascript:alert(1)"', "no address of the web"),
        ('accessed = "2024"', "accessed without url"),
        ('doi = "x"', "is no DOI"),
    ],
)
def test_what_is_odd_is_found(text: str, fault: str, tmp_path: Path) -> None:
    assert any(fault in each for each in faults_of_record(record(tmp_path, text)))


def test_a_sound_record_has_no_fault(tmp_path: Path) -> None:
    sound = (
        'title = "T"\ndate = "2024"\narchive = "AN"\ntype = "report"\nurl = "https://x.org"\naccessed = "2024-01-02"\n'
    )
    assert list(faults_of_record(record(tmp_path, sound))) == []
    assert list(faults_of_record(tmp_path / "absent.toml")) == ["it has no record; `aligner record new` makes one"]

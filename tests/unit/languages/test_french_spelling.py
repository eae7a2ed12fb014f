"""French as a model reads it: words in capitals, the sign of a number."""

import pytest

from aligner.languages.french_english.spelling import lower_opening, lower_word, with_guillemets, with_plain_number_sign


@pytest.mark.parametrize("text", ["ARRÊTE", "DÉCIDE :", "PRÉAMBULE", "LITIGES", "ATTENDU", "CONTRAT", "OBJET"])
def test_a_word_in_capitals_alone_is_a_heading(text: str) -> None:
    assert lower_word(text) == text.capitalize()


@pytest.mark.parametrize(
    "text",
    ["UNESCO", "OTAN", "ASEAN", "BRICS", "UNICEF", "SIRET", "IFREMER", "FRONTEX", "ALÉNA", "XXXIV", "COVID", "VU"],
)
def test_an_acronym_alone_stays(text: str) -> None:
    assert lower_word(text, {"UNICEF"}) is None


@pytest.mark.parametrize(
    ("text", "lower"),
    [
        ("VU le code ;", "Vu le code ;"),
        ("CONSIDÉRANT QUE la commune", "Considérant que la commune"),
        ("ATTENDU QU'il convient", "Attendu qu'il convient"),
        ("DÉCIDE d'approuver", "Décide d'approuver"),
        ("OTAN et UE", "OTAN et UE"),
        ("SIRET de l'entreprise", "SIRET de l'entreprise"),
        ("DÉCIDE", "DÉCIDE"),
        ("LE MAIRE décide", "LE MAIRE décide"),
        ("Vu le code", "Vu le code"),
        ("", ""),
    ],
)
def test_the_first_word_of_an_act_is_read_small(text: str, lower: str) -> None:
    assert lower_opening(text) == lower


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("arrêté municipal n° 2025-118", "arrêté municipal no 2025-118"),
        ("Arrêté N°2025/118", "Arrêté No 2025/118"),
        ("les documents n°s 12 et 13", "les documents no 12 et 13"),
        ("la loi n ° 78-17", "la loi no 78-17"),
        ("N° de dossier : 4512", "Numéro de dossier : 4512"),
        ("N° SIRET", "Numéro SIRET"),
        ("12° à Paris, 15 °C, un angle de 30°", "12° à Paris, 15 °C, un angle de 30°"),
        ("40° N 12", "40° N 12"),
    ],
)
def test_the_sign_of_a_number_is_spelled_out_for_a_model_without_it(text: str, spelled: str) -> None:
    assert with_plain_number_sign(text) == spelled


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("le thème << Reconstruire >> (<<mieux>>), fixé", "le thème « Reconstruire » (« mieux »), fixé"),
        ("<< Il part. Elle vient. >>", "« Il part. Elle vient. »"),
        ("Elle vient. >>", "Elle vient. »"),
        ("<< Il part.", "« Il part."),
        ("a << 2 et b >> 3, x<<y>>z, 5 < 6 et 7 > 3", "a << 2 et b >> 3, x<<y>>z, 5 < 6 et 7 > 3"),
        ("std::vector<std::vector<int>>", "std::vector<std::vector<int>>"),
        ("cat <<EOF > fichier", "cat <<EOF > fichier"),
    ],
)
def test_angle_brackets_around_words_are_quotation_marks(text: str, plain: str) -> None:
    assert with_guillemets(text) == plain

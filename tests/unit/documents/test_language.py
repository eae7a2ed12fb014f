"""A text in another language is named; short, mixed and doubtful texts are given the benefit of the doubt."""

from __future__ import annotations

import pytest

from aligner.documents import other_language, require_language
from aligner.errors import InputError

TEXTS = {
    "fr": "La maire a ouvert la séance à huit heures et le conseil a voté le budget de la ville sans débat. "
    "Les habitants qui étaient venus avec leurs enfants sont restés dans la salle pour la suite.",
    "en": "The mayor opened the meeting at eight and the council voted on the budget of the town without debate. "
    "The people who had come with their children stayed in the hall for what was to follow.",
    "de": "Die Bürgermeisterin hat die Sitzung um acht eröffnet und der Rat hat den Haushalt der Stadt ohne Debatte "
    "beschlossen. Die Leute, die mit ihren Kindern gekommen waren, sind noch in dem Saal geblieben.",
    "es": "La alcaldesa abrió la sesión a las ocho y el consejo votó el presupuesto de la ciudad sin debate. Los que "
    "habían venido con sus hijos se quedaron en la sala para lo que iba a seguir, pero no dijeron nada.",
    "it": "La sindaca ha aperto la seduta alle otto e il consiglio ha votato il bilancio della città senza dibattito. "
    "Le persone che erano venute con i loro figli sono rimaste nella sala per quello che doveva seguire.",
    "pt": "A presidente abriu a sessão às oito e o conselho votou o orçamento da cidade sem debate. As pessoas que "
    "tinham vindo com os seus filhos ficaram na sala para o que ia seguir, mas não disseram nada.",
    "nl": "De burgemeester heeft de zitting om acht uur geopend en de raad heeft over de begroting van de stad gestemd "
    "zonder debat. De mensen die met hun kinderen waren gekomen zijn in de zaal gebleven voor het vervolg.",
    "ru": "Мэр открыла заседание в восемь часов, и совет принял бюджет города без споров. Люди, которые пришли с "
    "детьми, остались в зале и ждали, что будет дальше, но ничего не случилось.",
    "el": "Η δήμαρχος άνοιξε τη συνεδρίαση στις οκτώ και το συμβούλιο ψήφισε τον προϋπολογισμό χωρίς συζήτηση.",
}  # fmt: skip
NAMES = {
    "en": "English", "de": "German", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch",
    "ru": "Russian", "el": "Greek", "fr": "French",
}  # fmt: skip


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_is_named(language: str) -> None:
    assert other_language(TEXTS[language], "fr") == ("" if language == "fr" else NAMES[language])
    assert other_language(TEXTS[language], language) == ""
    assert other_language(TEXTS["fr"], language) != "" or language == "fr"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The train leaves at noon.",
        "Chapter 1",
        f"{TEXTS['fr']}\n{TEXTS['en']}",
        f"{TEXTS['en']}\n{TEXTS['en']}\n{TEXTS['fr']}",
        "Marie Blanc, Luc Noir, Anne Petit, Paul Roux, Jean Vert, " * 5,
        "12,50 € 14,00 € 3 000 7 500 " * 20,
    ],
)
def test_short_mixed_and_doubtful_texts_are_not_refused(text: str) -> None:
    assert other_language(text, "fr") == ""


def test_a_language_that_nothing_is_known_of_is_believed() -> None:
    assert other_language(TEXTS["en"], "xx") == ""


def test_the_error_says_what_to_do() -> None:
    with pytest.raises(InputError, match=r"a\.txt: this reads as English, not French.*--any-language"):
        require_language(TEXTS["en"], "fr", "a.txt")

"""Times of the day get a colon, durations do not."""

import pytest

from aligner.languages.french_english.hours import with_times


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("de 9 h à 12 h 30 et de 14 h à 18 h 15", "de 9:00 à 12:30 et de 14:00 à 18:15"),
        ("à 15 h 45 GMT", "à 15:45 GMT"),
        ("Le train de 8 h 00.", "Le train de 8:00."),
        ("Rendez-vous à 14h30 précises", "Rendez-vous à 14:30 précises"),
        ("Le bureau ouvre à 9 h.", "Le bureau ouvre à 9:00."),
        ("dès 9h, jusqu'à 20 H", "dès 9:00, jusqu'à 20:00"),
        ("De 9 h à 17 h, sauf le lundi", "De 9:00 à 17:00, sauf le lundi"),
        ("entre 8 h et 10 h", "entre 8:00 et 10:00"),
        ("5 h du matin, 3 h de l'après-midi, 2 h de la nuit", "5:00 du matin, 3:00 de l'après-midi, 2:00 de la nuit"),
        ("Lundi : 9 h - 12 h 30", "Lundi : 9:00 - 12:30"),
        ("Appelle-moi à 9 h 00 demain.", "Appelle-moi à 9:00 demain."),
    ],
)
def test_times_of_the_day_get_a_colon(text: str, read: str) -> None:
    assert with_times(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("duré 2 h 09 min, puis 5 h 30 min.", "duré 2 heures 09 minutes, puis 5 heures 30 minutes."),
        ("35 h par semaine, soit les 35 h", "35 heures par semaine, soit les 35 heures"),
        ("une durée de 12 h, un trajet de 2 h 30", "une durée de 12 heures, un trajet de 2 heures 30 minutes"),
        ("en 2 h 15, pendant 1 h 30", "en 2 heures 15 minutes, pendant 1 heure 30 minutes"),
        ("Le vol dure 2h30.", "Le vol dure 2 heures 30 minutes."),
        ("10 h 30 de cours, à 2 h de Paris", "10 heures 30 minutes de cours, à 2 heures de Paris"),
        ("après 2 h de marche, de 2 h à 4 h de travail", "après 2 heures de marche, de 2 heures à 4 heures de travail"),
        ("porté à 24 h, une période de 8 h à 10 h", "porté à 24 heures, une période de 8 heures à 10 heures"),
        ("24 h sur 24, à 48 h, 1,5 h", "24 heures sur 24, à 48 heures, 1,5 heures"),
    ],
)
def test_durations_are_spelled_out(text: str, read: str) -> None:
    assert with_times(text) == read


@pytest.mark.parametrize("text", ["90 km/h, 10 kWh 20, 12 ha 50, 24h/24, S-2h, à 8 heures", ""])
def test_other_letters_stay(text: str) -> None:
    assert with_times(text) == text

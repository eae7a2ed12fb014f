"""Reading, cleaning, protecting and changing pairs."""

from __future__ import annotations

import lzma
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from aligner.errors import InputError
from training.augment import augment, lower_source, measure, mistyped, names, swap_name, tight_spacing, without_stop
from training.clean import clean, reason_to_drop
from training.config import Augmentation, Cleaning
from training.corpus import Pair, find_parts, read_pairs
from training.nouns import find_terms, swap_noun
from training.protect import Protected, load_protected
from training.reported import report
from training.switch import switch_phrases


def pair(french: str, english: str, corpus: str = "un") -> Pair:
    return Pair(corpus, french, english)


def test_parts_are_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "part.1.tsv").write_text("un\tDeux\tTwo\n\tTrois\tThree\n", encoding="utf-8")
    with lzma.open(tmp_path / "part.0.tsv.xz", "wt", encoding="utf-8") as stream:
        stream.write("sdg\tUn\u2028deux\tOne\u2028two\n")
    (tmp_path / "notes.txt").write_text("not data")
    assert list(read_pairs(find_parts(tmp_path))) == [
        pair("Un\u2028deux", "One\u2028two", "sdg"),
        pair("Deux", "Two"),
        pair("Trois", "Three", ""),
    ]


def test_bad_parts_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no \.tsv"):
        find_parts(tmp_path)
    path = tmp_path / "a.tsv"
    path.write_text("Un\tOne\nune seule colonne\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2 has 1 columns") as caught:
        list(read_pairs([path]))
    assert caught.value.where == path


@pytest.mark.parametrize(
    ("french", "english", "reason"),
    [
        ("La paix règne.", "Peace reigns.", None),
        ("…", "…", "empty"),
        ("mot " * 200, "word " * 200, "long"),
        ("Une phrase plutôt longue, avec beaucoup de mots.", "Short.", "ratio"),
        ("Oui.", "Yes, of course.", None),  # too short for a ratio
        ("See the full list below", "See the full list below.", "same"),
        ("Kuala Lumpur", "Kuala Lumpur", None),
        ("Article 21 de la loi", "Section 12 of the act", "numbers"),
        ("Le XXe siècle commence", "The 20th century begins", None),  # only one side has a number
        ("En 1 250,50 euros", "In 1,250.50 euros", None),
        ("This is the text of the law", "C'est le texte de la loi", "language"),
    ],
)
def test_reasons(french: str, english: str, reason: str | None) -> None:
    assert reason_to_drop(pair(french, english), Cleaning()) == reason


def test_switches() -> None:
    numbers = pair("Article 21 de la loi", "Section 12 of the act")
    language = pair("This is the text of the law", "C'est le texte de la loi")
    assert reason_to_drop(numbers, Cleaning(numbers=False)) is None
    assert reason_to_drop(language, Cleaning(languages=False)) is None


def test_duplicates_are_dropped_and_all_is_counted() -> None:
    counts: Counter[str] = Counter()
    given = [pair("Oui.", "Yes."), pair("OUI !", "yes"), pair("Oui.", "Yeah."), pair("", "x")]
    kept = list(clean(given, Cleaning(), counts))
    assert kept == [given[0], given[2]]
    assert counts == {"kept": 2, "duplicate": 1, "empty": 1}


def test_protected_lines_are_found_on_either_side() -> None:
    protected = Protected()
    protected.add_lines(["L’Assemblée s'est réunie.", "The Assembly met.", ""])
    assert protected.holds(pair("l'assemblée s’est réunie", "something else"))
    assert protected.holds(pair("autre chose", "THE ASSEMBLY MET!"))
    assert not protected.holds(pair("L'Assemblée s'est réunie hier.", "The Assembly met yesterday."))
    assert not protected.holds(pair("", ""))


def test_a_document_is_found_by_its_words() -> None:
    protected = Protected()
    text = "Premier point. Le ministre a dit que la paix et la sécurité de tous les pays restent la tâche commune."
    protected.add_document(text + "\nAutre ligne.")
    assert protected.holds(pair("Premier point", "x"))
    assert protected.holds(pair("Autre ligne !", "x"))
    inside = "Hier, le ministre a dit que la paix et la sécurité de tous les pays, selon lui, vont bien."
    assert protected.holds(pair(inside, "x"))
    assert not protected.holds(pair("La paix et la sécurité de tous les pays restent à faire.", "x"))


def test_protection_needs_texts(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing to protect") as caught:
        load_protected(tmp_path, tmp_path)
    assert caught.value.where == tmp_path
    (tmp_path / "a.fr").write_text("Une ligne.\nDeux lignes.\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Un document.", encoding="utf-8")
    assert load_protected(tmp_path, tmp_path).holds(pair("deux lignes", ""))


def test_changes() -> None:
    assert without_stop(pair("La paix.", "Peace.")) == pair("La paix", "Peace")
    assert without_stop(pair("La paix !", "Peace!")) is None
    assert without_stop(pair("mot " * 40 + ".", "word.")) is None
    assert lower_source(pair("L'ONU", "The UN")) == pair("l'onu", "The UN")
    assert tight_spacing(pair("Quoi\u202f?", "What?")) == pair("Quoi?", "What?")
    assert tight_spacing(pair("Rien.", "Nothing.")) is None


def test_slips_of_the_hand_leave_the_english_and_the_first_letters() -> None:
    plain = pair("Le gouvernement français décide.", "The French government decides.")
    slips = {mistyped(plain, random.Random(seed)) for seed in range(60)} - {None}
    assert pair("Le gouvernement francais decide.", plain.english) in slips
    assert len(slips) > 10
    for slip in filter(None, slips):
        assert slip.english == plain.english
        assert [word[0] for word in slip.french.split()] == [word[0] for word in plain.french.split()]
    assert mistyped(pair("Le mot.", "The word."), random.Random(1)) is None


def test_names_are_swapped_on_both_sides() -> None:
    sentence = pair("Hier, M. Qureshi a parlé.", "Mr. Qureshi spoke yesterday.")
    assert names([sentence, pair("Bonjour.", "Hello.")]) == ["Qureshi"]
    assert swap_name(sentence, "Kamilov") == pair("Hier, M. Kamilov a parlé.", "Mr. Kamilov spoke yesterday.")
    assert swap_name(sentence, "Qureshi") is None
    assert swap_name(pair("Hier, Qureshi et Qureshi.", "Qureshi."), "Kamilov") is None


def test_phrases_in_english_are_whole_phrases_of_the_translation() -> None:
    french = "Le Conseil de sécurité examine la situation des réfugiés dans la région et demande un nouveau rapport."
    english = "The Security Council considers the situation of refugees in the region and requests a new report."
    found = {switch_phrases(pair(french, english), random.Random(seed)) for seed in range(60)} - {None}
    assert len(found) > 20
    for each in found:
        assert each is not None
        assert each.english == english
        strange = set(re.findall(r"\w+", each.french)) - set(re.findall(r"\w+", french))
        assert strange
        assert strange <= set(re.findall(r"\w+", english))
    assert french.replace("nouveau rapport", "new report") in {each.french for each in found if each}
    assert not any("rapport new" in each.french or "nouveau new" in each.french for each in found if each)


def test_nothing_is_switched_where_nothing_is_known() -> None:
    assert switch_phrases(pair("Zyx wvut.", "Abcde fghij."), random.Random(1)) is None
    assert switch_phrases(pair("Paris.", "Paris."), random.Random(1)) is None
    assert switch_phrases(pair("", ""), random.Random(1)) is None


@pytest.mark.parametrize(
    ("french", "english", "is_term"),
    [
        ("gratte-ciel", "skyscraper", True),
        ("vol de nuit", "night flight", True),
        ("Paris", "Paris", False),
        ("mois", "month", False),  # in the plural the rest of the sentence would have to change
        ("capsule", "capsules", False),
        ("avion", "aeroplane", False),  # its article would lose a letter
        ("chapeau de paille de riz", "rice straw hat", False),
        ("clé 12", "spanner 12", False),
    ],
)
def test_terms_that_fit_into_sentences(french: str, english: str, is_term: bool) -> None:
    given = [pair(french, english, "words"), pair("gratte-ciel", "skyscraper", "un")]
    assert find_terms(given, ("words",)) == given[:is_term]


def test_a_noun_is_exchanged_on_both_sides() -> None:
    term = pair("gratte-ciel", "skyscraper")
    french, english = "Le Parlement approuve cette politique.", "Parliament approves this policy."
    changed = swap_noun(pair(french, english), term, random.Random(1))
    assert changed == pair("Le Parlement approuve cette gratte-ciel.", "Parliament approves this skyscraper.")
    assert swap_noun(pair("Les politiques changent.", "The policies change."), term, random.Random(1)) is None
    assert swap_noun(pair(french + " Oui." * 50, english), term, random.Random(1)) is None


@pytest.mark.parametrize(
    ("french", "english", "expected"),
    [
        (
            "Il faut donc promouvoir un dialogue franc.",
            "We must therefore promote frank dialogue.",
            ("Promouvoir un dialogue franc.", "Promote frank dialogue."),
        ),
        (
            "Les États membres devraient soutenir ces efforts.",
            "Member States should support these efforts.",
            ("Soutenir ces efforts.", "Support these efforts."),
        ),
        ("Cela doit être fait sans aucun délai.", "This must be done without any delay.", None),
        ("Il faut soutenir ces efforts sans délai.", "These efforts deserve support.", None),
        ("Le ministre a soutenu ces efforts.", "We must support these efforts.", None),
    ],
)
def test_demands_become_measures(french: str, english: str, expected: tuple[str, str] | None) -> None:
    made = [measure(pair(french, english), random.Random(seed)) for seed in range(80)]
    assert {(each.french, each.english) for each in made if each and each.french[0].isalpha()} == (
        {expected} if expected else set()
    )
    numbered = [each for each in made if each and each.french[0].isdigit()]
    assert bool(numbered) == bool(expected)
    assert all(each.french.split()[0] == each.english.split()[0] for each in numbered)


def test_reported_speech_has_the_same_speaker_on_both_sides() -> None:
    plain, chance = pair("La réunion a duré deux heures.", "The meeting lasted two hours."), random.Random(1)
    made = [each for _ in range(600) if (each := report(plain, ["Lavrov", "Kamilov"], chance))]
    assert len({each.french for each in made}) > 300
    for each in made:
        for french, english in (
            ("-t-il ", ", he "),
            ("-t-elle ", ", she "),
            ("ont-ils", ", they "),
            ("Lavrov", "Lavrov"),
            ("Mme ", "Mrs "),
            ("russe", "Russian"),
            ("à Genève", "in Geneva"),
            ("a ajouté", " added"),
            ("souligne ", " stresses"),
        ):
            assert french not in each.french or english in each.english, each
        assert each.french.count('"') == each.english.count('"')
        assert each.french.endswith(".")
        assert each.english.endswith(".")
        assert not re.search(r",[.,]|\b(?:de les?|a les|le [AEIO]\w+)\b", each.french)
        assert not re.search(r",[.,]|\ba [AEIO]", each.english)
    forms = {
        "La réunion a duré deux heures, a-t-il indiqué.": "The meeting lasted two hours, he said.",
        "La réunion a duré deux heures, ont-ils ajouté.": "The meeting lasted two hours, they added.",
        "La réunion a duré deux heures, dit-elle.": "The meeting lasted two hours, she says.",
        "La réunion a duré deux heures, ajoute-t-il.": "The meeting lasted two hours, he adds.",
        "Il a déclaré que la réunion a duré deux heures.": "He said that the meeting lasted two hours.",
        "La réunion a duré deux heures, s'est-elle indignée.": "The meeting lasted two hours, she said indignantly.",
        "La réunion a duré deux heures, se sont-ils indignés.": "The meeting lasted two hours, they said indignantly.",
        "La réunion a duré deux heures, s'inquiète-t-il.": "The meeting lasted two hours, he says with concern.",
        "La réunion a duré deux heures, se réjouit-elle.": "The meeting lasted two hours, she says with satisfaction.",
        "La réunion a duré deux heures, s'est exclamé Lavrov.": "The meeting lasted two hours, Lavrov exclaimed.",
    }
    made += [each for _ in range(30_000) if (each := report(plain, ["Lavrov"], chance))]
    assert forms.items() <= {each.french: each.english for each in made}.items()
    assert any("s'est exclamée la ministre." in each.french for each in made)
    when = [each for each in made if "mardi à Moscou" in each.french]
    assert when
    assert all("in Moscow on Tuesday" in each.english for each in when)


@pytest.mark.parametrize(
    "french", ["Quoi ?", "Il dit : oui.", "« Oui », dit-il avec force.", "Un. Deux et trois encore."]
)
def test_what_is_no_plain_sentence_is_not_reported(french: str) -> None:
    assert report(pair(french, "He said so, and went on."), [], random.Random(1)) is None


def test_augmentation_follows_shares_and_seed() -> None:
    given = [pair(f"La phrase {n}, M. Dupont{n}x.", f"Sentence {n}, Mr. Dupont{n}x.") for n in range(400)]
    options = Augmentation(capitals=0.1, no_stop=0.1, names=0.1)
    changed = list(augment(given, options, seed=1))
    assert changed == list(augment(given, options, seed=1))
    assert changed != list(augment(given, options, seed=2))
    assert 70 < len(changed) < 170
    assert sum(each.english.isupper() for each in changed) > 20
    assert not list(augment(given, Augmentation(), seed=1))

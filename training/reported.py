"""Sentences as somebody's words, in the manner of the press: *…, a-t-il déclaré*, *…, a souligné à Genève la ministre*.

Parliaments and laws hardly ever report what was said; newspapers and statements do so in every paragraph, with the verb
before its subject. A model that has not seen it turns *a-t-il indiqué* into *which has indicated*. Who speaks
(`training.speakers`), where and when are drawn from small tables. Start reading at `report`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from training.corpus import Pair
from training.speakers import Two, speaker

SHORTEST, LONGEST = 20, 260
"""Letters of a sentence that somebody says."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of saying: *a déclaré*, *said*, *déclare*, *says*."""

    past: str
    said: str
    present: str
    says: str
    that: bool = True
    """Whether a clause with *que* can follow."""
    reflexive: bool = False
    """Whether one says it of oneself in French: *s'est félicité le ministre*, *s'est félicitée la ministre*."""

    @property
    def own(self) -> str:
        """The pronoun before the present: *s'inquiète*, *se félicite*, *dit*."""
        return "" if not self.reflexive else "s'" if _VOWEL.match(self.present) else "se "


SAYINGS = (
    Saying("déclaré", "said", "déclare", "says"),
    Saying("dit", "said", "dit", "says"),
    Saying("indiqué", "said", "indique", "says"),
    Saying("affirmé", "said", "affirme", "says"),
    Saying("fait savoir", "said", "fait savoir", "says"),
    Saying("ajouté", "added", "ajoute", "adds"),
    Saying("souligné", "stressed", "souligne", "stresses"),
    Saying("poursuivi", "continued", "poursuit", "continues", that=False),
    Saying("noté", "noted", "note", "notes"),
    Saying("relevé", "noted", "relève", "notes"),
    Saying("observé", "observed", "observe", "observes"),
    Saying("constaté", "observed", "constate", "observes"),
    Saying("précisé", "explained", "précise", "explains"),
    Saying("expliqué", "explained", "explique", "explains"),
    Saying("estimé", "said", "estime", "says"),
    Saying("rappelé", "recalled", "rappelle", "recalls"),
    Saying("annoncé", "announced", "annonce", "announces"),
    Saying("conclu", "concluded", "conclut", "concludes"),
    Saying("répondu", "replied", "répond", "replies"),
    Saying("insisté", "insisted", "insiste", "insists", that=False),
    Saying("mentionné", "mentioned", "mentionne", "mentions"),
    Saying("fait remarquer", "pointed out", "fait remarquer", "points out"),
    Saying("signalé", "reported", "signale", "reports"),
    Saying("assuré", "said", "assure", "says"),
    Saying("averti", "warned", "avertit", "warns"),
    Saying("reconnu", "acknowledged", "reconnaît", "acknowledges"),
    Saying("admis", "admitted", "admet", "admits"),
    Saying("confié", "confided", "confie", "confides", that=False),
    Saying("martelé", "insisted", "martèle", "insists", that=False),
    Saying("plaidé", "argued", "plaide", "argues", that=False),
    Saying("promis", "promised", "promet", "promises"),
    Saying("jugé", "said", "juge", "says"),
    Saying("prévenu", "warned", "prévient", "warns"),
    Saying("écrit", "wrote", "écrit", "writes"),
    Saying("lancé", "said", "lance", "says", that=False),
    Saying("regretté", "regretted", "regrette", "regrets", that=False),
    Saying("félicité", "said with satisfaction", "félicite", "says with satisfaction", that=False, reflexive=True),
    Saying("réjoui", "said with satisfaction", "réjouit", "says with satisfaction", that=False, reflexive=True),
    Saying("inquiété", "said with concern", "inquiète", "says with concern", that=False, reflexive=True),
    Saying("indigné", "said indignantly", "indigne", "says indignantly", that=False, reflexive=True),
    Saying("étonné", "said in surprise", "étonne", "says in surprise", that=False, reflexive=True),
    Saying("exclamé", "exclaimed", "exclame", "exclaims", that=False, reflexive=True),
    Saying("justifié", "explained", "justifie", "explains", that=False, reflexive=True),
)
PLACES = (
    ("à Moscou", "in Moscow"),
    ("à Pékin", "in Beijing"),
    ("à Bruxelles", "in Brussels"),
    ("à Genève", "in Geneva"),
    ("à Londres", "in London"),
    ("à New York", "in New York"),
    ("au Caire", "in Cairo"),
    ("à Alger", "in Algiers"),
    ("à Vienne", "in Vienna"),
    ("à Dakar", "in Dakar"),
    ("à Paris", "in Paris"),
    ("à l'Assemblée nationale", "in the National Assembly"),
)
DAYS = (
    ("lundi", "on Monday"),
    ("mardi", "on Tuesday"),
    ("mercredi", "on Wednesday"),
    ("jeudi", "on Thursday"),
    ("vendredi", "on Friday"),
    ("samedi", "on Saturday"),
    ("dimanche", "on Sunday"),
    ("hier", "yesterday"),
    ("lundi soir", "on Monday evening"),
    ("vendredi matin", "on Friday morning"),
    ("ce jeudi", "this Thursday"),
    ("le 9 mai", "on 9 May"),
)
OCCASIONS = (
    ("dans un communiqué", "in a statement"),
    ("lors d'une conférence de presse", "at a press conference"),
    ("à l'issue de la réunion", "after the meeting"),
    ("devant la presse", "in front of the press"),
    ("lors d'un entretien", "in an interview"),
    ("par la suite", "afterwards"),
)
PRONOUNS = (
    ("a-t-il", "s'est-il", "", "-t-il", "he"),
    ("a-t-elle", "s'est-elle", "e", "-t-elle", "she"),
    ("ont-ils", "se sont-ils", "s", "", "they"),
)
"""Behind a quotation: with *avoir*; reflexive, and its participle's ending; behind a present verb; in English."""
_FEMININE = re.compile(r"(?:la|une|Mme) |l'(?!ambassadeur|auteur|entraîneur)")
_FRENCH_START = re.compile(
    r"(?:Les?|La|Une?|Des|Ces?|Cet(?:te)?|Ils?|Elles?|On|Nous|Nos|Notre|Leurs?|En|Dans|Pour|Tous)\b|L'"
)
_ENGLISH_START = re.compile(r"(?:The|An?|This|That|These|Those|It|He|She|They|There|We|Our|Their|Its|In|For|All)\b")
"""Words that lose their capital inside a sentence."""
_VOWEL = re.compile(r"[aeiouyéèêh]", re.IGNORECASE)
_SENTENCE = re.compile(r"[^\W\d_][^\"«»“”:;?!()…]*[^\W\d_]\.")
FRONT, QUOTED = 0.25, 0.8
"""Below the first chance the speaker comes first, above the second the words are quoted."""


def report(pair: Pair, names: Sequence[str], chance: random.Random) -> Pair | None:
    """Make a sentence somebody's words; None where it is no plain sentence. `names` can be drawn for who says it.

    >>> report(Pair("", "Le cessez-le-feu a tenu.", "The ceasefire held."), ["Lavrov"], random.Random(4)).english
    'The ceasefire held, Chinese Health Minister Lavrov recalled.'
    """
    plain = all(_SENTENCE.fullmatch(side) and ". " not in side for side in (pair.french, pair.english))
    if not plain or not SHORTEST <= len(pair.french) <= LONGEST:
        return None
    says, words = chance.choice(SAYINGS), (pair.french[:-1], pair.english[:-1])
    form = chance.random()
    if form < FRONT:
        made = _before(words, says, names, chance)
    else:
        if form > QUOTED:
            words = (f'"{words[0]}"', f'"{words[1]}"')
        made = _behind(words, says, names, chance)
    return made and Pair(pair.corpus, *made)


def _behind(words: Two, says: Saying, names: Sequence[str], chance: random.Random) -> Two:
    """Say behind the words whose they are."""
    french, english = words
    form = chance.random()
    if form < 0.4:
        have, has, ending, who, they = chance.choice(PRONOUNS)
        if not who or chance.random() < 0.75:
            perfect = f"{has} {says.past}{ending}" if says.reflexive else f"{have} {says.past}"
            return f"{french}, {perfect}.", f"{english}, {they} {says.said}."
        return f"{french}, {says.own}{_inverted(says.present, who)}.", f"{english}, {they} {says.says}."
    who_french, who_english = speaker(names, chance)
    who_french = who_french.removesuffix(",")
    if form < 0.6:
        return f"{french}, {says.own}{says.present} {who_french}.", f"{english}, {who_english} {says.says}."
    perfect = f"s'est {says.past}{'e' * bool(_FEMININE.match(who_french))}" if says.reflexive else f"a {says.past}"
    if form < 0.8:
        return f"{french}, {perfect} {who_french}.", f"{english}, {who_english} {says.said}."
    when_french, when_english = _when_and_where(chance)
    return f"{french}, {perfect} {when_french} {who_french}.", f"{english}, {who_english} {says.said} {when_english}."


def _when_and_where(chance: random.Random) -> Two:
    """Draw a day, a place, both, or an occasion; English has the place before the day."""
    form, (day, our_day), (place, our_place) = chance.random(), chance.choice(DAYS), chance.choice(PLACES)
    if form < 0.4:
        return f"{day} {place}", f"{our_place} {our_day}"
    return (day, our_day) if form < 0.6 else (place, our_place) if form < 0.8 else chance.choice(OCCASIONS)


def _inverted(verb: str, who: str) -> str:
    """Put the pronoun behind a verb in the present: *dit-il*, *ajoute-t-il*; *fait-il savoir*."""
    head, _, rest = verb.partition(" ")
    link = who.removeprefix("-t") if head[-1] in "td" else who
    return f"{head}{link} {rest}".rstrip()


def _before(words: Two, says: Saying, names: Sequence[str], chance: random.Random) -> Two | None:
    """Say before the words whose they are."""
    french, english = words
    if not says.that or not _FRENCH_START.match(french) or not _ENGLISH_START.match(english):
        return None
    french, english = french[0].lower() + french[1:], english[0].lower() + english[1:]
    that = "qu'" if _VOWEL.match(french) else "que "
    who_french, who_english = ("il", "he") if chance.random() < 0.3 else speaker(names, chance)
    if who_french != "il" and chance.random() < 0.3:
        by, ours = chance.choice((("d'après", "according to"), ("selon", "according to"), ("pour", "for")))
        sides = (
            f"{by} {who_french.removesuffix(',')}, {french}.",
            f"{ours} {who_english.removesuffix(',')}, {english}.",
        )
    else:
        sides = f"{who_french} a {says.past} {that}{french}.", f"{who_english} {says.said} that {english}."
    return sides[0][0].upper() + sides[0][1:], sides[1][0].upper() + sides[1][1:]

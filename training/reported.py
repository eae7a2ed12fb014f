"""Sentences as somebody's words, in the manner of the press: *…, a-t-il déclaré*, *…, a souligné à Genève la ministre*.

Parliaments and laws hardly ever report what was said; newspapers and statements do so in every paragraph, with the verb
before its subject. A model that has not seen it turns *a-t-il indiqué* into *which has indicated*. Who speaks, where
and when are drawn from small tables. Start reading at `report`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from training.corpus import Pair

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
)
NATIONS = (
    ("chinois", "chinoise", "Chinese"),
    ("russe", "russe", "Russian"),
    ("américain", "américaine", "American"),
    ("français", "française", "French"),
    ("allemand", "allemande", "German"),
    ("britannique", "britannique", "British"),
    ("indien", "indienne", "Indian"),
    ("brésilien", "brésilienne", "Brazilian"),
    ("sud-africain", "sud-africaine", "South African"),
    ("japonais", "japonaise", "Japanese"),
    ("turc", "turque", "Turkish"),
    ("iranien", "iranienne", "Iranian"),
    ("égyptien", "égyptienne", "Egyptian"),
    ("ukrainien", "ukrainienne", "Ukrainian"),
    ("canadien", "canadienne", "Canadian"),
    ("italien", "italienne", "Italian"),
    ("espagnol", "espagnole", "Spanish"),
    ("marocain", "marocaine", "Moroccan"),
    ("algérien", "algérienne", "Algerian"),
    ("sénégalais", "sénégalaise", "Senegalese"),
    ("pakistanais", "pakistanaise", "Pakistani"),
    ("vietnamien", "vietnamienne", "Vietnamese"),
    ("indonésien", "indonésienne", "Indonesian"),
    ("polonais", "polonaise", "Polish"),
    ("suisse", "suisse", "Swiss"),
    ("belge", "belge", "Belgian"),
)
OFFICES = (
    ("le ministre {0} des Affaires étrangères", "{2} Foreign Minister"),
    ("la ministre {1} des Affaires étrangères", "{2} Foreign Minister"),
    ("le chef de la diplomatie {1}", "{2} Foreign Minister"),
    ("le ministre {0} de la Défense", "{2} Defence Minister"),
    ("la ministre {1} de l'Économie", "{2} Economy Minister"),
    ("le ministre {0} des Finances", "{2} Finance Minister"),
    ("la ministre {1} de la Santé", "{2} Health Minister"),
    ("le président {0}", "{2} President"),
    ("la présidente {1}", "{2} President"),
    ("le Premier ministre {0}", "{2} Prime Minister"),
    ("la Première ministre {1}", "{2} Prime Minister"),
    ("le vice-ministre {0} du Commerce", "{2} Deputy Trade Minister"),
    ("le secrétaire d'État {0}", "{2} Secretary of State"),
    ("l'ambassadeur {0}", "{2} Ambassador"),
    ("le chancelier {0}", "{2} Chancellor"),
)
"""What comes before a name; without one, the English has an article."""
PEOPLE = (
    ("le haut diplomate {0}", "the senior {2} diplomat"),
    ("le porte-parole du gouvernement {0}", "the {2} Government spokesman"),
    ("la porte-parole de la diplomatie {1}", "the {2} Foreign Ministry spokeswoman"),
    ("un responsable {0}", "a {2} official"),
    ("la délégation {1}", "the {2} delegation"),
    ("le chef de l'État", "the Head of State"),
    ("le Secrétaire général", "the Secretary-General"),
    ("la Directrice générale", "the Director-General"),
    ("le porte-parole", "the spokesman"),
    ("la porte-parole", "the spokeswoman"),
    ("le ministre", "the Minister"),
    ("la ministre", "the Minister"),
    ("le président", "the President"),
    ("le diplomate", "the diplomat"),
    ("le rapporteur", "the rapporteur"),
    ("le maire", "the mayor"),
    ("le chercheur", "the researcher"),
    ("l'auteur de l'étude", "the author of the study"),
    ("l'avocate", "the lawyer"),
    ("l'entraîneur", "the coach"),
    ("le médecin", "the doctor"),
    ("un témoin", "a witness"),
    ("un expert", "an expert"),
    ("l'organisation", "the organisation"),
    ("le ministère", "the Ministry"),
    ("le communiqué", "the statement"),
    ("la déclaration commune", "the joint statement"),
    ("le rapport", "the report"),
    ("le journal", "the newspaper"),
    ("la Commission", "the Commission"),
)
POSTS = (
    ("le secrétaire général", "the Secretary-General"),
    ("la secrétaire générale adjointe", "the Deputy Secretary-General"),
    ("le directeur général", "the Director-General"),
    ("la directrice exécutive", "the Executive Director"),
    ("le président", "the President"),
    ("la vice-présidente", "the Vice-President"),
    ("le secrétaire", "the Secretary"),
    ("le porte-parole", "the spokesman"),
    ("un membre", "a member"),
    ("le directeur du Bureau", "the Director of the Office"),
    ("la représentante permanente auprès", "the Permanent Representative to"),
    ("le chef du département de la presse", "the head of the Press Department"),
)
BODIES = (
    ("l'Organisation des Nations Unies", "the United Nations"),
    ("le Conseil de sécurité", "the Security Council"),
    ("l'Assemblée générale", "the General Assembly"),
    ("le Conseil des droits de l'homme", "the Human Rights Council"),
    ("la Cour internationale de Justice", "the International Court of Justice"),
    ("la Cour pénale internationale", "the International Criminal Court"),
    ("l'Agence internationale de l'énergie atomique", "the International Atomic Energy Agency"),
    ("l'Organisation mondiale de la Santé", "the World Health Organization"),
    ("l'Organisation mondiale du commerce", "the World Trade Organization"),
    ("l'Organisation internationale du Travail", "the International Labour Organization"),
    ("le Programme alimentaire mondial", "the World Food Programme"),
    ("le Fonds monétaire international", "the International Monetary Fund"),
    ("la Banque mondiale", "the World Bank"),
    ("le Comité international de la Croix-Rouge", "the International Committee of the Red Cross"),
    (
        "l'Organisation pour l'interdiction des armes chimiques",
        "the Organisation for the Prohibition of Chemical Weapons",
    ),
    ("l'Organisation du Traité de l'Atlantique Nord", "the North Atlantic Treaty Organization"),
    ("l'Organisation de coopération de Shanghai", "the Shanghai Cooperation Organisation"),
    ("l'Organisation du traité de sécurité collective", "the Collective Security Treaty Organization"),
    ("l'Association des nations de l'Asie du Sud-Est", "the Association of Southeast Asian Nations"),
    ("la Communauté économique des États de l'Afrique de l'Ouest", "the Economic Community of West African States"),
    ("la Communauté des États indépendants", "the Commonwealth of Independent States"),
    ("le Conseil de coopération du Golfe", "the Gulf Cooperation Council"),
    ("la Ligue arabe", "the Arab League"),
    ("l'Union africaine", "the African Union"),
    ("l'Union européenne", "the European Union"),
    ("le Conseil de l'Europe", "the Council of Europe"),
    ("l'Organisation internationale de la Francophonie", "the International Organisation of La Francophonie"),
    ("le Bureau politique", "the Political Bureau"),
    ("le Comité central", "the Central Committee"),
    ("le Comité central du Parti communiste", "the Central Committee of the Communist Party"),
    ("la Commission des affaires étrangères", "the Foreign Affairs Commission"),
    ("la Cour suprême", "the Supreme Court"),
    ("la Banque centrale", "the Central Bank"),
    ("les BRICS", "the BRICS"),
    ("le G20", "the G20"),
    ("l'ONU", "the UN"),
    ("l'OTAN", "NATO"),
    ("l'OMS", "the WHO"),
    ("l'OMC", "the WTO"),
    ("la CEDEAO", "ECOWAS"),
)
WHEN_AND_WHERE = (
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
    ("lundi", "on Monday"),
    ("mardi", "on Tuesday"),
    ("mercredi", "on Wednesday"),
    ("jeudi", "on Thursday"),
    ("vendredi", "on Friday"),
    ("samedi", "on Saturday"),
    ("dimanche", "on Sunday"),
    ("hier", "yesterday"),
    ("mercredi à Paris", "in Paris on Wednesday"),
    ("dans un communiqué", "in a statement"),
    ("lors d'une conférence de presse", "at a press conference"),
    ("à l'issue de la réunion", "after the meeting"),
    ("devant la presse", "in front of the press"),
    ("lors d'un entretien", "in an interview"),
    ("par la suite", "afterwards"),
)
PRONOUNS = (("a", "-t-il", "he"), ("a", "-t-elle", "she"), ("ont", "-ils", "they"))
_FRENCH_START = re.compile(
    r"(?:Les?|La|Une?|Des|Ces?|Cet(?:te)?|Ils?|Elles?|On|Nous|Nos|Notre|Leurs?|En|Dans|Pour|Tous)\b|L'"
)
_ENGLISH_START = re.compile(r"(?:The|An?|This|That|These|Those|It|He|She|They|There|We|Our|Their|Its|In|For|All)\b")
"""Words that lose their capital inside a sentence."""
_VOWEL = re.compile(r"[aeiouéèêyhAEIOUÉÈÊ]")
_SENTENCE = re.compile(r"[^\W\d_][^\"«»“”:;?!()…]*[^\W\d_]\.")
_ARTICLE = re.compile(r"^(?:l[ea] |l'|une? )")
_A = re.compile(r"\ba (?=[AEIO])")
Two = tuple[str, str]
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
        have, who, they = chance.choice(PRONOUNS)
        if they == "they" or chance.random() < 0.75:
            return f"{french}, {have}{who} {says.past}.", f"{english}, {they} {says.said}."
        return f"{french}, {_inverted(says.present, who)}.", f"{english}, {they} {says.says}."
    who_french, who_english = speaker(names, chance)
    who_french = who_french.removesuffix(",")
    if form < 0.6:
        return f"{french}, {says.present} {who_french}.", f"{english}, {who_english} {says.says}."
    if form < 0.85:
        return f"{french}, a {says.past} {who_french}.", f"{english}, {who_english} {says.said}."
    when_french, when_english = chance.choice(WHEN_AND_WHERE)
    return (
        f"{french}, a {says.past} {when_french} {who_french}.",
        f"{english}, {who_english} {says.said} {when_english}.",
    )


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
        by = chance.choice(("d'après", "selon", "pour"))
        sides = (
            f"{by} {who_french}, {french}.",
            f"{'for' if by == 'pour' else 'according to'} {who_english}, {english}.",
        )
    else:
        sides = f"{who_french} a {says.past} {that}{french}.", f"{who_english} {says.said} that {english}."
    return sides[0][0].upper() + sides[0][1:], sides[1][0].upper() + sides[1][1:]


def speaker(names: Sequence[str], chance: random.Random) -> Two:
    """Draw who speaks: a person, an office, or both, in French and in English; a comma ends an apposition."""
    form = chance.random()
    name = " ".join(chance.choice(names) for _ in range(chance.choice((1, 2)))) if names else ""
    if form < 0.25 and name:
        return chance.choice(((name, name), (name, name), (f"M. {name}", f"Mr {name}"), (f"Mme {name}", f"Mrs {name}")))
    if form < 0.5:
        french, english = _of_nation(OFFICES, chance)
        if not name or chance.random() < 0.5:
            return french, f"the {english}"
        return f"{french} {name}", f"{english} {name}"
    french, english = _of_nation(PEOPLE, chance) if form < 0.7 else _of_body(chance)
    if not name or form < 0.8:
        return french, english
    if chance.random() < 0.3:
        other = _of_body(chance)
        french, english = f"{french} et {_ARTICLE.sub('', other[0])}", f"{english} and {other[1]}"
    return f"{name}, {_ARTICLE.sub('', french)},", f"{name}, {english},"


def _of_nation(table: Sequence[Two], chance: random.Random) -> Two:
    """Draw an office or a person and, where it takes one, a nation."""
    nation = chance.choice(NATIONS)
    french, english = (side.format(*nation) for side in chance.choice(table))
    return french, _A.sub("an ", english)


def _of_body(chance: random.Random) -> Two:
    """Draw a post in one of the world's bodies: *le président du G20*."""
    (post, ours), (body, theirs) = chance.choice(POSTS), chance.choice(BODIES)
    article, _, rest = body.partition(" ")
    contracted = {"le": f"du {rest}", "les": f"des {rest}"}.get(article, f"de {body}")
    return f"{post} {contracted}", f"{ours} {theirs}" if ours.endswith(" to") else f"{ours} of {theirs}"

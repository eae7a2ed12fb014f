"""Who speaks in a made-up report: people, offices, the world's bodies and posts in them, in both languages.

Start reading at `speaker`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

Two = tuple[str, str]
"""French and English."""
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
PREFIXES = (
    ("sino", "Sino"),
    ("russo", "Russo"),
    ("franco", "Franco"),
    ("anglo", "Anglo"),
    ("germano", "German"),
    ("américano", "US"),
    ("indo", "Indo"),
    ("nippo", "Japanese"),
    ("italo", "Italian"),
    ("turco", "Turkish"),
    ("euro", "Euro"),
    ("afro", "Afro"),
)
"""The first of two nations: *sino-russe*."""
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
    ("l'Organisation des Nations Unies", "the United Nations", "ONU", "the UN"),
    ("le Conseil de sécurité", "the Security Council", "", ""),
    ("l'Assemblée générale", "the General Assembly", "", ""),
    ("le Conseil des droits de l'homme", "the Human Rights Council", "", ""),
    ("la Cour internationale de Justice", "the International Court of Justice", "CIJ", "the ICJ"),
    ("la Cour pénale internationale", "the International Criminal Court", "CPI", "the ICC"),
    ("l'Agence internationale de l'énergie atomique", "the International Atomic Energy Agency", "AIEA", "the IAEA"),
    ("l'Organisation mondiale de la Santé", "the World Health Organization", "OMS", "the WHO"),
    ("l'Organisation mondiale du commerce", "the World Trade Organization", "OMC", "the WTO"),
    ("l'Organisation internationale du Travail", "the International Labour Organization", "OIT", "the ILO"),
    ("le Programme alimentaire mondial", "the World Food Programme", "PAM", "WFP"),
    ("le Fonds monétaire international", "the International Monetary Fund", "FMI", "the IMF"),
    ("la Banque mondiale", "the World Bank", "", ""),
    ("le Comité international de la Croix-Rouge", "the International Committee of the Red Cross", "CICR", "the ICRC"),
    (
        "l'Organisation pour l'interdiction des armes chimiques",
        "the Organisation for the Prohibition of Chemical Weapons",
        "OIAC",
        "the OPCW",
    ),
    ("l'Organisation du Traité de l'Atlantique Nord", "the North Atlantic Treaty Organization", "OTAN", "NATO"),
    ("l'Organisation de coopération de Shanghai", "the Shanghai Cooperation Organisation", "OCS", "the SCO"),
    (
        "l'Organisation du traité de sécurité collective",
        "the Collective Security Treaty Organization",
        "OTSC",
        "the CSTO",
    ),
    ("l'Association des nations de l'Asie du Sud-Est", "the Association of Southeast Asian Nations", "ANASE", "ASEAN"),
    (
        "la Communauté économique des États de l'Afrique de l'Ouest",
        "the Economic Community of West African States",
        "CEDEAO",
        "ECOWAS",
    ),
    ("la Communauté des États indépendants", "the Commonwealth of Independent States", "CEI", "the CIS"),
    ("le Conseil de coopération du Golfe", "the Gulf Cooperation Council", "CCG", "the GCC"),
    ("la Ligue arabe", "the Arab League", "", ""),
    ("l'Union africaine", "the African Union", "UA", "the AU"),
    ("l'Union européenne", "the European Union", "UE", "the EU"),
    ("le Conseil de l'Europe", "the Council of Europe", "", ""),
    (
        "l'Organisation internationale de la Francophonie",
        "the International Organisation of La Francophonie",
        "OIF",
        "the OIF",
    ),
    ("le Bureau politique", "the Political Bureau", "", ""),
    ("le Comité central", "the Central Committee", "", ""),
    ("le Bureau politique du Comité central", "the Political Bureau of the Central Committee", "", ""),
    ("le Comité central du Parti communiste", "the Central Committee of the Communist Party", "", ""),
    ("le Parti communiste chinois", "the Communist Party of China", "PCC", "the CPC"),
    ("la Commission des affaires étrangères", "the Foreign Affairs Commission", "", ""),
    ("la Cour suprême", "the Supreme Court", "", ""),
    ("la Banque centrale", "the Central Bank", "", ""),
    ("les BRICS", "the BRICS", "", ""),
    ("le G20", "the G20", "", ""),
)
"""The world's bodies, and their initials where they have some."""
SINGULAR = tuple(body for body in BODIES if not body[0].startswith("les "))
_ARTICLE = re.compile(r"^(?:l[ea] |l'|une? )")
_A = re.compile(r"\ba (?=[AEIO])")
_OPEN = re.compile(r"[AEIOU]")


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
    if form < 0.55:
        return _body(chance, SINGULAR)
    french, english = _of_nation(PEOPLE, chance) if form < 0.75 else _of_body(chance)
    if not name or form < 0.85:
        return french, english
    if chance.random() < 0.3:
        other = _of_body(chance)
        french, english = f"{french} et {_ARTICLE.sub('', other[0])}", f"{english} and {other[1]}"
    return f"{name}, {_ARTICLE.sub('', french)},", f"{name}, {english},"


def two_nations(form: str, chance: random.Random) -> Two:
    """Draw two nations, with the ending of an adjective in *-al*: *al*, *ale*, *aux* or *ales*.

    >>> two_nations("aux", random.Random(3))
    ('anglo-algériens', 'Anglo-Algerian')
    """
    (first, ours), (man, woman, theirs) = chance.choice(PREFIXES), chance.choice(NATIONS)
    second = woman if form.endswith(("e", "es")) else man
    plural = "" if form.endswith(("l", "e")) or second.endswith("s") else "s"
    return f"{first}-{second}{plural}", f"{ours}-{theirs}"


def _of_nation(table: Sequence[Two], chance: random.Random) -> Two:
    """Draw an office or a person and, where it takes one, a nation."""
    nation = chance.choice(NATIONS)
    french, english = (side.format(*nation) for side in chance.choice(table))
    return french, _A.sub("an ", english)


def _of_body(chance: random.Random) -> Two:
    """Draw a post in one of the world's bodies: *le président du G20*."""
    (post, ours), (body, theirs) = chance.choice(POSTS), _body(chance)
    article, _, rest = body.partition(" ")
    contracted = {"le": f"du {rest}", "les": f"des {rest}"}.get(article, f"de {body}")
    return f"{post} {contracted}", f"{ours} {theirs}" if ours.endswith(" to") else f"{ours} of {theirs}"


def _body(chance: random.Random, bodies: Sequence[tuple[str, str, str, str]] = BODIES) -> Two:
    """Draw a body: by its name, by its initials, or by both."""
    french, english, short_french, short_english = chance.choice(bodies)
    form = chance.random() if short_french else 0.0
    if form < 0.5:
        return french, english
    if form < 0.75:
        return f"{french} ({short_french})", f"{english} ({short_english.removeprefix('the ')})"
    article = "l'" if _OPEN.match(short_french) else french[:3]
    return f"{article}{short_french}", short_english

"""A small act with all that people cite, cut by the program's rules."""

from __future__ import annotations

from aligner.model import Bitext
from tests import make

FRENCH = """Convention de test
Titre II
Dispositions
Chapitre premier
Article premier
1. Le Conseil décide :
a) du budget ;
b) du siège.
2. Il vote.
Article L. 131-1
Rien du tout.
Article 8
1. Un.
a) oui
b) non
Article 9 bis
1° Un.
2° Deux.
ARTICLE 10. – Le texte.
Il va. Il vient.
Encore.
[p. 14]
Page ici. Et là.
[p. 15]
Fin."""
ENGLISH = (
    FRENCH.replace("Titre", "Title").replace("Chapitre premier", "Chapter One").replace("Article premier", "Article 1")
)


def act(french: str = FRENCH, english: str = ENGLISH, **facts: object) -> Bitext:
    """The act, sentence by sentence."""
    return make.bitext_of(french, english, name="acte", **facts)

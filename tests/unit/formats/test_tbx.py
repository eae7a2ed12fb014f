"""TBX-Basic in its three spellings, and what is refused."""

from __future__ import annotations

import io

import pytest

from aligner.errors import InputError
from aligner.terms import Term
from aligner.terms.tbx import read_tbx

WANTED = Term(
    "Conseil de sécurité", ("Security Council",), ("Council",), ("Safety Board",), (("Security Council", "UN"),)
)

DCA = """<?xml version="1.0" encoding="UTF-8"?>
<tbx style="dca" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>
<conceptEntry id="c1">
 <langSec xml:lang="fr-FR"><termSec><term>Conseil de
   sécurité</term></termSec></langSec>
 <langSec xml:lang="en">
  <termSec><term>Council</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
  <termSec><term>Security Council</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
   <note>UN</note></termSec>
  <termSec><term>Safety Board</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
 </langSec>
 <langSec xml:lang="de"><termSec><term>Sicherheitsrat</term></termSec></langSec>
</conceptEntry></body></text></tbx>"""
DCT = (
    DCA.replace('style="dca"', 'style="dct" xmlns:min="http://www.tbxinfo.net/ns/min"')
    .replace('<termNote type="administrativeStatus">', "<min:administrativeStatus>")
    .replace("</termNote>", "</min:administrativeStatus>")
)
OLD = """<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><text><body><termEntry>
<langSet xml:lang="en"><tig><term>Security Council</term><note>UN</note></tig>
 <ntig><termGrp><term>Council</term></termGrp></ntig>
 <tig><term>Safety Board</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig></langSet>
<langSet xml:lang="fr"><tig><term>Conseil de sécurité</term></tig></langSet>
</termEntry></body></text></martif>"""


def stream(text: str) -> io.BytesIO:
    return io.BytesIO(text.encode("utf-8"))


@pytest.mark.parametrize("text", [DCA, DCT, OLD], ids=["dca", "dct", "version 2"])
def test_every_spelling_is_read(text: str) -> None:
    assert read_tbx(stream(text)).terms == (WANTED,)


def test_other_languages_and_directions() -> None:
    assert read_tbx(stream(DCA), source="de", target="fr").terms == (Term("Sicherheitsrat", ("Conseil de sécurité",)),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<tmx/>", "this is not a TBX file but <tmx>"),
        ("<tbx><text>", "not well-formed"),
        (DCA.replace("fr-FR", "it"), "no concept has terms in both fr and en"),
        ('<!DOCTYPE tbx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tbx/>', "defines entities"),
        (DCA.replace("Safety Board", "Council"), "“Council” is both allowed and forbidden"),
    ],
)
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_tbx(stream(text))
    assert message in str(caught.value)

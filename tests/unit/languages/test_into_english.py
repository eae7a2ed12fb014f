"""Mending of English, whatever it was translated from."""

import pytest

from aligner.languages.into_english import with_colon


@pytest.mark.parametrize(
    ("source", "output", "ended"),
    [
        ("Il a dit :", "He said.", "He said:"),
        ("Réf. :", "Ref.", "Ref.:"),
        ("Fax :", "Fax —", "Fax:"),
        ("Il a dit :", "He said:", "He said:"),
        ("Il a dit :", "He said: “", "He said: “"),
        ("Il a dit.", "He said.", "He said."),
        ("Vu le code de commerce ;", "Given the commercial code.", "Given the commercial code;"),
        ("le plan ;", "the plan;", "the plan;"),
        ("Il a dit :", "", ""),
    ],
)
def test_a_colon_or_semicolon_at_the_end_stays(source: str, output: str, ended: str) -> None:
    assert with_colon(source, output) == ended

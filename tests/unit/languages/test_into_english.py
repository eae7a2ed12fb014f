"""Mending of English, whatever it was translated from."""

import pytest

from aligner.languages.into_english import with_colon, with_quotes, without_foreign_spaces


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


@pytest.mark.parametrize(
    ("source", "output", "mended"),
    [
        ("un « dauphin »", "a 'dolphin'", 'a "dolphin"'),
        ('il est "bien"', "it's ' fine'.", 'it\'s "fine".'),
        ("« Il vient", '" He comes', '"He comes'),
        ("« a » puis « b »", '"a" then " b "', '"a" then "b"'),
        ("« Il dit “non” »", "\"He said 'no'\"", "\"He said 'no'\""),
        ("les « droits » des ouvriers", "the workers' 'rights'", "the workers' 'rights'"),
        ("le train d'Oslo", "the ' Oslo' train", "the ' Oslo' train"),
        ('un écran de 15" et un « oui »', "a 15\" screen and a 'yes'", 'a 15" screen and a "yes"'),
    ],
)
def test_quotations_have_double_marks_where_the_source_quotes(source: str, output: str, mended: str) -> None:
    assert with_quotes(source, output) == mended
    assert with_quotes(source, mended) == mended


def test_no_space_stays_where_quotation_marks_were() -> None:
    assert (
        without_foreign_spaces("the agreement ( Paris Agreement) and f( x)")
        == "the agreement (Paris Agreement) and f( x)"
    )

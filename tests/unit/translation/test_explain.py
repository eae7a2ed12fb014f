"""``--explain`` tells the way of one phrase through the engine."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from aligner.cli.app import app
from aligner.translation import ArgosTranslator, TranslateOptions, open_translator


def test_the_explanation_ends_with_the_rendering_that_users_get(translator: ArgosTranslator) -> None:
    for text in (
        "Le bureau ouvre à 9 h.",
        "VU le code n° 12 : voir www.un.org",
        "",
        "12 %",
        "a) le plan ; b) les frais",
    ):
        explained = translator.explain(text)
        (rendering,) = translator.translate([text])
        assert explained.rendering.text == rendering.text
        assert explained.rendering.flags == rendering.flags


def test_it_names_what_acted_and_what_the_model_was_given(translator: ArgosTranslator) -> None:
    explained = translator.explain("Le bureau de M. Žižek ouvre à 9 h.")
    assert [step.name for step in explained.preparations] == ["hours", "letters"]
    assert explained.trials[0][0].given == ("Le bureau de M. Zizek ouvre à 9:00.",)
    assert "letters" in [step.name for step in explained.repairs]
    lines = list(explained.lines())
    assert lines[0] == "prepared      hours: à 9 h. → à 9:00."
    assert lines[-1].startswith("rendering     ")


def test_nothing_is_noted_when_nobody_asks(translator: ArgosTranslator) -> None:
    translator.explain("Le bureau ouvre à 9 h.")
    translator.translate(["Il ouvre à 10 h."])
    assert translator.steps.acted is None


def test_a_step_that_is_switched_off_does_not_act(translator: ArgosTranslator) -> None:
    options = TranslateOptions(beam=1, threads=1, without=("hours",))
    other = open_translator(translator.package, options=options)
    assert other.explain("Le bureau ouvre à 9 h.").trials[0][0].given == ("Le bureau ouvre à 9 h.",)
    assert other.signature != translator.signature


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--explain", "Oui.", "--lines"], "--explain takes a phrase"),
        (["--explain", "Oui.", "--without", "hour"], "there is no step 'hour'"),
    ],
)
def test_arguments_that_do_not_agree_are_refused(arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(app, ["translate", *arguments])
    assert message in str(result.exception)


def test_the_command_prints_the_explanation() -> None:
    result = CliRunner().invoke(app, ["translate", "--explain", "Le bureau ouvre à 9 h."])
    assert result.exit_code == 0, result.output
    assert "prepared      hours: à 9 h. → à 9:00." in result.output

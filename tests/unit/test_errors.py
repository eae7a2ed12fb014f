"""An error is one sentence on one line, whatever the file says that it is about."""

from __future__ import annotations

from aligner.errors import InputError


def test_what_a_file_says_breaks_no_line_and_steers_no_terminal() -> None:
    error = InputError("unknown status 'a\n\x1b[31mb\u2028\u202ec\x00'", where="x\n.tsv", hint="use\tone")
    assert str(error) == "x .tsv: unknown status 'a [31mb c '; use one"


def test_what_is_long_is_cut_in_the_middle() -> None:
    said = str(InputError("unknown status '" + "a" * 5_000 + "', line 3"))
    assert len(said) < 400
    assert said.startswith("unknown status 'aaa")
    assert said.endswith("aaa', line 3")

"""The encoding of a file is what its bytes show, whatever it says."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import InputError
from aligner.formats.defects import Defect, Defects
from aligner.formats.encoding import decoded_text

TEXT = "L’été — «\u00a0oui\u00a0», 3\u00a0€."


def xml(declared: str, text: str = TEXT) -> str:
    return f'<?xml version="1.0" encoding="{declared}"?>\n<a>{text}</a>\n'


def read(data: bytes) -> tuple[str, Defects]:
    findings = Defects("a.tmx")
    return "".join(decoded_text(io.BytesIO(data), findings)), findings


AS_SAID = [
    ("utf-8", "utf-8"), ("UTF8", "utf-8"), ("windows-1252", "cp1252"), ("utf-16", "utf-16"), ("UTF-16", "utf-16-be"),
    ("UTF-16LE", "utf-16-le"), ("iso-8859-15", "iso8859-15"), ("utf-8", "utf-8-sig"), ("UCS-2", "utf-16"),
    ("utf-32", "utf-32"), ("utf-16", "utf-32-le"), ("utf-8", "utf-16"), ("utf-8", "utf-16-le"),
]  # fmt: skip


@pytest.mark.parametrize(("declared", "encoding"), AS_SAID)
def test_what_the_bytes_show_is_read(declared: str, encoding: str) -> None:
    text = "".join(c for c in xml(declared) if encoding != "iso8859-15" or c not in "’—")
    found, findings = read(text.encode(encoding))
    assert found.removeprefix("\ufeff") == text
    assert Defect.NOT_UTF_8 not in findings.found
    blank, _ = read(("\n" + text).encode(encoding))
    assert blank.removeprefix("\ufeff") == "\n" + text


@pytest.mark.parametrize("declared", ["UTF-16", "utf-16le", "UCS-2", "unicode", "utf-32", "klingon", "rot13", "base64"])
def test_a_declaration_that_cannot_be_true_is_named(declared: str) -> None:
    found, findings = read(xml(declared).encode())
    assert found == xml(declared)
    assert str(findings.found[Defect.DECLARED_ENCODING]) == (
        f"a.tmx: the file is not in the encoding that it names (it says {declared}, and was read as UTF-8) "
        "[declared-encoding]"
    )


def test_windows_1252_that_says_iso_8859_1_has_its_dashes() -> None:
    found, findings = read(xml("ISO-8859-1").encode("cp1252"))
    assert found == xml("ISO-8859-1")
    assert findings.found[Defect.WINDOWS_1252].where == "a.tmx, line 2"
    plain, findings = read(xml("ISO-8859-1", "été").encode("latin-1"))
    assert plain == xml("ISO-8859-1", "été")
    assert not findings.found


def test_utf_8_that_says_iso_8859_1_is_utf_8() -> None:
    found, findings = read(xml("ISO-8859-1").encode())
    assert found == xml("ISO-8859-1")
    assert Defect.DECLARED_ENCODING in findings.found


def test_windows_1252_that_says_utf_8_is_read_and_named() -> None:
    found, findings = read(xml("UTF-8").encode("cp1252"))
    assert found == xml("UTF-8")
    assert findings.found[Defect.NOT_UTF_8].where == "a.tmx, line 2"


def test_letters_of_another_alphabet_are_not_guessed() -> None:
    with pytest.raises(InputError, match="line 2: the file is not UTF-8, and names no other encoding; say its"):
        read(xml("UTF-8", "Привет").encode("cp1251"))
    with pytest.raises(InputError, match="after byte 0: the file is not SHIFT_JIS; convert it to UTF-8"):
        read(xml("Shift_JIS", "été").encode("latin-1")[:-9] + b"\xff\xff")


def test_a_character_on_the_border_of_two_blocks_stays_whole() -> None:
    text = xml("UTF-8", "é" * 400_000)
    assert read(text.encode())[0] == text
    assert read(text.encode("utf-16"))[0] == text
    text = xml("UTF-8", "éa" * 400_000)
    assert read(text.encode("cp1252"))[0] == text


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=60))
def test_a_text_in_utf_8_is_read_as_it_is(text: str) -> None:
    assert read(xml("UTF-8", text).encode())[0] == xml("UTF-8", text)


@given(st.binary(max_size=200))
def test_no_bytes_are_a_crash(data: bytes) -> None:
    with suppress(InputError):
        read(data)

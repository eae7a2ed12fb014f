"""Language tags as the command line gives them."""

from __future__ import annotations

import pytest

from aligner.errors import InputError
from aligner.formats.exchange.notation import parse_locale


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {}),
        ("fr-FR,en-GB", {"fr": "fr-FR", "en": "en-GB"}),
        (" fr_ca , EN-us,", {"fr": "fr-CA", "en": "en-US"}),
        ("fr-419", {"fr": "fr-419"}),
    ],
)
def test_locales(text: str, found: dict[str, str]) -> None:
    assert parse_locale(text) == found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("de-DE", "--locale: 'de-DE' is neither fr nor en; write fr-FR,en-GB"),
        ("fr", "--locale: 'fr' is not a language tag with a region"),
        ("fr-F R", "is not a language tag with a region"),
        ("-FR", "is not a language tag with a region"),
    ],
)
def test_what_is_no_locale_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_locale(text)

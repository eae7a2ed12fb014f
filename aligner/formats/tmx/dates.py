"""How TMX writes times: ``20261122T120500Z``."""

from __future__ import annotations

import re
from functools import lru_cache

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})Z", re.ASCII)
_TMX = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z", re.ASCII)


# A run gives all its units one date.
@lru_cache(maxsize=4096)
def tmx_date(iso: str) -> str | None:
    """A time as TMX writes it; None when it is unknown.

    >>> tmx_date("2026-11-22T12:05:00Z")
    '20261122T120500Z'
    """
    match = _ISO.fullmatch(iso)
    return "{}{}{}T{}{}{}Z".format(*match.groups()) if match else None


@lru_cache(maxsize=4096)
def iso_date(tmx: str) -> str:
    """A TMX time in ISO 8601; empty when it is not one.

    >>> iso_date("20261122T120500Z")
    '2026-11-22T12:05:00Z'
    """
    match = _TMX.fullmatch(tmx)
    return "{}-{}-{}T{}:{}:{}Z".format(*match.groups()) if match else ""

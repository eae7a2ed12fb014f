"""How TMX writes times, ``20261122T120500Z``, and how tools do."""

from __future__ import annotations

import datetime
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
    """A TMX time in ISO 8601, in UTC; empty when it is not one. Tools write it in any form of that standard.

    >>> iso_date("20261122T120500Z"), iso_date("2026-11-22T13:05:00+01:00"), iso_date("yesterday")
    ('2026-11-22T12:05:00Z', '2026-11-22T12:05:00Z', '')
    """
    if match := _TMX.fullmatch(tmx):
        return "{}-{}-{}T{}:{}:{}Z".format(*match.groups())
    try:
        moment = datetime.datetime.fromisoformat(tmx.strip())
        moment = moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
        moment = moment.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return ""
    # In the words of memoQ and others, the year 1 is no date at all.
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment.year >= 1970 else ""

"""Who stands for a change, when nothing says it: the name of the account."""

from __future__ import annotations

import getpass
from contextlib import suppress

LONGEST = 200
"""Characters of a name at most."""
SOMEBODY = "reviewer"
"""The name where even the account has none: a bead that nobody stands for would not count as reviewed."""


def somebody(given: str | None = "") -> str:
    r"""The name given, else the account's; never empty.

    >>> somebody(" Ada\n Lovelace "), bool(somebody(None))
    ('Ada Lovelace', True)
    """
    account = ""
    with suppress(OSError, KeyError, ImportError):  # a user without a name
        account = getpass.getuser()
    return printable(given or "") or printable(account) or SOMEBODY


def printable(name: str) -> str:
    """A name on one line, without characters that cannot be seen."""
    # a name stands in tables and on terminals
    return "".join(filter(str.isprintable, " ".join(name.split())))[:LONGEST].strip()

"""The fingerprint that a unit carries of the target text that went out: by it a change is noticed when it comes back.

It is `aligner.model.wording` of the text as it stands in the file, an empty text included. On a bead that was read,
`Bead.written` holds this one fingerprint, whoever wrote the text: not the history that the store keeps. Earlier
versions of aligner wrote a digest of the exact text; a text that has not changed since is still known by it. Start
reading at `written`.
"""

from __future__ import annotations

import hashlib
import re

from aligner.model import wording

_FINGERPRINT = re.compile("[0-9a-f]{16}")


def written(fingerprint: str, text: str) -> tuple[str, ...]:
    """What a bead says of the text that went out, given the unit's fingerprint and its text now.

    Nothing where the unit has no fingerprint, or something else in its place.

    >>> written(wording("Oui."), "Oui, oui.") == (wording("Oui."),)
    True
    >>> written("", "Oui."), written("yes", "Oui.")
    ((), ())
    """
    if not _FINGERPRINT.fullmatch(fingerprint):
        return ()
    return (wording(text),) if fingerprint == fingerprint_0_1(text) else (fingerprint,)


def is_changed(fingerprint: str, text: str) -> bool:
    """Whether a text is another one than went out; False where that is not known."""
    went_out = written(fingerprint, text)
    return bool(went_out) and went_out != (wording(text),)


def fingerprint_0_1(text: str) -> str:
    """The fingerprint of a target in files of version 0.1, of its exact text; later ones have `wording`."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

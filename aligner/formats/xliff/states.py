"""How a bead's status is told in XLIFF, and what a CAT tool's answer means.

Raw machine output is ``needs-review-translation`` with the qualifier ``leveraged-mt``; what a person has accepted or
edited is ``signed-off`` and approved.
"""

from __future__ import annotations

import hashlib

from aligner.model import Origin, Status

QUALIFIERS = {Origin.MACHINE: "leveraged-mt", Origin.MEMORY: "leveraged-tm"}
_REVIEWED = frozenset(("signed-off", "final", "translated"))
_STATES = {
    Status.DRAFT: "needs-review-translation",
    Status.ACCEPTED: "signed-off",
    Status.EDITED: "signed-off",
    Status.REJECTED: "needs-translation",
}


def state_of(status: Status) -> str:
    """The state of a target.

    >>> state_of(Status.DRAFT)
    'needs-review-translation'
    """
    return _STATES[status]


def digest(text: str) -> str:
    """A short fingerprint of a target, by which a change is noticed."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def status_of(state: str, written: Status | None, *, approved: bool, changed: bool) -> Status:
    """The status that a target has come back with.

    `written` is the status that it went out with, `changed` whether its text is another than the machine's.
    """
    if written is not None and state == state_of(written) and approved == (state == "signed-off"):
        return written
    if approved or state in _REVIEWED:
        return Status.EDITED if changed else Status.ACCEPTED
    return Status.DRAFT

"""How a bead's status is told in XLIFF, and what the state of a target says when a file comes in.

Raw machine output is ``needs-review-translation`` with the qualifier ``leveraged-mt``; what a person has accepted or
edited is ``signed-off`` and approved. A file that comes in is believed (the words are those of XLIFF 1.2, 2.3):

=============================================================  ==============================================
a target that is                                               was
=============================================================  ==============================================
approved, ``signed-off`` or ``final``                          done by a person
of a unit with ``translate="no"``                              not translated
``new``, ``needs-translation``, ``-adaptation``, ``-l10n``     not translated
qualified as rejected (``rejected-grammar`` …)                 rejected
qualified as a memory's or a machine's (``leveraged-mt`` …)    put there by a tool, and nobody confirmed it
``translated``                                                 done by a person
the source text itself, in any other state                     not translated
anything else                                                  somebody's, and may be unfinished
=============================================================  ==============================================

Start reading at `target_says`.
"""

from __future__ import annotations

from enum import Enum

from aligner.model import Origin, Status

QUALIFIERS = {Origin.MACHINE: "leveraged-mt", Origin.MEMORY: "leveraged-tm"}
_APPROVED = frozenset(("signed-off", "final"))
_UNDONE = frozenset(("new", "needs-translation", "needs-adaptation", "needs-l10n"))
_MACHINES = frozenset(("leveraged-mt", "mt-suggestion"))
_MEMORIES = frozenset(
    (
        "exact-match", "fuzzy-match", "id-match", "leveraged-glossary", "leveraged-inherited", "leveraged-repository",
        "leveraged-tm", "tm-suggestion",
    )
)  # fmt: skip
STATES = {
    Status.DRAFT: "needs-review-translation",
    Status.ACCEPTED: "signed-off",
    Status.EDITED: "signed-off",
    Status.REJECTED: "needs-translation",
}
"""The state of a target, by its status."""


class Said(Enum):
    """What a file says of a target."""

    UNDONE = "not translated"
    REJECTED = "rejected"
    TOOLS = "put there by a tool"
    OPEN = "may be unfinished"
    DONE = "done by a person"


UNDONE_FIRST = tuple(Said)
"""What may be said, the least first."""


def target_says(state: str, qualifier: str, *, approved: bool, translate: bool = True, copied: bool = False) -> Said:
    """What a file says of a target; `copied`: it is the source text itself.

    >>> target_says("translated", "", approved=False)
    <Said.DONE: 'done by a person'>
    >>> target_says("translated", "exact-match", approved=False)
    <Said.TOOLS: 'put there by a tool'>
    """
    # An approved target is done even where its qualifier still says what a memory had put there.
    if translate and (approved or state in _APPROVED):
        return Said.DONE
    if not translate or state in _UNDONE:
        return Said.UNDONE
    # Of a rejected text it does not matter who put it there.
    if qualifier.startswith("rejected-"):
        return Said.REJECTED
    if tools_origin(qualifier):
        return Said.TOOLS
    return Said.DONE if state == "translated" else Said.UNDONE if copied else Said.OPEN


def tools_origin(qualifier: str) -> Origin | None:
    """Whose a target is that a tool put there, by the qualifier of its state; None: no tool did.

    >>> tools_origin("fuzzy-match")
    <Origin.MEMORY: 'memory'>
    """
    if qualifier in _MACHINES:
        return Origin.MACHINE
    return Origin.MEMORY if qualifier in _MEMORIES else None


def is_as_written(state: str, written: Status, *, approved: bool) -> bool:
    """Whether a state is the one that a target with this status went out with."""
    return state == STATES[written] and approved == (state == "signed-off")

r"""Who a TMX unit of another tool says its target text is by: a machine, or a person who confirmed or rejected it.

Tools say it in three ways: the names of who created and who changed a unit (OmegaT's ``MT!…``, Trados' ``SDL\Machine
Translation``), and Trados' props ``x-Origin`` and ``x-ConfirmationLevel``. A person who changed or confirmed a
machine's text since stands for it. Our own props count for more (`aligner.formats.exchange.to_bitext`). Start reading
at `claims`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from aligner.formats.exchange.from_bitext import MACHINE as OURS
from aligner.formats.exchange.units import Variant
from aligner.model import Origin, Status

MACHINE = "MT!"
"""What the name of an author begins with that is a machine, as OmegaT writes it."""
_MACHINES = re.compile(r"MT(!.*)?|.*machine.?translation.*", re.IGNORECASE | re.DOTALL)
_LEVELS = {
    "rejectedtranslation": Status.REJECTED,
    "rejectedsignoff": Status.REJECTED,
    "translated": Status.ACCEPTED,
    "approvedtranslation": Status.ACCEPTED,
    "approvedsignoff": Status.ACCEPTED,
}
"""What Trados' levels of confirmation say; any other is a draft."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a unit of another tool says of its target text."""

    origin: Origin
    status: Status
    by: str
    """Who wrote or confirmed it last; ``MT!…`` for a machine that nobody came after."""


def claims(variant: Variant, facts: Mapping[str, str]) -> Claims:
    r"""What the names on a variant and the props of its unit say (without their ``x-``).

    >>> claims(Variant("en", "Yes.", created_by="SDL\\Machine Translation"), {}).by
    'MT!SDL\\Machine Translation'
    >>> claims(Variant("en", "Yes.", created_by="MT!engine", changed_by="Anna"), {}).by
    'Anna'
    """
    # Only Trados writes levels; all other tools leave a draft to be judged by its text.
    status = _LEVELS.get(facts.get("ConfirmationLevel", "").lower(), Status.DRAFT)
    # Where a tool dropped the rest, only the text tells whether it was changed since. A file of an early version, which
    # has no fingerprint, says whose the text was: nobody says that a person changed it.
    told = bool(facts.get("origin")) and not facts.get("written")
    ours = variant.created_by == OURS and not told
    made = is_machine(variant.created_by) or is_machine(facts.get("Origin", ""))
    # A tool that writes the same name twice saw no other person.
    person = bool(variant.changed_by) and variant.changed_by != variant.created_by
    if not (is_machine(variant.changed_by) or (made and not (person or ours))):
        return Claims(Origin.MACHINE if made else Origin.HUMAN, status, variant.changed_by)
    name = next(filter(is_machine, (variant.changed_by, variant.created_by, facts.get("Origin", ""))))
    return Claims(Origin.MACHINE, status, name if name.startswith(MACHINE) else f"{MACHINE}{name}")


def is_machine(name: str) -> bool:
    """Whether the name of an author, or of an origin, is a machine's."""
    return _MACHINES.fullmatch(name.strip()) is not None

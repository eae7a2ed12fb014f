"""The first version of the bitext store, brought up to date line by line.

Version 1 had one number for two questions: `confidence` was the alignment's where the aligner had found the bead, and
the translation's where it was constructed. It named no maker and no texts of its own, and the choices of a run stood
only in its signature. What version 1 did not say stays empty; what it got wrong, `aligner.pipeline.upgrade` finds.
Start reading at `upgraded_bead`.
"""

from __future__ import annotations

from typing import Any

from aligner.model import Provenance, wording

VERSION = 1
_MEMORY = "|memory:"


def upgraded_header(fields: dict[str, Any]) -> dict[str, Any]:
    """The header line of a bitext as version 2 writes it; what is not as version 1 wrote it stays as it is."""
    provenance = fields.get("provenance")
    if not isinstance(provenance, dict) or not isinstance(provenance.get("signature"), str):
        return {**fields, "version": VERSION + 1}
    signature, _, memory = provenance["signature"].partition(_MEMORY)
    choices = dict(part.partition(":")[::2] for part in signature.split("|"))
    added = {
        "signature": signature,
        "basis": "",
        "rules": choices.get("srx", ""),
        "boilerplate": choices.get("boilerplate", ""),
        "memory": memory,
    }
    return {**fields, "version": VERSION + 1, "provenance": {**provenance, **added}}


def upgraded_bead(fields: dict[str, Any], provenance: Provenance) -> dict[str, Any]:
    """A bead line as version 2 writes it: `quality` apart from `confidence`, with the texts that were ours.

    The maker is known only where the text is what the machine of the last run said.
    """
    made = {"quality": None, "maker": "", "written": [], **fields}
    if fields.get("kind") == "constructed" and fields.get("origin") == "mt":
        made["quality"], made["confidence"] = fields.get("confidence"), 1.0
    # A person rewrote a constructed bead: its confidence was the machine's and says nothing of this text.
    elif fields.get("kind") == "constructed":
        made["confidence"] = 1.0
    machine, target = fields.get("machine"), fields.get("target")
    # Of segments that are damaged there is no text here; the reader will say what is wrong with them.
    segments = [each for each in target if isinstance(each, dict)] if isinstance(target, list) else []
    present = " ".join(str(each.get("text", "")) for each in segments)
    ours = [present] if fields.get("origin") in {"mt", "memory"} and present else []
    # What the machine said last is known again, too, if a person puts it back.
    ours += [machine] if isinstance(machine, str) and machine and machine != present else []
    made["written"] = [wording(text) for text in reversed(ours)]
    if fields.get("origin") == "mt" and present == machine:
        made["maker"] = provenance.maker
    return made

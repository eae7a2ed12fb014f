"""What ``--engine`` and ``--url`` mean together."""

from __future__ import annotations

from pathlib import Path

from aligner.errors import InputError


def server_address(engine: str, url: str | None, model: Path | None) -> str | None:
    """The address of the server to ask; None where packages translate. InputError for options that do not agree."""
    if engine == "argos":
        if url is not None:
            raise InputError("--url goes with --engine libretranslate", hint="add it, or leave out --url")
        return None
    if model is not None:
        raise InputError("--model goes with --engine argos: a server uses its own", hint="leave out one of the two")
    from aligner.translation.libretranslate import LOCAL

    return url or LOCAL

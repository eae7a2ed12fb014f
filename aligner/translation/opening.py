"""The engine for a pair of languages: which one, and with what. The front door of translation.

An engine is anything with the methods of `aligner.translation.interface.Engine`. Another one is a file of its own, a
branch in `open_engine`, and a word for ``--engine``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aligner.errors import InputError
from aligner.languages.pair import find_pair
from aligner.model import Languages
from aligner.terms import Glossary
from aligner.translation.argos.engine import open_translator
from aligner.translation.interface import Engine, Preference, TranslateOptions
from aligner.translation.libretranslate import LibreTranslate, Server
from aligner.translation.packages.route import find_route
from aligner.translation.pivot import PivotTranslator


def open_engine(
    languages: Languages,
    *,
    model: Path | None = None,
    server: Server | None = None,
    cache: Path | None = None,
    options: TranslateOptions | None = None,
    preferences: Sequence[Preference] = (),
    glossary: Glossary | None = None,
) -> Engine:
    """An engine for a pair of languages, which keeps its work in the file `cache` (nowhere when None).

    With a `server` that one is asked. Otherwise a package does the work or, where there is none for the pair, two
    packages with English between them. Only a package of the pair itself listens to `preferences` and keeps the terms
    of a glossary: raises InputError for a glossary with any other, EnvironmentProblem when there is no package.
    """
    if glossary and (what := unable_to_keep_terms(languages, model=model, server=server)):
        raise InputError(f"{what} cannot keep the terms of a glossary", hint="translate without a glossary")
    if server is not None:
        return LibreTranslate(server, *languages, cache=cache)
    route = find_route(languages, model=model)
    if len(route) == 1:
        return open_translator(route[0], cache=cache, options=options, preferences=preferences, glossary=glossary)
    # Neither half sees both languages, so neither can keep a term or judge by a memory (decision 30).
    first, second = (open_translator(package, cache=cache, options=options) for package in route)
    return PivotTranslator(first, second, find_pair(*languages))


def unable_to_keep_terms(languages: Languages, *, model: Path | None = None, server: Server | None = None) -> str:
    """What would translate, in words, if it cannot keep the terms of a glossary; empty if it can.

    Raises what `aligner.translation.find_route` raises.
    """
    if server is not None:
        return "a LibreTranslate server"
    if len(find_route(languages, model=model)) > 1:
        return f"the way from {' to '.join(languages)} through English"
    return ""

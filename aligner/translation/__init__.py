"""Translation: Argos packages, driven directly and in one stream.

    find_package ──▶ Package ──open_translator──▶ Translator.translate(texts) ──▶ Renderings
    open_engine: whichever engine leads from one language to another

`aligner.translation.argos.engine` says how texts become renderings, `aligner.translation.packages.package` which
model is used, `aligner.translation.opening` which other engines there are. Around the model:

    before      protect.preparations   one table: what is done to a text before the model reads it
    the model   argos                  texts, passages, attempts; plan, clauses, tokenizer, decoder
    afterwards  protect.repairs        one table: what is done to what the model said
                faults, coverage       what is wrong with an output, what it leaves out
                confidence, required   how good it is; what memories and glossaries ask of it
                explain                all of this for one phrase

CTranslate2 and SentencePiece are imported when the first text needs them, not before.
"""

from aligner.translation.argos.engine import ArgosTranslator, engine_name, open_translator
from aligner.translation.cache import shared_cache
from aligner.translation.interface import (
    Engine,
    Flag,
    MadeBy,
    Preference,
    Progress,
    Rendering,
    TranslateOptions,
    Translator,
)
from aligner.translation.libretranslate import LibreTranslate, Server
from aligner.translation.opening import open_engine, unable_to_keep_terms
from aligner.translation.packages.download import download_package
from aligner.translation.packages.install import install_package
from aligner.translation.packages.package import (
    FoundIn,
    Package,
    find_package,
    list_packages,
    read_package,
)
from aligner.translation.packages.route import find_route
from aligner.translation.pivot import PivotTranslator
from aligner.translation.streams.cells import LineTranslator
from aligner.translation.streams.lines import LineReader, translate_chunks, translate_lines
from aligner.translation.streams.resumable import can_resume, lines_kept, translate_to_file

__all__ = [
    "ArgosTranslator",
    "Engine",
    "Flag",
    "FoundIn",
    "LibreTranslate",
    "LineReader",
    "LineTranslator",
    "MadeBy",
    "Package",
    "PivotTranslator",
    "Preference",
    "Progress",
    "Rendering",
    "Server",
    "TranslateOptions",
    "Translator",
    "can_resume",
    "download_package",
    "engine_name",
    "find_package",
    "find_route",
    "install_package",
    "lines_kept",
    "list_packages",
    "open_engine",
    "open_translator",
    "read_package",
    "shared_cache",
    "translate_chunks",
    "translate_lines",
    "translate_to_file",
    "unable_to_keep_terms",
]

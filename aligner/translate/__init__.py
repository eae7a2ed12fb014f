"""Translation: Argos packages, driven directly and in one stream.

    find_package ──▶ Package ──open_translator──▶ Translator.translate(texts) ──▶ Renderings

`aligner.translate.engine` says how texts become renderings, `aligner.translate.package` which model is used.
CTranslate2 and SentencePiece are imported when the first text needs them, not before.
"""

from aligner.translate.download import download_package
from aligner.translate.engine import ArgosTranslator, engine_name, open_translator
from aligner.translate.install import install_package
from aligner.translate.interface import Flag, Preference, Progress, Rendering, TranslateOptions, Translator
from aligner.translate.lines import translate_lines
from aligner.translate.package import Found, Package, find_package, list_packages, read_package

__all__ = [
    "ArgosTranslator",
    "Flag",
    "Found",
    "Package",
    "Preference",
    "Progress",
    "Rendering",
    "TranslateOptions",
    "Translator",
    "download_package",
    "engine_name",
    "find_package",
    "install_package",
    "list_packages",
    "open_translator",
    "read_package",
    "translate_lines",
]

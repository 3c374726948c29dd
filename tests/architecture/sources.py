"""What architecture tests read: every module of ours as a syntax tree, and every template as text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from implementor.settings import PROJECT_ROOT

GENERATED = ("implementor/migrations/versions",)


@dataclass(frozen=True)
class Source:
    """A Python file: its path from the root, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def package(self) -> str:
        """The feature it belongs to, such as `stories`."""
        parts = self.path.split("/")
        return parts[1] if len(parts) > 2 else ""

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Everything in the tree, gone through once for all questions."""
        return tuple(ast.walk(self.tree))

    def functions(self) -> Iterator[tuple[str, int, int]]:
        """Name, line and length of each function, from its first line to its last."""
        for node in self.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.name, node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Last name of what is called, and the call."""
        for node in self.nodes:
            if isinstance(node, ast.Call):
                yield getattr(node.func, "attr", getattr(node.func, "id", "")), node

    def imports(self) -> Iterator[str]:
        """Full names of the modules it imports."""
        for node in self.nodes:
            if isinstance(node, ast.ImportFrom):
                yield from ([node.module] if node.module else [])
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            elif isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)


@cache
def sources(folder: str) -> tuple[Source, ...]:
    """Python files below a folder of the project."""
    found = sorted((PROJECT_ROOT / folder).rglob("*.py"))
    return tuple(_read(path) for path in found if not _is_generated(path))


def _read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(path.relative_to(PROJECT_ROOT).as_posix(), text, ast.parse(text))


def _is_generated(path: Path) -> bool:
    return path.relative_to(PROJECT_ROOT).as_posix().startswith(GENERATED)


@cache
def templates() -> dict[str, str]:
    """Name of each template -> its text."""
    root = PROJECT_ROOT / "templates"
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in sorted(root.rglob("*.*"))}

"""What every Python file keeps to: size, names, texts for people through gettext, SQL never made of strings."""

from __future__ import annotations

import ast
from statistics import median

from tests.architecture.sources import Source, sources

LONGEST_FUNCTION, LONGEST_FILE, LONGEST_TEST = 40, 300, 30
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
TELLING = {"tell", "tell_done", "done_quietly", "flash"}
DRAWN = ("views", "forms")
SHARED_FORMS = frozenset({"web"})
"""Packages whose forms are made for others: `web.forms` is the base of all forms."""


def everything() -> tuple[Source, ...]:
    return (*sources("implementor"), *sources("tests"), *sources("tools"))


def test_functions_and_files_stay_small() -> None:
    long = [
        f"{one.path} has {len(one.text.splitlines())} lines"
        for one in everything()
        if len(one.text.splitlines()) > LONGEST_FILE
    ]
    for one in everything():
        for name, line, length in one.functions():
            most = LONGEST_TEST if name.startswith("test_") else LONGEST_FUNCTION
            if length > most:
                long.append(f"{one.path}:{line} {name} has {length} lines")
    assert long == []


def test_most_functions_fit_in_a_glance() -> None:
    assert median(length for one in sources("implementor") for _, _, length in one.functions()) <= 10


def test_no_module_has_a_name_that_says_nothing() -> None:
    names = [one.path for one in everything() if set(one.path.removesuffix(".py").split("/")) & FORBIDDEN_NAMES]
    assert names == []


def test_each_module_opens_by_saying_what_it_is_for() -> None:
    silent = [one.path for one in everything() if one.text.strip() and not ast.get_docstring(one.tree)]
    assert silent == []


def test_nothing_is_left_to_do_and_no_fault_is_swallowed() -> None:
    faults = []
    for one in everything():
        if one.path.endswith(("architecture/test_sources.py", "architecture/sources.py")):
            continue
        faults += [f"{one.path}: {word}" for word in ("TODO", "FIXME", "XXX") if f"# {word}" in one.text]
        for node in one.nodes:
            if isinstance(node, ast.ExceptHandler) and _swallows(node):
                faults.append(f"{one.path}:{node.lineno} swallows a fault")
    assert faults == []


def _swallows(handler: ast.ExceptHandler) -> bool:
    name = getattr(handler.type, "id", "") if handler.type else "BaseException"
    is_wide = name in ("Exception", "BaseException")
    return is_wide and not any(isinstance(node, ast.Raise | ast.Call) for node in ast.walk(handler))


def test_views_and_forms_are_private_to_their_package() -> None:
    faults = []
    for one in sources("implementor"):
        for module in one.imports():
            parts = module.split(".")
            if parts[0] != "implementor" or len(parts) < 3 or parts[2] not in DRAWN or parts[1] in SHARED_FORMS:
                continue
            if parts[1] != one.package:
                faults.append(f"{one.path} imports {module}")
    assert faults == []


def test_what_people_are_told_goes_through_say() -> None:
    telling, faults = TELLING | _refusals(), []
    for one in sources("implementor"):
        for name, call in one.calls():
            if name in telling and call.args and isinstance(call.args[0], ast.Constant | ast.JoinedStr):
                faults.append(f"{one.path}:{call.lineno} {name}")
    assert faults == []


def _refusals() -> set[str]:
    known = {"Refusal", "InvalidInput", "BadValue"}
    for one in sources("implementor"):
        for node in one.nodes:
            if isinstance(node, ast.ClassDef) and {getattr(base, "id", "") for base in node.bases} & known:
                known.add(node.name)
    return known


def test_sentences_are_literals_with_named_values() -> None:
    faults = []
    for one in sources("implementor"):
        for name, call in one.calls():
            if name in ("say", "say_n") and call.args and not isinstance(call.args[0], ast.Constant):
                faults.append(f"{one.path}:{call.lineno}")
    assert faults == [], "gettext finds literals only"


def test_sql_text_is_a_literal_or_made_of_constants_of_the_code() -> None:
    faults = []
    for one in (*sources("implementor"), *sources("tools")):
        for name, call in one.calls():
            is_sql = name in ("text", "literal_column", "exec_driver_sql", "DDL") and one.path not in SQL_OF_CONSTANTS
            if is_sql and call.args and isinstance(call.args[0], ast.JoinedStr | ast.BinOp | ast.Call):
                faults.append(f"{one.path}:{call.lineno} {name}")
    assert faults == []


SQL_OF_CONSTANTS = {
    "implementor/foundation/bulk.py": "runs what SQLAlchemy compiled, with every value bound",
    "implementor/foundation/statements.py": "writes a whole number as a limit",
}
"""Files that make SQL of names which no person can enter, with the reason."""

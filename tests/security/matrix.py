"""The authorisation matrix as a file: what every actor gets at every address.

`python -m tests.security.matrix` writes it anew from what the application does now. Read the difference before
committing it: the file is the promise, and `test_authorisation.py` checks it against the declared permissions too.
"""

from __future__ import annotations

import shutil
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from flask import Flask

from implementor.foundation.permissions import EVERYONE_IN_PROJECT, PROJECT_ROLES, Role, declared
from tests.machinery.applications import Workshop
from tests.machinery.copies import Copies
from tests.machinery.runs import run
from tests.security.cells import Cell, cells_of, unknown_arguments
from tests.security.walking import Walker
from tests.security.world import ACTORS, World, build_world

FILE = Path(__file__).parent / "authz.toml"
HEAD = """\
# What every actor gets at every address, one line each. Written by `python -m tests.security.matrix`; read the
# difference before committing it. 303 of `anonymous` and `deactivated` leads to the sign-in page; 404 in a project
# hides it from those who are not in it. `member`, `viewer` and `project_lead` are of VEN, `stranger` leads COL;
# `seller` and `crm_admin` work in the CRM, whose records are the seller's.

[cells]
"""
ROLES: dict[str, frozenset[Role]] = {
    "anonymous": frozenset(),
    "deactivated": frozenset(),
    "viewer": frozenset({Role.VIEWER}),
    "member": frozenset({Role.MEMBER}),
    "project_lead": frozenset({Role.PROJECT_LEAD}),
    "pmo": frozenset({Role.PMO}),
    "admin": frozenset({Role.ADMIN}),
    "stranger": frozenset(),
    "removed": frozenset(),
    "seller": frozenset({Role.CRM_USER}),
    "crm_admin": frozenset({Role.CRM_ADMIN}),
}
"""The roles that count for an actor inside VEN."""
SEATED = {"project_lead": frozenset({Role.COMMITTEE}), "viewer": frozenset({Role.VIEWER})}
"""The roles that count at the committee of VEN's programme, by the seats there; see `world_committees`."""


def read_matrix() -> dict[str, dict[str, Any]]:
    """Line of the matrix -> permission and the status of each actor."""
    cells: dict[str, dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["cells"]
    return cells


def walked(app: Flask) -> list[Cell]:
    """The cells that the matrix has a line for; that it has all of them is a test of its own."""
    known = read_matrix()
    return [cell for cell in cells_of(app) if cell.key in known]


def may_by_declaration(actor: str, cell: Cell) -> bool:
    """Whether the declared permission lets this actor in; what a view asks on top can only take away."""
    wanted = declared[cell.permission].roles
    if Role.ANYONE in wanted:
        return True
    if actor in ("anonymous", "deactivated"):
        return False
    held = ROLES[actor]
    if "project_key" in cell.arguments:
        return bool(held & set(EVERYONE_IN_PROJECT)) and bool((held | {Role.SIGNED_IN}) & wanted)
    if cell.endpoint.startswith("programmes."):
        return bool((held - set(PROJECT_ROLES) | SEATED.get(actor, frozenset())) & wanted)
    return bool((held - set(PROJECT_ROLES) | {Role.SIGNED_IN}) & wanted)


def written(walker: Walker, copies: Copies[World], file: Path) -> str:
    """The text of the file, from what the application does."""
    lines = []
    for cell in cells_of(walker.app):
        if unknown := unknown_arguments(cell):
            print(f"{cell.key}: cells.py does not know {sorted(unknown)}")  # noqa: T201  # this is a command
            continue
        statuses = []
        for name in ACTORS:
            statuses.append(f"{name} = {walker.try_cell(name, cell).status_code}")
            if not cell.is_safe:
                copies.put_back(file)
        lines.append(f'"{cell.key}" = {{ permission = "{cell.permission}", {", ".join(statuses)} }}')
    return HEAD + "\n".join(lines) + "\n"


def main() -> None:
    """Write the file."""
    folder = Path(tempfile.mkdtemp(prefix="implementor-matrix-"))
    run.open()
    workshop, copies = Workshop(folder, str, "matrix"), Copies[World]()
    app = workshop.app("sqlite")
    file: Path = workshop.databases["sqlite"].file  # type: ignore[union-attr]  # it is the embedded one
    copies.keep(file, build_world(app))
    assert copies.world is not None
    FILE.write_text(written(Walker(app, copies.world), copies, file), encoding="utf-8")
    workshop.close()
    run.close()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()

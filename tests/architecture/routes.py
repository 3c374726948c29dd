"""The list of routes, kept in `routes.txt`; `python -m tests.architecture.routes` writes it anew."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

FILE = Path(__file__).parent / "routes.txt"


def routes_of(app: Flask) -> str:
    """One line each: methods, rule, endpoint, permission; in the order of addresses."""
    lines = []
    for rule in app.url_map.iter_rules():
        permission = getattr(app.view_functions[rule.endpoint], "permission", None)
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        lines.append((rule.rule, f"{methods} {rule.rule} {rule.endpoint} {permission.name if permission else '-'}"))
    return "\n".join(line for _, line in sorted(lines)) + "\n"


def main() -> None:
    """Write the file."""
    from implementor.factory import create_app
    from implementor.settings import load_settings

    FILE.write_text(routes_of(create_app(load_settings({"IMPLEMENTOR_DATABASE_URL": "sqlite:////nowhere"}))))


if __name__ == "__main__":
    main()

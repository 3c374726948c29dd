"""Bringing files of customer records in by the command, as tests of every kind do it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from implementor.exchange.models import ImportRun
from tests.auth.builders import reading
from tests.crm.builders import Company


def brought_in(
    here: Company, kind: str, folder: Path, text: str, name: str = "erp.csv", *options: str
) -> Mapping[str, Any]:
    """Import a file of this text; the report."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return imported(here, kind, file, *options)


def imported(here: Company, kind: str, file: Path, *options: str) -> Mapping[str, Any]:
    """Import a file; the report."""
    arguments = ["import", kind, str(file), "--json", "--as", here.people["crm_admin"].email, *options]
    answer = here.app.test_cli_runner().invoke(args=arguments)
    assert answer.stdout, answer
    report: Mapping[str, Any] = json.loads(answer.stdout)
    return report


def counts(report: Mapping[str, Any]) -> tuple[int, int, int, int]:
    """Rows created, updated, unchanged, refused."""
    return report["created"], report["updated"], report["unchanged"], report["refused"]


def take_back(here: Company) -> None:
    """Undo the last import."""
    with reading(here.app) as session:
        last = session.scalar(select(func.max(ImportRun.id)))
    answer = here.app.test_cli_runner().invoke(args=["imports", "undo", str(last), "--as", "crm_admin@vega.example"])
    assert answer.exit_code == 0, answer.output

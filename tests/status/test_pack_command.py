"""The command that writes a pack to a file: which report, which format, and for whom it refuses."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.auth.builders import add_person
from tests.status.builders import alive, issue


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the commands write."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def build(app: Flask, *arguments: str) -> Any:
    """What the command says."""
    return app.test_cli_runner().invoke(args=["pack", "build", *arguments])


def test_the_last_report_is_written_in_each_format_and_stays_as_it_was(app: Flask, folder: Path) -> None:
    here = alive(app)
    issue(here.browser())
    assert build(app, "VEN", "--as", here.lead.email).output.startswith("VEN-1.pdf: ")
    assert build(app, "ven", "--format", "pptx", "-o", "deck.pptx").exit_code == 0
    first = (folder / "VEN-1.pdf").read_bytes()
    assert (first[:5], (folder / "deck.pptx").read_bytes()[:2]) == (b"%PDF-", b"PK")
    assert build(app, "VEN").exit_code == 0
    assert (folder / "VEN-1.pdf").read_bytes() == first
    assert build(app, "VEN", "--format", "html", "--report", "1").exit_code == 0
    page = (folder / "VEN-1.html").read_text(encoding="utf-8")
    assert "The supplier leaves" in page
    assert "<style>" in page


def test_what_is_not_issued_or_not_theirs_is_refused(app: Flask, folder: Path) -> None:
    here = alive(app)
    stranger = add_person(app, "Ana Ajena")
    assert build(app, "VEN").exit_code == 1
    issue(here.browser())
    refused = build(app, "VEN", "--as", stranger.email)
    assert (refused.exit_code, "no project VEN" in refused.output) == (1, True)
    assert "may not take packs" in build(app, "VEN", "--as", here.viewer.email).output
    assert build(app, "VEN", "--report", "7").exit_code == 1
    assert list(folder.iterdir()) == []

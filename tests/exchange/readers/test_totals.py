"""Rows that add up the others are told from records, and a person can say that they are records."""

from pathlib import Path

import pytest
from flask import Flask

from implementor.exchange.models import ImportRun
from implementor.exchange.readers.opening import open_source
from implementor.exchange.readers.source import Cell, SourceHints
from implementor.exchange.readers.totals import why_no_record
from tests.auth.builders import reading
from tests.exchange.builders import file_with, stories_in, upload, work_off
from tests.waves.builders import rollout

SHEET = "Title,Owner,Points\nSend quotes,Ana,3\nTake orders,Luis,5\nTotal,,8\n"


@pytest.mark.parametrize(
    "cells",
    [["Total", None, 45], [None, "TOTAL GENERAL", 12.5, "1.250,00 €"], ["Grand total:", "", "45"], ["Suma", 3, ""],
     ["Subtotal", "n/a", 7], ["Total: 45", None], ["Totales", "12 %"], ["Total de puntos", 8], ["Promedio", "3,5"],
     ["Total 12 stories", None]],
)  # fmt: skip
def test_a_sum_is_no_record(cells: list[Cell]) -> None:
    assert why_no_record(cells) is not None


@pytest.mark.parametrize(
    "cells",
    [["Total", "Ana", 45], ["Total Energies", None, 45], ["Total", None, None], ["Totally new story", 5],
     ["Summary of orders", 3], ["Report the total", None, 5], ["Ana", "Total", 4], [45, "Total"], [None, None],
     ["Total", "2026-01-31", 4], ["Total", "ana@total.example", 5]],
)  # fmt: skip
def test_a_record_that_sounds_like_one_stays(cells: list[Cell]) -> None:
    assert why_no_record(cells) is None


def test_it_is_set_aside_with_its_reason_unless_a_person_says_it_is_a_record(tmp_path: Path) -> None:
    path = file_with(tmp_path, SHEET)
    problems = [str(row.problem or "") for row in open_source(path, filename=path.name, hints=SourceHints()).rows()]
    assert problems[:2] == ["", ""]
    assert "adds up the others (Total)" in problems[2]
    taken = open_source(path, filename=path.name, hints=SourceHints(takes_totals=True)).rows()
    assert [row.problem for row in taken] == [None, None, None]


def test_the_check_shows_it_and_the_page_can_take_it(app: Flask) -> None:
    here = rollout(app)
    browser = here.browser()
    page = upload(browser, here, SHEET.encode())
    assert "adds up the others (Total)" in page.text
    page.form("reading").submit(button="Next: columns").form("columns").submit(button="Check all rows").form(
        "Import 2 rows"
    ).submit()
    work_off(app)
    with reading(app) as session:
        assert session.get_one(ImportRun, 1).refused_count == 1
    assert set(stories_in(here)) == {"Send quotes", "Take orders"}
    page = upload(browser, here, SHEET.encode()).form("reading").submit(takes_totals="y", button="Next: columns")
    page.form("columns").submit(button="Check all rows").form("Import 3 rows").submit()
    work_off(app)
    assert "Total" in stories_in(here)

"""Hostile texts survive export and import, in every field that takes text."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.foundation.text import clean, clean_line
from implementor.stories.models import Story
from implementor.stories.services import create_story
from tests.auth.builders import reading
from tests.exchange.builders import brought_in
from tests.exchange.real_data import real
from tests.waves.builders import START, Rollout, rollout

FIELDS = ("title", "as_a", "i_want", "so_that", "description", "module")
LONGEST = 80
Told = list[tuple[str | None, ...]]


def hostile() -> list[str]:
    """Real hostile strings that a story's line can hold."""
    texts = json.loads(real("naughty-strings/blns.json").read_text(encoding="utf-8"))
    return [text for text in map(clean_line, texts) if text.strip("'") and len(text) <= LONGEST]


def told(here: Rollout) -> Told:
    """The texts of all stories in their order."""
    columns = [getattr(Story, name) for name in FIELDS]
    with reading(here.app) as session:
        rows = session.execute(select(*columns).where(Story.project_id == here.project_id).order_by(Story.rank))
        return [tuple(row) for row in rows]


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_hostile_texts_go_out_and_come_back(app: Flask, tmp_path: Path, form: str) -> None:
    here, there = rollout(app), rollout(app, "OTH")
    texts = hostile()
    with here.working() as session:
        for place in range(0, len(texts) - len(FIELDS), len(FIELDS)):
            values = dict(zip(FIELDS, texts[place : place + len(FIELDS)], strict=True))
            create_story(session, here.scope(), {**values, "type": "function"}, by=here.actor(), at=START)
    browser = here.browser()
    answer = browser.client.get(here.url(f"/lists/story/export.{form}?columns=number,{','.join(FIELDS)}"))
    path = tmp_path / f"export.{form}"
    path.write_bytes(answer.get_data())
    answer.close()
    brought_in(there, path, {"Number": ""})
    sent, got = told(here), told(there)
    assert len(got) == len(sent)
    for before, after in zip(sent, got, strict=True):
        assert after == before


def test_formulas_stay_text(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    path = tmp_path / "formulas.csv"
    path.write_text('Title,Description\n=1+1,"=HYPERLINK(""http://x"")"\n\'+cmd,@SUM(A1)\n', encoding="utf-8")
    brought_in(here, path)
    assert {title for title, *_ in told(here)} == {"=1+1", "+cmd"}
    page = here.browser().get(here.url("/stories/1"))
    assert clean(page.heading)

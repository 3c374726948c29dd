"""Lists by key against brute force: every order, with and without values, forwards and back."""

import random
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.foundation import pages
from implementor.foundation.pages import BadCursor, SortKey, bounded_count, page_of, page_walked
from implementor.stories.models import Story
from implementor.web.database import db
from tests.stories.builders import backlog

CHOICE = random.Random(20261121)  # for data, not for secrets


def fill(app: Flask) -> None:
    here = backlog(app)
    with here.working() as session:
        for number in range(1, 24):
            session.add(
                Story(
                    project_id=here.project_id,
                    number=number,
                    title=CHOICE.choice("abc"),
                    rank=f"{number:03}",
                    tags=[],
                    value=CHOICE.choice([None, None, 1, 2, 3]),
                    points=CHOICE.choice([None, Decimal("0.5"), Decimal(8)]),
                )
            )


def expected(rows: list[Story], name: str, descending: bool) -> list[int]:
    """Ids in order: rows with a value first, then those without, by id in the same direction."""
    ids = sorted(rows, key=lambda row: row.id, reverse=descending)
    known = [row for row in ids if getattr(row, name) is not None]
    known.sort(key=lambda row: getattr(row, name), reverse=descending)
    return [row.id for row in [*known, *(row for row in ids if getattr(row, name) is None)]]


def walk(session: Session, keys: list[SortKey], limit: int) -> list[list[int]]:
    """Every page from the first to the last."""
    pages, cursor = [], None
    while True:
        page = page_of(session, select(Story.id), order_by=keys, limit=limit, after=cursor)
        pages.append([row.id for row in page.rows])
        cursor = page.next
        if cursor is None:
            return pages


@pytest.mark.parametrize("name", ["value", "points", "title_key", "rank"])
@pytest.mark.parametrize("descending", [False, True])
def test_pages_are_the_whole_list_cut_in_pieces_in_both_directions(app: Flask, name: str, descending: bool) -> None:
    fill(app)
    keys = [SortKey(getattr(Story, name), descending, nullable=True), SortKey(Story.id, descending)]
    with app.app_context(), Session(db.engine) as session:
        whole = expected(list(session.scalars(select(Story))), name, descending)
        for limit in (1, 4, 23, 50):
            forwards = walk(session, keys, limit)
            assert [one for page in forwards for one in page] == whole
            last = page_of(session, select(Story.id), order_by=keys, limit=limit, after=None)
            backwards: list[list[int]] = []
            cursor = _end(session, keys, limit)
            while cursor:
                page = page_of(session, select(Story.id), order_by=keys, limit=limit, before=cursor)
                backwards.insert(0, [row.id for row in page.rows])
                cursor = page.previous
            assert [one for page in backwards for one in page] == whole[: len(whole) - len(forwards[-1])]
            assert last.previous is None


@pytest.mark.sqlite_only("PostgreSQL chooses by itself")
@pytest.mark.parametrize(("name", "nullable"), [("value", True), ("title_key", False)])
@pytest.mark.parametrize("descending", [False, True])
def test_a_page_that_is_walked_to_is_the_one_that_sorting_finds(
    app: Flask, monkeypatch: pytest.MonkeyPatch, name: str, nullable: bool, descending: bool
) -> None:
    fill(app)
    monkeypatch.setattr(pages, "WALKED", 5)
    keys = [SortKey(getattr(Story, name), descending, nullable), SortKey(Story.id, descending)]
    condition, walked = Story.number % 2 == 1, 0
    with app.app_context(), Session(db.engine) as session:
        page = page_of(session, select(Story.id).where(condition), order_by=keys, limit=2)
        for way in ("after", "before"):
            while (cursor := page.next if way == "after" else page.previous) is not None:
                asked: dict[str, Any] = {"order_by": keys, "limit": 2, way: cursor}
                page = page_of(session, select(Story.id).where(condition), **asked)
                found = page_walked(session, select(Story.id), condition, **asked)
                assert found is None or (found.rows, found.next) == (page.rows, page.next)
                walked += found is not None
    assert walked or nullable  # by chance few have a value


def _end(session: Session, keys: list[SortKey], limit: int) -> str | None:
    """The cursor that leads back from the last page."""
    page = page_of(session, select(Story.id), order_by=keys, limit=limit)
    while page.next:
        page = page_of(session, select(Story.id), order_by=keys, limit=limit, after=page.next)
    return page.previous


def test_a_cursor_of_another_order_is_refused(app: Flask) -> None:
    fill(app)
    with app.app_context(), Session(db.engine) as session:
        by_title = [SortKey(Story.title_key), SortKey(Story.id)]
        cursor = page_of(session, select(Story.id), order_by=by_title, limit=2).next
        for other in (
            [SortKey(Story.value), SortKey(Story.id)],
            [SortKey(Story.points), SortKey(Story.id)],
            [SortKey(Story.created_at), SortKey(Story.id)],
            [SortKey(Story.id)],
        ):
            with pytest.raises(BadCursor):
                page_of(session, select(Story.id), order_by=other, limit=2, after=cursor)


def test_rows_are_counted_no_further_than_the_bound(app: Flask) -> None:
    fill(app)
    with app.app_context(), Session(db.engine) as session:
        assert bounded_count(session, select(Story), 10) == (10, True)
        assert bounded_count(session, select(Story), 23) == (23, False)
        assert bounded_count(session, select(Story).where(Story.value == 99)) == (0, False)

"""Somebody who sets up the CRM, a list of words of its own, and what is live in a database."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from implementor.configuration.models import StoredPicklist, StoredPipeline
from implementor.configuration.snapshots import now_live
from implementor.foundation.live import LiveConfiguration
from implementor.foundation.permissions import Role
from tests.auth.builders import Person, add_person, reading, sign_in, working
from tests.machinery.pages import Browser

LIST = "test.colour"


def administrator(app: Flask, browser: Browser) -> Person:
    """A signed-in administrator of the CRM."""
    person = add_person(app, "Carmen", Role.CRM_ADMIN)
    sign_in(browser, person, to="/settings/words")
    return person


def live_now(app: Flask) -> LiveConfiguration:
    """What the next request will work with."""
    with reading(app) as session:
        return now_live(session)


def add_list(app: Flask, *words: tuple[str, str]) -> int:
    """A stored list of words (English, Spanish) that the program does not ship; its id."""
    from implementor.configuration.models import PicklistValue
    from implementor.foundation.rank import ranks_after

    with working(app) as session:
        row = StoredPicklist(key=LIST, label_en="Colour", label_es="Color", default_key=None)
        session.add(row)
        session.flush()
        for (english, spanish), rank in zip(words, ranks_after(None, len(words)), strict=True):
            values: dict[str, Any] = {"label_en": english, "label_es": spanish, "rank": rank}
            session.add(PicklistValue(picklist_id=row.id, key=english.lower(), **values))
        session.flush()
        return row.id


def sales(app: Flask) -> StoredPipeline:
    """The pipeline that every installation begins with."""
    with reading(app) as session:
        return session.scalars(select(StoredPipeline).where(StoredPipeline.key == "sales")).one()

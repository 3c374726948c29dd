"""The configuration as it was on every day between releases and edits by hand, and what differs between two days."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask

from implementor.configuration.bygone import UNTOLD, Moment, rows_at, rows_now
from implementor.configuration.first_use import speeches
from implementor.foundation.permissions import Role
from implementor.releases.release_services import release_wave
from tests.auth.builders import add_person, reading
from tests.projects.builders import browser_of
from tests.releases.release_builders import Shop, own_field, shop
from tests.waves.builders import wave_in

A_DAY = timedelta(days=1)
START = datetime(2100, 3, 1, 9, tzinfo=UTC)
"""Long after the words of the program were brought in, which have no other history."""


def _released(made: Shop, day: int) -> None:
    with made.here.working() as session:
        wave, by = wave_in(session, made.here), made.here.actor()
        release_wave(session, wave, speeches=speeches(), by=by, at=START + day * A_DAY)


def _seen(made: Shop) -> dict[tuple[str, int], object]:
    with reading(made.app) as session:
        return _told(rows_now(session))


def _told(rows: Any) -> dict[tuple[str, int], object]:
    return {
        which: {name: value for name, value in values.items() if name not in UNTOLD} for which, values in rows.items()
    }


def _lived(app: Flask) -> tuple[Shop, list[object]]:
    """Three releases and an edit by hand between each two; how it was at the end of each day."""
    made, (story,) = shop(app)
    days = [_seen(made)]
    made.new_word(story, "Space travel")
    made.item(story, "f_abcde", own_field("f_abcde", "Colour", ("Blue", "Azul")), kind="custom_field")
    _released(made, 1)
    days.append(_seen(made))
    made.rename_by_hand("space_travel", "Orbit", at=START + 2 * A_DAY)
    days.append(_seen(made))
    made.renamed(story, "space_travel", "Orbits")
    _released(made, 3)
    days.append(_seen(made))
    made.item(story, "f_abcde", None, kind="custom_field")
    _released(made, 4)
    days.append(_seen(made))
    return made, list(days)


def test_every_day_and_every_release_answers_as_it_was(app: Flask) -> None:
    made, days = _lived(app)
    with reading(app) as session:
        for day, seen in enumerate(days):
            found = rows_at(session, Moment(START + day * A_DAY + timedelta(hours=1)))

            assert _told(found) == seen, day
        for number, day in ((1, 1), (2, 3), (3, 4)):
            release = made.release(number)
            found = rows_at(session, Moment(release.applied_at, release.action_id))
            assert _told(found) == days[day]


def test_two_days_are_compared_field_by_field_with_what_brought_each(app: Flask) -> None:
    _made, _days = _lived(app)
    browser = browser_of(app, add_person(app, "Carmen", Role.CRM_ADMIN))
    page = browser.get("/settings/configuration-on?release=1&against_release=2")
    (row,) = page.rows("main table")[:1]
    assert "Orbits" in row["Setting"]
    assert "Name in English: Space travel → Orbits" in row["Details"]
    assert "Release 2" in row["Since"]
    page = browser.get("/settings/configuration-on?on=2020-01-01&against_release=1")
    assert "Colour" in page.text
    page = browser.get("/settings/configuration-on?release=2&against_release=3")
    assert "Taken out of use" in page.text
    for wrong in ("on=tomorrow", "release=99", "on=9999-12-31", "against=9999-99-99"):
        browser.get(f"/settings/configuration-on?{wrong}", status=422)
    told = json.loads(browser.get("/settings/configuration-on/file?release=1").response.get_data())
    (word,) = [one for one in told if one["values"].get("key") == "space_travel"]
    assert (word["values"]["label_en"], word["release"]) == ("Space travel", 1)

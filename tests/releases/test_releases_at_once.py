"""Two who close one wave at the same moment: its settings go live once."""

from flask import Flask
from sqlalchemy import func, select

from implementor.releases.release_models import ConfigRelease, ReleaseOperation
from tests.auth.builders import reading
from tests.duplicates.test_at_once import at_once
from tests.releases.release_builders import shop


def test_of_two_who_close_a_wave_at_once_one_brings_its_settings_live(app: Flask) -> None:
    made, (story,) = shop(app)
    made.new_word(story, "Museums")
    made.try_out()
    one, other = made.here.browser(), made.here.browser()
    for browser in (one, other):
        browser.get(made.here.url("/waves/1/close"))
    at_once(
        lambda: one.post(made.here.url("/waves/1/close"), status=None),
        lambda: other.post(made.here.url("/waves/1/close"), status=None),
    )
    with reading(app) as session:
        assert session.scalar(select(func.count()).select_from(ConfigRelease)) == 1
        assert session.scalar(select(func.count()).select_from(ReleaseOperation)) == 1
    assert made.words().count("museums") == 1

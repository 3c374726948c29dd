"""What follows for releases: a wave that goes live brings its settings, and what a release made live stays its."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.configuration.first_use import speeches
from implementor.foundation.errors import Refusal
from implementor.foundation.events import listens_to
from implementor.foundation.words import say
from implementor.history.events import RecordChanged
from implementor.releases.events import ReleaseApplied, ReleaseTakenBack
from implementor.releases.pilot_services import released_to_all
from implementor.releases.release_news import tell_of_release, tell_of_return
from implementor.releases.release_queries import standing_of_story, standing_of_wave
from implementor.releases.release_services import name_closing, release_wave
from implementor.stories.statuses import RELEASED
from implementor.waves.events import WaveGoesLive


class ReleaseStands(Refusal):
    """What a release brought is not undone piece by piece."""


@listens_to(WaveGoesLive)
def bring_settings(session: Session, event: WaveGoesLive) -> None:
    """The settings of the stories that go live go live with them, in the same transaction, or the wave stays."""
    if release_wave(session, event.wave, speeches=speeches(), by=event.by, at=event.at) is not None:
        name_closing(session)


@listens_to(RecordChanged)
def keep_what_is_released(session: Session, event: RecordChanged) -> None:
    """A wave or story whose release stands does not go back to being built, however somebody tries."""
    if event.kind == "wave" and event.before.get("closed_at") is not None and event.record.closed_at is None:
        number = session.connection().scalar(standing_of_wave(wave_id=event.record.id))
        _refuse(number)
    if event.kind == "story" and _leaves_life(event):
        _refuse(session.connection().scalar(standing_of_story(story_id=event.record.id)))


@listens_to(ReleaseApplied)
def tell_what_is_new(session: Session, event: ReleaseApplied) -> None:
    """Everybody who works with the CRM hears of it."""
    tell_of_release(session, event.release, by_id=event.by.user_id, at=event.at)


@listens_to(ReleaseApplied)
def end_its_pilot(session: Session, event: ReleaseApplied) -> None:
    """What some teams tried is everybody's now."""
    released_to_all(session, wave_id=event.release.wave_id, by=event.by, at=event.at)


@listens_to(ReleaseTakenBack)
def tell_what_went(session: Session, event: ReleaseTakenBack) -> None:
    """Everybody who works with the CRM hears of it."""
    tell_of_return(session, event.release, by_id=event.by.user_id, at=event.at)


def _leaves_life(event: RecordChanged) -> bool:
    return event.before.get("status") in RELEASED and event.after.get("status") not in (None, *RELEASED)


def _refuse(number: int | None) -> None:
    if number is not None:
        raise ReleaseStands(
            say("Release %(number)s stands. Roll it back on its page; that takes everything back.", number=number)
        )

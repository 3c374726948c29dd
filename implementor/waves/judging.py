"""Judging the value of stories while their wave is in Adoption: on demand, after a measurement, and every day."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import SYSTEM, Actor
from implementor.foundation.words import say
from implementor.history.services import name_action, noting
from implementor.stories.value_services import day_of, judge_stories, verdicts
from implementor.waves.models import ADOPTION, Wave
from implementor.waves.value_queries import stories_in_adoption, waves_in_adoption
from implementor.web.database import db, writing_session

LOOK_EVERY = 3600.0  # seconds
log = logging.getLogger("implementor.waves")


class NotInAdoption(Refusal):
    """Value is judged while the wave is in Adoption: not before it is live, and for good once it is finished."""


def judge_wave(session: Session, wave: Wave, *, by: Actor, at: datetime) -> Counter[str]:
    """Judge every story of the wave that is live; answers how many got which status. Raises NotInAdoption."""
    if wave.stage != ADOPTION:
        raise NotInAdoption(say("Value is judged while a wave is in Adoption, and %(wave)s is not.", wave=wave.name))
    name_action(
        session, say("Judged the value of %(wave)s", wave=wave.name), verb="wave.judge", project_id=wave.project_id
    )
    return judge_stories(session, session.scalars(stories_in_adoption(wave_id=wave.id)), by=by, at=at)


def judge_measured(session: Session, *, metric_id: int, by: Actor, at: datetime) -> Counter[str]:
    """Judge the stories whose value a metric that was just measured decides."""
    found = session.scalars(stories_in_adoption(metric_id=metric_id)).all()
    return judge_stories(session, found, by=by, at=at) if found else Counter()


def judge_every_wave(app: Flask, at: datetime | None = None) -> int:
    """The worker's look at every wave in Adoption, for days that passed without a measurement; answers the changes."""
    moment, total = at or datetime.now(UTC), 0
    for wave_id in _to_judge(app, moment):
        with writing_session(app) as session:
            wave = session.get_one(Wave, wave_id)
            with noting(session, by=SYSTEM, at=moment, source="job", project_id=wave.project_id):
                if wave.stage == ADOPTION:
                    total += judge_wave(session, wave, by=SYSTEM, at=moment).total()
            session.commit()
    if total:
        log.info("judged %s stories otherwise than before", total)
    return total


def _to_judge(app: Flask, at: datetime) -> list[int]:
    """Ids of waves with a story that would be judged otherwise, asked without a lock: most days there is none."""
    with app.app_context(), Session(db.engine) as session:
        return [
            wave.id
            for wave in session.scalars(waves_in_adoption())
            if verdicts(session, session.scalars(stories_in_adoption(wave_id=wave.id)), on=day_of(at))
        ]

"""What goes wrong as points of an agenda: escalated obstacles, red metrics, waves past their end, overdue actions."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from implementor.committees.models import AgendaItem
from implementor.committees.proposals import MOST, Asked, Collected, Deed, Done, Proposal, Subject, by_project
from implementor.committees.queries.subjects import (
    late_waves,
    metrics_in_use,
    obstacles_of_committee,
    overdue_actions,
)
from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.governance import permissions
from implementor.governance.catalogue import OBSTACLE
from implementor.governance.models import ActionItem
from implementor.governance.services import actions, record_decision
from implementor.metrics.services import standings
from implementor.metrics.wording import finding
from implementor.waves.models import Wave
from implementor.waves.services import change_wave
from implementor.web.language import show_date

RED = "off"


def collect_obstacles(session: Session, asked: Asked) -> Collected:
    """Obstacles that are critical, or that climbed to the committee because nobody before it resolved them."""
    severities = OBSTACLE.fields["severity"]
    return by_project(
        (one.project_id, Proposal(
            str(one.id), one.title,
            str(say("%(severity)s; open since %(day)s; %(owner)s.", severity=getattr(severities.choice(one.severity),
                "label", one.severity), day=show_date(one.opened_at),
                owner=one.owner.name if one.owner else say("nobody"))),
            RecordRef("obstacle", one.id),
        ))
        for one in session.scalars(obstacles_of_committee(project_ids=asked.ids))
    )  # fmt: skip


def collect_metrics(session: Session, asked: Asked) -> Collected:
    """Metrics that stand red on the day."""
    metrics = session.scalars(metrics_in_use(project_ids=asked.ids)).all()
    found = standings(session, metrics, on=min(asked.on, asked.at.date()))
    red = [metric for metric in metrics if found[metric.id][0].state == RED]
    points = by_project(
        (one.project_id, Proposal(
            str(one.id), one.name, str(finding(one, found[one.id][0])), RecordRef("metric", one.id)))
        for one in red
    )  # fmt: skip
    return {project_id: of[:MOST] for project_id, of in points.items()}


def collect_waves(session: Session, asked: Asked) -> Collected:
    """Waves whose end has passed."""
    return by_project(
        (wave.project_id, Proposal(
            str(wave.id), wave.name, str(say("Should have ended on %(day)s.", day=show_date(wave.ends_on))),
            RecordRef("wave", wave.id),
        ))
        for wave in session.scalars(late_waves(project_ids=asked.ids, on=asked.at.date()))
    )  # fmt: skip


def decide_wave(session: Session, deed: Deed) -> Done:
    """Move the end of the wave, by a decision; or decide that it stays."""
    if deed.answer == "postponed":
        return Done()
    wave = session.get_one(Wave, deed.record_id)
    if deed.answer == "approved" and deed.day is None:
        raise InvalidInput({"day": say("Say on which day the wave ends now.")})
    outcome = (
        say("%(wave)s ends on %(day)s.", wave=wave.name, day=show_date(deed.day))
        if deed.answer == "approved"
        else say("%(wave)s keeps its day.", wave=wave.name)
    )
    done = _decide(session, deed, str(outcome))
    if deed.answer != "approved" or deed.day is None:
        return done
    before = wave.ends_on
    change_wave(session, wave, {"ends_on": deed.day}, by=deed.by, at=deed.at)
    return Done(done.decision, {"ends_on": [before.isoformat() if before else None, deed.day.isoformat()]})


def collect_actions(session: Session, asked: Asked) -> Collected:
    """Action items whose day has passed."""
    return by_project(
        (item.project_id, Proposal(
            str(item.id), item.title,
            str(say("%(person)s; was due on %(day)s.", person=item.owner.name if item.owner else say("nobody"),
                    day=show_date(item.due_on))),
            RecordRef("action_item", item.id),
        ))
        for item in session.scalars(overdue_actions(project_ids=asked.ids, on=asked.at.date()))
    )  # fmt: skip


def decide_action(session: Session, deed: Deed) -> Done:
    """Say that it is done and what came of it, or until when it is to be done now."""
    item = session.get_one(ActionItem, deed.record_id)
    if deed.answer == "approved":
        actions.finish_action(session, item, result=deed.reason, by=deed.by, at=deed.at)
    elif deed.day is None or deed.day < deed.at.date():
        raise InvalidInput({"day": say("Say until which day, today at the earliest.")})
    else:
        actions.edit_action(session, item, {"due_on": deed.day}, by=deed.by, at=deed.at)
    return Done()


def decide_freely(session: Session, deed: Deed) -> Done:
    """Write down what is decided about it, in words."""
    if deed.answer in ("postponed", "noted"):
        return Done()
    if not deed.outcome.strip() and deed.answer == "approved":
        raise InvalidInput({"outcome": say("Say in a sentence what is decided.")})
    return _decide(session, deed, deed.outcome or str(say("Refused")))


def take_wave_back(session: Session, deed: AgendaItem, *, by: Actor, at: datetime) -> None:
    """Give a wave the end it had before a decision that was reversed, unless it was moved again since."""
    before, after = deed.effect.get("ends_on", (None, None))
    wave = session.get(Wave, deed.record_id)
    if wave is None or after is None or wave.ends_on != date.fromisoformat(after):
        return
    change_wave(session, wave, {"ends_on": date.fromisoformat(before) if before else None}, by=by, at=at)


def _decide(session: Session, deed: Deed, outcome: str) -> Done:
    affects = [deed.item.record] if deed.item.record is not None else []
    decision = record_decision(
        session, deed.project, question=deed.item.title, outcome=outcome, reason=deed.reason, by=deed.by, at=deed.at,
        affects=affects, background=deed.item.detail,
    )  # fmt: skip
    return Done(decision)


FREE = say("What you decide is written down as a decision about it.")
OBSTACLES = Subject(
    "obstacle", say("Escalated obstacles"), FREE, permissions.DECISION_TAKE, collect_obstacles, decide_freely,
    answers=("approved", "postponed", "noted"), asks=("outcome",),
)  # fmt: skip
METRICS = Subject(
    "metric", say("Red metrics"), FREE, permissions.DECISION_TAKE, collect_metrics, decide_freely,
    answers=("approved", "postponed", "noted"), asks=("outcome",),
)  # fmt: skip
WAVES = Subject(
    "wave", say("Waves past their end"), say("Approving moves the end of the wave to the day you give, at once."),
    permissions.DECISION_TAKE, collect_waves, decide_wave, asks=("day",),
)  # fmt: skip
ACTIONS = Subject(
    "action", say("Overdue actions"), say("Approving says it is done; postponing gives it another day."),
    permissions.ACTION_EDIT, collect_actions, decide_action, answers=("approved", "postponed"), asks=("day",),
    minutes=2,
)  # fmt: skip
OWN = Subject(
    "own", say("Points of our own"), FREE, permissions.DECISION_TAKE, lambda _session, _asked: {}, decide_freely,
    answers=("approved", "refused", "postponed", "noted"), asks=("outcome",),
)  # fmt: skip

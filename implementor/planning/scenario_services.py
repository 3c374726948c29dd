"""What can happen to a scenario: written, changed, copied, put away, discarded, and adopted as one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean, clean_line
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.planning import scenario_queries as queries
from implementor.planning.posing import Posed
from implementor.planning.scenario_models import (
    ADOPTED,
    CAPACITY,
    CHANGES,
    DISCARDED,
    END,
    OUT,
    PEOPLE,
    PERSON,
    STORY,
    Scenario,
    ScenarioChange,
)
from implementor.planning.suggesting import carry_out
from implementor.planning.suggestion_models import Suggestion
from implementor.planning.what_if import Altered
from implementor.waves.services import change_wave

LONGEST_NAME, LONGEST_NOTE = 120, 2000
MOST_PER_CENT, MOST_PEOPLE, MOST_CHANGES = Decimal(1000), Decimal(100), 100


class IsDecided(Refusal):
    """A scenario that was decided or put away stays as it is; a copy can be changed."""


class PlanIsOther(Refusal):
    """The plan from which the scenario was reckoned has changed; nothing is moved."""


def write_scenario(
    session: Session, *, project_id: int, name: str, note: str = "", fills: bool = False, by: Actor, at: datetime
) -> Scenario:
    """Begin a what-if that changes nothing yet. Raises InvalidInput for a missing or long name."""
    scenario = Scenario(project_id=project_id, **_texts(name, note), fills=fills)
    session.add(scenario)
    name_action(session, say("Wrote the scenario %(name)s", name=scenario.name), verb="scenario.write",
                project_id=project_id)  # fmt: skip
    session.flush()
    return scenario


def change_scenario(
    session: Session, scenario: Scenario, *, name: str, note: str = "", fills: bool = False, by: Actor, at: datetime
) -> None:
    """Give it another name, note or way to fill free room."""
    refuse_decided(scenario)
    for attribute, value in {**_texts(name, note), "fills": fills}.items():
        setattr(scenario, attribute, value)
    name_action(session, say("Changed the scenario %(name)s", name=scenario.name), verb="scenario.change",
                project_id=scenario.project_id)  # fmt: skip


def copy_scenario(session: Session, scenario: Scenario, *, by: Actor, at: datetime) -> Scenario:
    """A new open scenario with the same changes."""
    name = str(say("Copy of %(name)s", name=scenario.name))[:LONGEST_NAME]
    made = write_scenario(session, project_id=scenario.project_id, name=name, note=scenario.note or "",
                          fills=scenario.fills, by=by, at=at)  # fmt: skip
    for one in session.scalars(queries.changes_of(scenario_ids=[scenario.id])):
        session.add(
            ScenarioChange(
                project_id=one.project_id, scenario_id=made.id, kind=one.kind, wave_id=one.wave_id,
                story_id=one.story_id, person_key=one.person_key, profile=one.profile, amount=one.amount,
                on_date=one.on_date,
            )
        )  # fmt: skip
    return made


def put_away_scenario(session: Session, scenario: Scenario, *, by: Actor, at: datetime) -> None:
    """Take it off the list."""
    if scenario.is_archived:
        return
    scenario.archived_at, scenario.archived_by_id = at, by.user_id
    name_action(session, say("Put away the scenario %(name)s", name=scenario.name), verb="scenario.put_away",
                project_id=scenario.project_id)  # fmt: skip


def add_change(
    session: Session, scenario: Scenario, posed: Posed, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> ScenarioChange:
    """Change one thing more. `values`: kind, wave_id, and what the kind needs of amount, person_key, profile, on_date,
    story_id. A change of the same thing is replaced. Raises InvalidInput beside the field, IsDecided."""
    refuse_decided(scenario)
    wanted = _checked(posed, values)
    present = list(session.scalars(queries.changes_of(scenario_ids=[scenario.id])))
    if len(present) >= MOST_CHANGES:
        raise InvalidInput({"kind": say("A scenario changes at most %(most)s things.", most=MOST_CHANGES)})
    for one in present:
        if _about(one.kind, one.wave_id, one.story_id, one.person_key, one.profile) == _about(
            wanted["kind"], wanted["wave_id"], wanted["story_id"], wanted["person_key"], wanted["profile"]
        ):
            session.delete(one)
    change = ScenarioChange(project_id=scenario.project_id, scenario_id=scenario.id, **wanted)
    session.add(change)
    name_action(session, say("Changed what the scenario %(name)s supposes", name=scenario.name),
                verb="scenario.change", project_id=scenario.project_id)  # fmt: skip
    session.flush()
    return change


def take_change_out(session: Session, scenario: Scenario, change: ScenarioChange, *, by: Actor, at: datetime) -> None:
    """Suppose this no longer."""
    refuse_decided(scenario)
    session.delete(change)
    name_action(session, say("Changed what the scenario %(name)s supposes", name=scenario.name),
                verb="scenario.change", project_id=scenario.project_id)  # fmt: skip


def discard_scenario(session: Session, scenario: Scenario, *, reason: str, by: Actor, at: datetime) -> None:
    """Decide against it, for a reason; it is kept."""
    refuse_decided(scenario)
    name_action(session, say("Discarded the scenario %(name)s", name=scenario.name), verb="scenario.discard",
                project_id=scenario.project_id)  # fmt: skip
    _decide(scenario, DISCARDED, reason, by, at)


def adopt_scenario(
    session: Session, scenario: Scenario, posed: Posed, made: Altered, *, seen: str, reason: str,
    exact: Suggestion | None = None, by: Actor, at: datetime,
) -> int:  # fmt: skip
    """Move every story and every end of a wave as the scenario has it, as one change. Answers how many stories moved.

    What it supposes of people and capacity is not written anywhere: that remains to be arranged. `seen` is the mark of
    the comparison that is answered; raises PlanIsOther where it is another now. `exact` is the answer of a worker that
    the plan is, if it is one.
    """
    refuse_decided(scenario)
    if seen != mark_of(posed, made):
        raise PlanIsOther(
            say(
                "Somebody changed the plan or the scenario meanwhile, so nothing was moved. Here is how both stand now."
            )
        )
    summary = say("Adopted the scenario %(name)s", name=scenario.name)
    name_action(session, summary, verb="wave.plan", project_id=scenario.project_id)
    _decide(scenario, ADOPTED, reason, by, at)
    if exact is not None:
        exact.adopted_at, exact.adopted_by_id = at, by.user_id
    for place, wave in enumerate(posed.waves):
        if made.ends[place] != wave.ends_on:
            change_wave(session, wave, {"ends_on": made.ends[place]}, by=by, at=at)
    return carry_out(session, posed, made.plan, summary, by=by, at=at)


def mark_of(posed: Posed, made: Altered) -> str:
    """Equal while the present plan, the question and what the scenario makes of it are equal."""
    present = sorted((number, posed.waves[place].id) for number, place in posed.present.items())
    ends = [None if day is None else day.isoformat() for _place, day in sorted(made.ends.items())]
    return made.problem.fingerprint_with([present, sorted(made.plan.items()), ends])


def _decide(scenario: Scenario, outcome: str, reason: str, by: Actor, at: datetime) -> None:
    text = clean(reason).strip()
    if not text or len(text) > LONGEST_NOTE:
        raise InvalidInput({"reason": say("Say why, in up to %(most)s characters.", most=LONGEST_NOTE)})
    scenario.outcome, scenario.reason = outcome, text
    scenario.decided_at, scenario.decided_by_id = at, by.user_id


def refuse_decided(scenario: Scenario) -> None:
    """Raise IsDecided for one that was decided or put away."""
    if not scenario.is_open:
        raise IsDecided(
            say("%(name)s was decided or put away and stays as it is. Copy it to go on.", name=scenario.name)
        )


def _texts(name: str, note: str) -> dict[str, Any]:
    title, text = clean_line(name), clean(note).strip()
    if not title or len(title) > LONGEST_NAME:
        raise InvalidInput({"name": say("Give it a name of up to %(most)s characters.", most=LONGEST_NAME)})
    if len(text) > LONGEST_NOTE:
        raise InvalidInput({"note": say("Write at most %(most)s characters.", most=LONGEST_NOTE)})
    return {"name": title, "note": text or None}


# --- what a change needs ----------------------------------------------------------------------------------------------


def _about(
    kind: str, wave_id: int | None, story_id: int | None, person_key: str | None, profile: str | None
) -> tuple[Any, ...]:
    """What a change is about: two that are about the same cannot both hold."""
    if kind in (STORY, OUT):
        return ("story", story_id)
    return kind, wave_id, person_key, profile


def _checked(posed: Posed, values: Mapping[str, Any]) -> dict[str, Any]:
    kind = values.get("kind")
    if kind not in CHANGES:
        raise InvalidInput({"kind": say("Choose what changes.")})
    wave = next((one for one in posed.waves if one.id == values.get("wave_id")), None)
    if wave is None and kind != OUT:
        raise InvalidInput({"wave_id": say("Choose a wave that has not started.")})
    made: dict[str, Any] = dict.fromkeys(("story_id", "person_key", "profile", "amount", "on_date"))
    made |= {"kind": kind, "wave_id": None if kind == OUT or wave is None else wave.id}
    if kind in (CAPACITY, PERSON):
        made["amount"] = _amount(values.get("amount"), MOST_PER_CENT)
    if kind == PEOPLE:
        made["amount"] = _amount(values.get("amount"), MOST_PEOPLE)
        made["profile"] = clean_line(values.get("profile") or "")[:LONGEST_NAME] or None
    if kind in (PERSON, PEOPLE):
        place = next(place for place, one in enumerate(posed.waves) if one is wave)
        made["person_key"] = _person(posed.capacities[place].people, kind, values.get("person_key"))
    if kind == END:
        made["on_date"] = _end(wave.starts_on if wave else None, values.get("on_date"))
    if kind in (STORY, OUT):
        made["story_id"] = _story(posed, values.get("story_id"))
    return made


def _amount(value: Any, most: Decimal) -> Decimal:
    if not isinstance(value, Decimal) or not value.is_finite() or not 0 <= value <= most:
        raise InvalidInput({"amount": say("Write a number from 0 to %(most)s.", most=int(most))})
    return value.quantize(Decimal("0.01"))


def _person(people: Sequence[Any], kind: str, key: Any) -> str | None:
    if kind == PERSON:
        if key not in {one.key for one in people}:
            raise InvalidInput({"person_key": say("Choose somebody who has time in this wave.")})
        return str(key)
    if not any(one.days > 0 for one in people):
        raise InvalidInput(
            {"kind": say("Nobody has time in this wave yet, so it is not known what one more person brings. Change the "
                         "capacity by per cent instead.")}
        )  # fmt: skip
    return None


def _end(starts_on: date | None, day: Any) -> date:
    if not isinstance(day, date) or (starts_on is not None and day < starts_on) or not 2000 <= day.year <= 2100:
        raise InvalidInput({"on_date": say("Choose a day that is not before the wave begins.")})
    return day


def _story(posed: Posed, story_id: Any) -> int:
    if story_id not in posed.rows:
        raise InvalidInput({"story": say("Write the number of a story that waits or is planned, such as 42.")})
    return int(story_id)

"""Making the plan of a wave's release: its items beside what is live now, in the order of what they need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.words import say
from implementor.releases import release_queries as queries
from implementor.releases.drift import Drift, from_live, has_drifted, is_reached, joined, plain, resolved
from implementor.releases.item_kinds import Finding, Image, item_kinds
from implementor.releases.item_models import ConfigItem
from implementor.releases.ordering import ordered
from implementor.releases.release_models import ADOPT, DriftChoice, ReleaseWaiver
from implementor.releases.release_plan import MISSING, UNKNOWN, Plan, Step, Verdict, circling, fault, verdict_on
from implementor.stories.models import Story
from implementor.stories.statuses import FINISHED
from implementor.waves.models import Wave

Pair = tuple[ConfigItem, Story]


def plan_of(session: Session, wave: Wave) -> Plan:
    """What the release of the wave would do now; items of stories that are not validated are left out."""
    rows: list[Pair] = [(row.ConfigItem, row.Story) for row in session.execute(queries.items_of_wave(wave_id=wave.id))]
    coming = [pair for pair in rows if pair[1].status in FINISHED]
    choices = {one.item_id: one for one in session.scalars(queries.drift_choices(item_ids=_ids(coming)))}
    return Plan(
        number=(session.scalar(queries.last_number()) or 0) + 1,
        configuration_number=session.scalar(queries.configuration_number()) or 0,
        steps=_steps(session, coming, choices),
        left_out=tuple(_bare(pair) for pair in rows if pair not in coming),
    )


def verdict_of(session: Session, wave: Wave, plan: Plan | None = None) -> Verdict:
    """The plan beside its last dry run and the waivers in force."""
    plan = plan or plan_of(session, wave)
    run = session.scalars(queries.last_dry_run(wave_id=wave.id)).one_or_none()
    return verdict_on(plan, run, waivers_of(session, plan))


def waivers_of(session: Session, plan: Plan) -> Mapping[int, Mapping[str, ReleaseWaiver]]:
    """Item id -> code -> what was let be of it."""
    found: dict[int, dict[str, ReleaseWaiver]] = {}
    ids = [step.item.id for step in plan.steps]
    for one in session.scalars(queries.waivers_in_force(item_ids=ids)) if ids else ():
        found.setdefault(one.item_id, {})[one.code] = one
    return found


def _steps(session: Session, rows: Sequence[Pair], choices: Mapping[int, DriftChoice]) -> tuple[Step, ...]:
    pairs = {item.id: (item, story) for item, story in rows}
    needs = {item.id: _needs(item) for item, _ in rows}
    makes: dict[str, int] = {}
    for item, _ in rows:
        makes.setdefault(item.target, item.id)
    waits = {
        item_id: {makes[uid] for uid in uids if uid in makes} | _earlier_on_same(rows, item_id)
        for item_id, uids in needs.items()
    }
    order = ordered(list(pairs), waits)
    known: dict[str, Image | None] = {}
    steps = []
    for item_id in order.order:
        item, story = pairs[item_id]
        faults = _faults(session, needs[item_id] - makes.keys())
        if item_id in order.circling:
            faults.append(circling(", ".join(str(pairs[one][0].label) for one in sorted(order.circling))))
        step = _step(session, item, story, known, choices.get(item_id), faults)
        if not step.is_dropped:
            known[item.target] = step.operation.after
        steps.append(step)
    return tuple(steps)


def _step(
    session: Session, item: ConfigItem, story: Story, known: Mapping[str, Image | None], chosen: DriftChoice | None,
    faults: list[Finding],
) -> Step:  # fmt: skip
    """An item beside what is live, or what earlier steps of the plan make of it."""
    kind = item_kinds.get(item.kind)
    wished = item.operation
    if kind is None:
        told = say("This program does not know settings of the kind “%(kind)s”.", kind=item.kind)
        return Step(item, story, None, wished, faults=(*faults, fault(UNKNOWN, told)))
    live = known[item.target] if item.target in known else kind.live(session, item.target)
    if is_reached(live, item.after):
        return Step(item, story, kind, from_live(wished, live, live), is_idle=True, faults=tuple(faults))
    if not has_drifted(item.before, live):
        return Step(item, story, kind, from_live(wished, live, item.after), faults=tuple(faults))
    if item.target in known:
        # what another story of the wave changes is no surprise: the two are joined
        operation = from_live(wished, live, joined(Drift(item.before, live, item.after)))
        return Step(item, story, kind, operation, faults=tuple(faults))
    choice = chosen.choice if chosen is not None and plain(chosen.live) == plain(live) else None
    drift = Drift(item.before, live, item.after, choice)
    operation = resolved(wished, drift)
    is_idle = choice == ADOPT and is_reached(live, operation.after)
    return Step(item, story, kind, operation, drift, is_idle, tuple(faults))


def _needs(item: ConfigItem) -> frozenset[str]:
    kind = item_kinds.get(item.kind)
    return kind.needs(item.operation) - {item.target} if kind is not None else frozenset()


def _earlier_on_same(rows: Sequence[Pair], item_id: int) -> set[int]:
    """The items before this one, by the order of people, that change the same setting."""
    ids = [item.id for item, _ in rows]
    target = rows[ids.index(item_id)][0].target
    return {item.id for item, _ in rows[: ids.index(item_id)] if item.target == target}


def _faults(session: Session, outside: set[str] | frozenset[str]) -> list[Finding]:
    """What an item needs that neither the wave brings nor is there."""
    missing = sum(all(kind.live(session, uid) is None for kind in item_kinds.values()) for uid in sorted(outside))
    if not missing:
        return []
    told = say("It needs a setting that is neither in use nor comes with this wave.")
    return [fault(MISSING, told)]


def _bare(pair: Pair) -> Step:
    item, story = pair
    return Step(item, story, item_kinds.get(item.kind), item.operation)


def _ids(pairs: Sequence[Pair]) -> list[Any]:
    return [item.id for item, _ in pairs]

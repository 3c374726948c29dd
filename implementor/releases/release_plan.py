"""What the release of a wave would do: its items as operations in their order, and what still speaks against each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from implementor.foundation.words import Phrase, phrase_from_json, say
from implementor.releases.drift import Drift
from implementor.releases.item_kinds import Finding, ItemKind, Named, Operation, Return
from implementor.releases.item_models import ConfigItem
from implementor.releases.release_models import DROP, DryRun, ReleaseWaiver
from implementor.stories.models import Story

CIRCLE, MISSING, UNKNOWN, REFUSED, DRIFTED = "circle", "missing", "unknown", "refused", "drift"
NOT_WAIVED = frozenset({CIRCLE, MISSING, UNKNOWN, REFUSED, DRIFTED})
"""What no reason helps against: it would not work."""


@dataclass(frozen=True)
class Step:
    """One item of the plan. `operation` starts from what is live; `faults` are known before anything is tried."""

    item: ConfigItem
    story: Story
    kind: ItemKind | None
    operation: Operation
    drift: Drift | None = None
    is_idle: bool = False
    faults: tuple[Finding, ...] = ()

    @property
    def is_dropped(self) -> bool:
        """Whether somebody chose to leave it out of this release."""
        return self.drift is not None and self.drift.choice == DROP

    @property
    def way_back(self) -> Return:
        """How it is taken back."""
        return "free" if self.is_idle or self.kind is None else self.kind.way_back(self.operation)

    @property
    def waits_for_choice(self) -> bool:
        """Whether its setting was changed since, and nobody said what that means."""
        return self.drift is not None and self.drift.choice is None


@dataclass(frozen=True)
class Plan:
    """`steps` in the order in which they are applied; `left_out` are items whose stories are not validated."""

    number: int
    configuration_number: int
    steps: tuple[Step, ...]
    left_out: tuple[Step, ...] = ()

    @property
    def todo(self) -> tuple[Step, ...]:
        """The steps that are carried out."""
        return tuple(step for step in self.steps if not step.is_dropped)

    @property
    def digest(self) -> str:
        """The same for plans that do the same from the same state."""
        told = [
            [one.item.id, one.operation.verb, one.operation.before, one.operation.after, one.operation.answers,
             one.drift.choice if one.drift else None]
            for one in self.steps
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Tried:
    """How one step went when it was tried: what was found, how many records moved, and the refusal it met."""

    item_id: int
    findings: tuple[Finding, ...] = ()
    moves: int = 0
    refusal: Phrase | None = None

    def as_json(self) -> dict[str, Any]:
        """As it is kept with a dry run."""
        return {
            "item_id": self.item_id, "moves": self.moves, "refusal": self.refusal and self.refusal.as_json(),
            "findings": [
                {
                    "code": one.code, "text": one.text.as_json(), "count": one.count, "blocks": one.blocks,
                    "choices": [[key, label.as_json()] for key, label in one.choices], "url": one.url,
                    "names": [_named_json(named) for named in one.names],
                }
                for one in self.findings
            ],
        }  # fmt: skip


def tried_from_json(stored: Mapping[str, Any]) -> Tried:
    """What `Tried.as_json` kept."""
    findings = tuple(
        Finding(
            one["code"], phrase_from_json(one["text"]), one["count"], one["blocks"],
            tuple((key, phrase_from_json(label)) for key, label in one["choices"]), one["url"],
            tuple(_named(named) for named in one.get("names", ())),
        )
        for one in stored["findings"]
    )  # fmt: skip
    refusal = stored["refusal"]
    return Tried(stored["item_id"], findings, stored["moves"], phrase_from_json(refusal) if refusal else None)


def _named_json(named: Named) -> dict[str, Any]:
    name = named.name.as_json() if isinstance(named.name, Phrase) else named.name
    return {
        "what": named.what.as_json(), "name": name, "endpoint": named.endpoint, "values": dict(named.values),
        "url": named.url,
    }  # fmt: skip


def _named(stored: Mapping[str, Any]) -> Named:
    name = stored["name"] if isinstance(stored["name"], str) else phrase_from_json(stored["name"])
    return Named(phrase_from_json(stored["what"]), name, stored["endpoint"], stored["values"], stored["url"])


@dataclass(frozen=True)
class Said:
    """A finding with what people said to it: the chosen answer, or the waiver that covers it."""

    finding: Finding
    answer: Phrase | None = None
    waiver: ReleaseWaiver | None = None

    @property
    def is_settled(self) -> bool:
        return not self.finding.blocks or self.answer is not None or self.waiver is not None

    @property
    def may_be_waived(self) -> bool:
        return self.finding.blocks and self.finding.code not in NOT_WAIVED and not self.is_settled


def said_to(finding: Finding, answers: Mapping[str, Any], waivers: Mapping[str, ReleaseWaiver]) -> Said:
    """What was said to a finding. A waiver covers as many records as there were when it was given."""
    answer = next((label for key, label in finding.choices if key == answers.get(finding.code)), None)
    waiver = waivers.get(finding.code)
    if waiver is not None and (waiver.count < finding.count or finding.code in NOT_WAIVED):
        waiver = None
    return Said(finding, answer, waiver)


@dataclass(frozen=True)
class Verdict:
    """A plan beside its last dry run: step by step what was found, and whether it may go live like this."""

    plan: Plan
    run: DryRun | None
    found: Mapping[int, tuple[Said, ...]] = field(default_factory=dict)
    moves: Mapping[int, int] = field(default_factory=dict)

    @property
    def is_outdated(self) -> bool:
        """Whether it was tried before the plan or the configuration became what they are."""
        run = self.run
        return run is not None and (
            run.digest != self.plan.digest or run.configuration_number != self.plan.configuration_number
        )

    def of(self, step: Step) -> Sequence[Said]:
        """What speaks against a step or should be known of it."""
        return self.found.get(step.item.id, ())

    def is_clean(self, step: Step) -> bool:
        """Whether nothing speaks against a step that is not settled."""
        return not step.waits_for_choice and all(one.is_settled for one in self.of(step))

    @property
    def blocking(self) -> tuple[Step, ...]:
        """The steps that keep the release from going live."""
        return tuple(step for step in self.plan.todo if not self.is_clean(step))

    @property
    def one_way(self) -> tuple[Step, ...]:
        """The steps that do not come back by themselves."""
        return tuple(step for step in self.plan.todo if step.way_back == "one_way")

    @property
    def may_go_live(self) -> bool:
        """Whether it was tried as it is now, and nothing is left open. A wave without settings has nothing to try."""
        if not self.plan.todo:
            return True
        return self.run is not None and not self.is_outdated and not self.blocking


def verdict_on(plan: Plan, run: DryRun | None, waivers: Mapping[int, Mapping[str, ReleaseWaiver]]) -> Verdict:
    """The plan with what the last dry run found and what people said to that."""
    tried = {one["item_id"]: tried_from_json(one) for one in (run.findings if run else ())}
    found: dict[int, tuple[Said, ...]] = {}
    for step in plan.todo:
        item_id = step.item.id
        findings = [*step.faults, *_of_trial(tried.get(item_id))]
        found[item_id] = tuple(said_to(one, step.item.answers, waivers.get(item_id, {})) for one in findings)
    return Verdict(plan, run, found, {item_id: one.moves for item_id, one in tried.items()})


def _of_trial(tried: Tried | None) -> list[Finding]:
    if tried is None:
        return []
    refused = [] if tried.refusal is None else [Finding(REFUSED, tried.refusal, 1, blocks=True)]
    return [*tried.findings, *refused]


def fault(code: str, text: Phrase) -> Finding:
    """Something that is known before anything is tried, and that no reason helps against."""
    return Finding(code, text, 1, blocks=True)


def circling(names: str) -> Finding:
    """Settings that wait for each other."""
    return fault(CIRCLE, say("These wait for each other, so that none can come first: %(names)s.", names=names))

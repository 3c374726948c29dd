"""What agreement of fields counts when records are compared, as a kind of setting; a search of all follows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.duplicates.sameness import samenesses
from implementor.duplicates.services.weighing import checked_weighing, set_weighing
from implementor.duplicates.weighed import foreseen, roles_of, weighing_of
from implementor.duplicates.weights import MOST_PERCENT, Weighing, usual_factor
from implementor.duplicates.wording import labels_of
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Field, Kind
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say, say_n
from implementor.releases.item_kinds import Finding, Image, Operation, Verb
from implementor.releases.kinds.lists import OfKind
from implementor.releases.kinds.setting import asked, differing

CANDIDATES, NEWEST = "candidates", "newest_pairs"
THRESHOLDS = (
    ("possible", say("Candidates from so many points on")),
    ("sure", say("Very likely one from so many points on")),
)


class DuplicateWeights(OfKind):
    """How much each field counts, and from how many points on two records are candidates; `weights:contact`."""

    key = "duplicate_weights"
    label = say("Finding duplicates")
    prefix = "weights:"

    def kinds(self) -> Iterable[str]:
        return samenesses

    def live(self, session: Session, uid: str) -> Image | None:
        kind = self.kind_of(uid)
        if kind is None:
            return None
        found = weighing_of(session, kind)
        factors = {role: found.factor(role) for role in roles_of(samenesses[kind])}
        return {"kind": kind, "factors": factors, "possible": found.possible, "sure": found.sure}

    def become(self, session: Session, uid: str, image: Image | None, *, by: Actor, at: datetime) -> None:
        if image is not None:
            set_weighing(session, samenesses[image["kind"]], _weighing(image), by=by, at=at)

    def compared(self, operation: Operation) -> Sequence[tuple[Phrase, str, str]]:
        before, after = ((one or {}).get("factors", {}) for one in (operation.before, operation.after))
        image = operation.after or operation.before or {}
        told: list[Any] = [
            (label, *(_per_cent(one.get(role, usual_factor(role))) for one in (before, after)))
            for role, label in labels_of(samenesses[image["kind"]]).items()
            if before.get(role, usual_factor(role)) != after.get(role, usual_factor(role))
        ]
        return told + differing(operation, tuple((name, label, str) for name, label in THRESHOLDS))

    def findings(self, session: Session, operation: Operation) -> Sequence[Finding]:
        if operation.after is None:
            return ()
        seen = foreseen(session, samenesses[operation.after["kind"]], _weighing(operation.after))
        found = []
        if seen.fewer or seen.more:
            text = say(
                "Of the candidates known now %(fewer)s would no longer be shown and %(more)s more would be.",
                fewer=seen.fewer, more=seen.more,
            )  # fmt: skip
            found.append(Finding(CANDIDATES, text, seen.fewer + seen.more))
        if seen.beyond:
            text = say_n(
                "Among the newest records %(count)s further pair becomes a candidate; a search of all follows.",
                "Among the newest records %(count)s further pairs become candidates; a search of all follows.",
                seen.beyond,
            )  # fmt: skip
            found.append(Finding(NEWEST, text, seen.beyond))
        return found

    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]:
        if before is None:
            return ()
        labels: Any = labels_of(samenesses[before["kind"]])
        hint = say("In per cent of what the program gives; 0 leaves it out.")
        return (
            *(
                asked(role, Kind.WHOLE, labels[role], required=True, minimum=0, maximum=MOST_PERCENT, hint=hint)
                for role in roles_of(samenesses[before["kind"]])
            ),
            *(asked(name, Kind.WHOLE, label, required=True, minimum=1) for name, label in THRESHOLDS),
        )

    def values(self, image: Image) -> dict[str, Any]:
        return {**image["factors"], "possible": image["possible"], "sure": image["sure"]}

    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image:
        if before is None:
            raise InvalidInput({"target": say("Choose one of the kinds of record.")})
        given = {name: values.get(name) for name in (*before["factors"], "possible", "sure")}
        number = {name: int(value) if value is not None else self.values(before)[name] for name, value in given.items()}
        factors = {role: number[role] for role in before["factors"]}
        image = {"kind": before["kind"], "factors": factors, "possible": number["possible"], "sure": number["sure"]}
        checked_weighing(samenesses[before["kind"]], _weighing(image))
        return image


def _weighing(image: Image) -> Weighing:
    return Weighing(dict(image["factors"]), image["possible"], image["sure"])


def _per_cent(number: int) -> str:
    return str(say("%(number)s %%", number=number))

"""Rules in words: when they begin and what each of their steps does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from implementor.automation.words import CREATED, DATE, EVENTS, RECEIVERS, STEPS
from implementor.foundation.fields import Entity
from implementor.foundation.words import Phrase, say, say_n


def told_when(entity: Entity, event: str, field: str | None, days: int | None) -> Phrase:
    """When a rule begins."""
    known = entity.fields.get(field) if field else None
    name: Any = known.label if known is not None else (field or "")
    if event == DATE:
        count = abs(days or 0)
        if not count:
            return say("On the day: %(field)s", field=name)
        if (days or 0) < 0:
            return say_n("%(count)s day before: %(field)s", "%(count)s days before: %(field)s", count, field=name)
        return say_n("%(count)s day after: %(field)s", "%(count)s days after: %(field)s", count, field=name)
    if event == CREATED or not field:
        return EVENTS[event]
    return say("Changed: %(field)s", field=name)


def told_step(entity: Entity, step: Mapping[str, Any], templates: Mapping[str, Any], typed: str) -> Phrase:
    """What a step does; `templates` are names by uid, `typed` the value that it sets."""
    match step["do"]:
        case "set":
            return _told_set(entity, step, typed)
        case "follow_up":
            days = step["days"]
            return say_n("Follow up in %(count)s day: %(text)s", "Follow up in %(count)s days: %(text)s", days,
                         text=step["text"])  # fmt: skip
        case "mail":
            name: Any = templates.get(step["template"], say("a template that is withdrawn"))
            return say("Send %(name)s: %(to)s", name=name, to=RECEIVERS[step["to"]])
    return STEPS[step["do"]]


def _told_set(entity: Entity, step: Mapping[str, Any], typed: str) -> Phrase:
    field = entity.fields.get(step["field"])
    name: Any = field.label if field is not None else say("A field that is withdrawn")
    if "copy" in step:
        source = entity.fields.get(step["copy"])
        return say("%(field)s becomes: %(value)s", field=name, value=source.label if source else step["copy"])
    if not typed:
        return say("%(field)s is emptied", field=name)
    return say("%(field)s becomes: %(value)s", field=name, value=typed)

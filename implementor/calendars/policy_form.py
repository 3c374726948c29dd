"""The form of a service level: a target for each priority and promise of its kind, and conditions on its fields."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wtforms import Field as Input
from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import InputRequired

from implementor.calendars.clocked_kinds import Clocked
from implementor.calendars.durations import BadDuration, read_duration, write_duration
from implementor.calendars.forms import Pairs, chosen_from, clean_text
from implementor.calendars.models import SlaPolicy
from implementor.calendars.services.policies import LONGEST_NAME, WARN_RATIO, PolicyWanted
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Choice
from implementor.foundation.words import Phrase
from implementor.web.forms import CheckboxesField, Form, offered, say

NUMBER = say("Write a whole number.")


class WholeField(IntegerField):
    """A whole number, refused in the reader's language."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed."""
        try:
            super().process_formdata(valuelist)
        except ValueError as fault:
            raise ValueError(NUMBER) from fault


class PolicyForm(Form):
    """What every service level has; `policy_form` adds what depends on the kind."""

    kind: Clocked
    name = StringField(
        say("Name in English"), filters=[clean_text], render_kw={"required": True, "maxlength": LONGEST_NAME}
    )
    name_es = StringField(say("Name in Spanish"), filters=[clean_text], render_kw={"maxlength": LONGEST_NAME})
    calendar_id = chosen_from(say("Opening hours"), hint=say("Only open time counts."))
    warn_percent = WholeField(
        say("Warn after this many per cent of the time"), validators=[InputRequired(NUMBER)],
        default=int(WARN_RATIO * 100), render_kw={"min": 5, "max": 100},
    )  # fmt: skip
    version = HiddenField()

    def offer(self, calendars: Pairs) -> PolicyForm:
        """Fill in the calendars that may be chosen."""
        self.calendar_id.choices = offered(calendars)
        return self

    def target_rows(self) -> list[tuple[Choice, list[Input]]]:
        """For each priority the inputs of its targets."""
        return [
            (priority, [self[_target(priority.key, clock.key)] for clock in self.kind.clocks])
            for priority in self.kind.priorities
        ]

    def condition_inputs(self) -> list[Input]:
        """The inputs of the conditions."""
        return [self[f"when_{one.name}"] for one in self.kind.fields]

    def show(self, policy: SlaPolicy) -> PolicyForm:
        """Fill in what is kept."""
        self.name.data, self.name_es.data = policy.name, policy.name_es
        self.calendar_id.data = str(policy.calendar_id)
        self.warn_percent.data, self.version.data = int(policy.warn_ratio * 100), str(policy.version)
        for one in self.kind.fields:
            self[f"when_{one.name}"].data = list(policy.conditions.get(one.name, []))
        return self._show_targets(policy.targets)

    def show_defaults(self) -> PolicyForm:
        """Fill in the targets that the kind proposes."""
        return self._show_targets(
            {
                priority.key: {
                    clock.key: clock.defaults[priority.key]
                    for clock in self.kind.clocks
                    if priority.key in clock.defaults
                }
                for priority in self.kind.priorities
            }
        )

    def wanted(self) -> PolicyWanted:
        """What the services take. Raises InvalidInput."""
        errors: dict[str, Phrase] = {}
        targets: dict[str, dict[str, int]] = {}
        for priority in self.kind.priorities:
            for clock in self.kind.clocks:
                name = _target(priority.key, clock.key)
                try:
                    minutes = read_duration(self[name].data or "")
                except BadDuration as bad:
                    errors[name] = bad.reason
                    continue
                if minutes is not None:
                    targets.setdefault(priority.key, {})[clock.key] = minutes
        if errors:
            raise InvalidInput(errors)
        conditions = {one.name: list(self[f"when_{one.name}"].data or []) for one in self.kind.fields}
        ratio = Decimal(self.warn_percent.data or 0) / 100
        return PolicyWanted(
            self.name.data or "", int(self.calendar_id.data or 0), targets, conditions, ratio, self.name_es.data or ""
        )

    def _show_targets(self, targets: Any) -> PolicyForm:
        for priority, row in targets.items():
            for clock, minutes in row.items():
                if _target(priority, clock) in self:
                    self[_target(priority, clock)].data = write_duration(minutes)
        return self


def policy_form(kind: Clocked, **given: Any) -> PolicyForm:
    """A form for service levels of a kind; `given` as WTForms takes it."""
    inputs: dict[str, Any] = {"kind": kind}
    for priority in kind.priorities:
        for clock in kind.clocks:
            label: Any = _label(priority.label, clock.label)
            inputs[_target(priority.key, clock.key)] = StringField(
                label, filters=[clean_text], render_kw={"maxlength": 40}
            )
    for one in kind.fields:
        choices = offered((choice.key, choice.label) for choice in one.offered_choices)
        heading: Any = one.label
        inputs[f"when_{one.name}"] = CheckboxesField(heading, choices=choices)
    made: type[PolicyForm] = type("KindPolicyForm", (PolicyForm,), inputs)
    return made(**given)


def _label(priority: Phrase, clock: Phrase) -> Any:
    return say("%(clock)s, %(priority)s", clock=clock, priority=priority)


def _target(priority: str, clock: str) -> str:
    return f"target_{priority}_{clock}"

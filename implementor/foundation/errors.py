"""The ways a rule says no, each with a sentence for the person who reads it."""

from __future__ import annotations

from collections.abc import Mapping

from implementor.foundation.words import Phrase, say


class Refusal(Exception):
    """A rule said no. `reason` says why and what to do instead; pages answer 409, commands exit 1."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)


class InvalidInput(Refusal):
    """What was entered cannot be used; `errors` names the sentence for each field."""

    def __init__(self, errors: Mapping[str, Phrase]) -> None:
        super().__init__(next(iter(errors.values()), say("Something entered here cannot be used.")))
        self.errors = dict(errors)


class NotFound(Exception):
    """Nothing of that name is visible to the person who asks."""


class SwitchedOff(NotFound):
    """A kind of record that administrators switched off; `reason` is for those who can switch it on."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason)
        self.reason = reason


class BadValue(Exception):
    """A typed value cannot be used; `reason` is written for the person who typed it."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason)
        self.reason = reason

"""The first thing to do for somebody who has no work here yet, by the roles they hold."""

from __future__ import annotations

from dataclasses import dataclass

from implementor.auth.permissions import MANAGE_USERS
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.projects.permissions import CREATE


@dataclass(frozen=True)
class FirstStep:
    """What to do, why, and the view where it is done (None where it is somebody else's turn)."""

    title: Phrase
    reason: Phrase
    endpoint: str | None = None
    action: Phrase | None = None


def first_steps(actor: Actor) -> list[FirstStep]:
    """The steps that this person's roles allow, or whom to ask."""
    steps = []
    if actor.may(CREATE):
        steps.append(
            FirstStep(
                say("Create the first project"),
                say("Four short steps: what it is for, its calendar, its people, and a last look."),
                "projects.new",
                say("New project"),
            )
        )
    if actor.may(MANAGE_USERS):
        steps.append(
            FirstStep(
                say("Invite people"),
                say("Everybody signs in with an account of their own; give the PMO its role, and it creates projects."),
                "auth.list_people",
                say("Open people"),
            )
        )
    if not steps:
        steps.append(
            FirstStep(
                say("You are in no project yet"),
                say("Ask the project lead or the PMO to add you to one; it appears here then."),
            )
        )
    return steps

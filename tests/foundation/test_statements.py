"""Statements are put together once for what they depend on, and again when that is different."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, bindparam, literal, select

from implementor.foundation.fields import Scope
from implementor.foundation.live import LiveConfiguration, living
from implementor.foundation.permissions import Actor, Role
from implementor.foundation.statements import MOST_KEPT, kept

ANA = Actor(user_id=1, name="Ana", roles=frozenset({Role.SIGNED_IN}))


@dataclass
class Thing:
    """Something that cannot be hashed, such as a sheet's entity."""

    name: str = "thing"


def builder() -> tuple[Any, list[Any]]:
    """A kept function and the arguments it was really called with."""
    calls: list[Any] = []

    @kept
    def build(*parts: Any, **named: Any) -> Select[Any]:
        calls.append((parts, named))
        return select(literal(1) + bindparam("more"))

    return build, calls


def test_the_same_arguments_give_the_same_statement() -> None:
    build, calls = builder()
    thing, fields = Thing(), (Thing(), Thing())
    first = build("contact", ANA, Scope(None, ANA), thing, fields, limit=5)
    again = build("contact", replace(ANA), Scope(None, replace(ANA)), thing, tuple(fields), limit=5)
    assert first is again
    assert len(calls) == 1


def test_another_person_role_thing_or_configuration_gives_another() -> None:
    build, calls = builder()
    thing = Thing()
    for asked in (ANA, replace(ANA, user_id=2), ANA.with_roles([Role.CRM_USER])):
        build(asked, thing)
    build(ANA, Thing())
    build(ANA, thing, more=True)
    with living(LiveConfiguration(stamp="other")):
        build(ANA, thing)
    assert len(calls) == 6
    build(ANA, thing)
    assert len(calls) == 6


def test_no_more_are_kept_than_there_is_room_for() -> None:
    build, calls = builder()
    for number in range(MOST_KEPT + 1):
        build(number)
    build(MOST_KEPT)
    assert len(calls) == MOST_KEPT + 1
    build(0)
    assert len(calls) == MOST_KEPT + 2

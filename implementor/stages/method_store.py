"""Finding methods: shipped versions, and those that this installation made, whose numbers begin far above them."""

from __future__ import annotations

from collections.abc import Set

from sqlalchemy.orm import Session

from implementor.stages.gate_queries import method_versions, published_version
from implementor.stages.methods import Method, method_of_data
from implementor.stages.models import MethodVersion
from implementor.stages.shipped_methods import newest_shipped, shipped_methods

FIRST_OWN = 1001
"""The first number of a version that an installation makes, so that no shipped one ever takes its place."""


def method_of(session: Session, key: str, version: int) -> Method | None:
    """A published version of a method; None where there is none."""
    shipped = shipped_methods().get((key, version))
    if shipped is not None:
        return shipped
    stored = session.scalars(published_version(key=key, number=version)).one_or_none()
    return method_of_version(stored) if stored is not None else None


def method_of_version(stored: MethodVersion) -> Method:
    """The method that a stored version holds."""
    return method_of_data({**stored.content, "key": stored.key, "version": stored.number})


def methods_of(session: Session, wanted: Set[tuple[str, int]]) -> dict[tuple[str, int], Method]:
    """Methods by key and version, at least those wanted; none is read where all of them ship with the program."""
    shipped = shipped_methods()
    if wanted <= shipped.keys():
        return shipped
    own = (method_of_version(one) for one in session.scalars(method_versions()) if one.published_at)
    return {**shipped, **{(one.key, one.version): one for one in own}}


def newest_method(session: Session, key: str) -> Method | None:
    """The newest published version of a method."""
    return newest_methods(session).get(key)


def newest_methods(session: Session) -> dict[str, Method]:
    """The newest published version of every method by key, in the order in which the wizard offers them."""
    found = newest_shipped()
    for stored in session.scalars(method_versions()):
        if stored.published_at is not None and stored.key in found and stored.number > found[stored.key].version:
            found[stored.key] = method_of_version(stored)
    return found

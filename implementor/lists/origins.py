"""Where a field comes from: whoever stands above says at which address, and labels on pages lead there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from markupsafe import Markup

from implementor.foundation import live
from implementor.foundation.extension import is_key
from implementor.foundation.fields import Field
from implementor.foundation.permissions import Permission
from implementor.foundation.words import say
from implementor.web.guard import actor

NOTHING = Markup("")


@dataclass(frozen=True)
class Teller:
    """The page that tells of a field, by `kind` and `name`, and who may read it."""

    endpoint: str
    may: Permission


tellers: list[Teller] = []
"""At most one; a package that brings fields fills it in."""


def has_origin(field: Field) -> bool:
    """Whether a field, or what it is called, is not as the program ships it."""
    return is_key(field.name) or field.name in live.present().shape(field.kind_of_record).labels


def origin_link(field: Field | None) -> Markup:
    """The way to where a field comes from, for those who may read that; nothing for fields that are shipped."""
    if field is None or not tellers or not has_origin(field) or not actor().may(tellers[0].may):
        return NOTHING
    url = url_for(tellers[0].endpoint, kind=field.kind_of_record, name=field.name)
    drawn: Any = current_app.jinja_env.globals["ui"]
    return Markup(drawn.origin(url, say("Where %(field)s comes from", field=field.label)))  # noqa: S704  # a macro's

"""Fields of one's own among what tells records apart: which of them can, and by what roles a search knows them.

A role names the way of comparing before the key of the field, such as `own_text.f_8k2xa`, so that a searcher in another
process needs to know nothing else. They count nothing until somebody gives them a weight, and bear no keys: what a
form looks up on entry stays as quick as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from implementor.duplicates.sameness import Sameness, Source
from implementor.duplicates.weights import is_own
from implementor.foundation.extension import is_key
from implementor.foundation.fields import Field, Kind

WAYS: Mapping[Kind, str] = {
    Kind.LINE: "own_text", Kind.TEXT: "own_text", Kind.CHOICE: "own_choice", Kind.URL: "own_web",
    Kind.WHOLE: "own_number", Kind.DECIMAL: "own_number",
}  # fmt: skip
"""How fields of each kind are compared; others are not."""


def own_roles(declared: Sameness) -> dict[str, Field]:
    """The roles of the fields of one's own that are live and can be compared."""
    fields = (one for one in declared.entity.fields.values() if is_key(one.name) and one.kind in WAYS)
    return {f"{WAYS[one.kind]}.{one.name}": one for one in fields}


def key_of(role: str) -> str:
    """The key of the field of a role of one's own."""
    return role.partition(".")[2]


def sources_with(declared: Sameness, roles: Iterable[str]) -> tuple[Source, ...]:
    """Where records are told by, with those of their own fields whose roles are among these."""
    known = own_roles(declared)
    wanted = {role: (known[role].column,) for role in roles if is_own(role) and role in known}
    return (*declared.sources, Source(declared.model.id, wanted)) if wanted else declared.sources

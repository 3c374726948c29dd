"""What is kept about kinds of record, as shapes that the rest of the program works with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from implementor.configuration import queries
from implementor.configuration.models import AssignmentRule, KindShape, RequiredRule
from implementor.configuration.rereading import Tables
from implementor.foundation.conditions import conditions_from
from implementor.foundation.fields import Field
from implementor.foundation.shapes import Assignment, Need, Section, Shape, Strength, Way
from implementor.foundation.words import Label, Phrase


def load_shapes(read: Tables, added: Iterable[tuple[str, Field]] = ()) -> dict[str, Shape]:
    """The shape of each kind that anything was made of, by four statements; `added` are fields of one's own by kind."""
    fields: defaultdict[str, list[Field]] = defaultdict(list)
    for kind, one in added:
        fields[kind].append(one)
    rows = {row.kind: row for row in read.rows("kind_shape", queries.kind_shapes())}
    labels: defaultdict[str, dict[str, Phrase]] = defaultdict(dict)
    for label in read.rows("field_label", queries.field_labels()):
        labels[label.kind][label.field] = label.label
    needs: defaultdict[str, list[Need]] = defaultdict(list)
    for rule in read.rows("required_rule", queries.required_rules()):
        needs[rule.kind].append(need_of(rule))
    owners: defaultdict[str, list[Assignment]] = defaultdict(list)
    for given in read.rows("assignment_rule", queries.assignment_rules()):
        owners[given.kind].append(assignment_of(given))
    return {
        kind: shape_of(rows.get(kind), fields[kind], labels[kind], needs[kind], owners[kind])
        for kind in {*fields, *rows, *labels, *needs, *owners}
    }


def shape_of(
    row: KindShape | None,
    added: Iterable[Field],
    labels: dict[str, Phrase],
    needs: Iterable[Need],
    assignments: Iterable[Assignment],
) -> Shape:
    """One kind, of what is kept about it."""
    shape = Shape(tuple(added), labels, needs=tuple(needs), assignments=tuple(assignments))
    if row is None:
        return shape
    return Shape(
        shape.added, labels, called_of(row), sections_of(row), frozenset(row.left_out), tuple(row.columns), row.sort,
        row.switched_off_at is not None, shape.needs, shape.assignments,
    )  # fmt: skip


def called_of(row: KindShape) -> tuple[Phrase, Phrase] | None:
    """What one record and several are called, where that is the company's own word."""
    if not row.singular_en:
        return None
    return Label({"en": row.singular_en, "es": row.singular_es}), Label({"en": row.plural_en, "es": row.plural_es})


def sections_of(row: KindShape) -> tuple[Section, ...]:
    """The headings with their fields."""
    return tuple(
        Section(Label({"en": one["label_en"], "es": one["label_es"]}), tuple(one["fields"])) for one in row.sections
    )


def need_of(row: RequiredRule) -> Need:
    """A rule about what must be filled in."""
    conditions = conditions_from(row.conditions)
    return Need(row.id, row.uid, row.label, row.field, conditions, Strength(row.strength), row.in_imports)


def assignment_of(row: AssignmentRule) -> Assignment:
    """A rule about who gets records."""
    conditions = conditions_from(row.conditions)
    return Assignment(row.id, row.uid, row.label, Way(row.way), conditions, row.user_id, row.team_id)

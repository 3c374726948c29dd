"""No table can point at a record in a way that a merge forgets."""

import re

import pytest
from flask import Flask
from sqlalchemy import Table

from implementor.duplicates.references import moving_pairs, pointers, references_to
from implementor.duplicates.sameness import samenesses
from implementor.foundation.model import Model

pytestmark = pytest.mark.sqlite_only("the tables are the same on both")
POINTS = re.compile(r"(?P<what>[a-z_]*?)_?kind$")
NO_RECORD = {"saved_view.entity_kind", "sla_policy.record_kind"}


def pairs_of_table(table: Table) -> set[tuple[str, str]]:
    """(table, id column) of each pair of columns that names records of any kind."""
    return {
        (table.name, id_column)
        for column in table.columns
        if (found := POINTS.fullmatch(column.name)) and f"{table.name}.{column.name}" not in NO_RECORD
        for id_column in (f"{found['what']}_id" if found["what"] else "record_id",)
        if id_column in table.c
    }


def test_every_pair_of_kind_and_id_says_what_a_merge_does_with_it(app: Flask) -> None:
    there = {pair for table in Model.metadata.sorted_tables for pair in pairs_of_table(table)}
    said = {(table.name, id_column) for table, _kind, id_column in moving_pairs()} | set(pointers)

    assert there - said == set(), "declare them by duplicates.references.pointer in the package's contributions"


def test_every_foreign_key_to_a_mergeable_record_is_followed(app: Flask) -> None:
    for declared in samenesses.values():
        own = declared.model.__table__.c.id
        keys = {
            f"{table.name}.{column.name}"
            for table in Model.metadata.sorted_tables
            for column in table.columns
            if column.references(own)
        }
        assert declared.keeps <= keys
        assert keys - declared.keeps <= {one.name for one in references_to(declared)}
        assert f"{declared.kind}.merged_into_id" in keys

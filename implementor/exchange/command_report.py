"""What a command says of an import: counts, refused rows, cells that were left out, and what else it noticed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import click

from implementor.exchange.kinds import Reason, reason_from_json
from implementor.exchange.running import Counts
from implementor.foundation.words import Phrase

Told = dict[str, Any]


def told(row: int | None, reason: Reason) -> Told:
    """A reason with its row, in plain texts."""
    return {"row": row, "column": reason.column, "value": reason.value, "message": str(reason.message)}


def told_of(rows: Iterable[Any]) -> list[Told]:
    """The reasons of stored rows."""
    return [told(row.row, reason_from_json(reason)) for row in rows for reason in row.reasons]


@dataclass
class Report:
    """How a run or a dry run ended."""

    counts: Counts = field(default_factory=Counts)
    reasons: list[Told] = field(default_factory=list)
    left_empty: list[Told] = field(default_factory=list)
    remarks: Sequence[Phrase] = ()

    def say(self, *, as_json: bool, dry_run: bool) -> None:
        """Print it: results on the standard output, what went wrong beside it. Ends with 1 where nothing was taken."""
        nothing = self.counts.read == self.counts.refused
        if as_json:
            click.echo(json.dumps(self._as_json(), ensure_ascii=False))
        else:
            sums = ", ".join(f"{count} {name}" for name, count in vars(self.counts).items())
            click.echo(f"{'Would be' if dry_run else 'Done'}: {sums}.")
        if not as_json or nothing:
            self._say_each(self.reasons)
        if not as_json:
            self._say_each(self.left_empty, " (left empty)")
            for remark in self.remarks:
                click.echo(str(remark), err=True)
        if self.counts.read == 0:
            click.echo("The file holds no rows.", err=True)
        if nothing:
            raise click.exceptions.Exit(1)

    def _as_json(self) -> Mapping[str, Any]:
        shown: dict[str, Any] = {**vars(self.counts), "reasons": self.reasons}
        if self.left_empty:
            shown["left_empty"] = self.left_empty
        if self.remarks:
            shown["remarks"] = [str(remark) for remark in self.remarks]
        return shown

    @staticmethod
    def _say_each(reasons: Iterable[Told], more: str = "") -> None:
        for one in reasons:
            place = f"row {one['row']}" + (f", {one['column']}" if one["column"] else "")
            click.echo(f"{place}: {one['message']}{more}", err=True)

"""What a retrospective is taken along as: rows for a table, and a text of its notes and actions."""

from __future__ import annotations

from collections.abc import Sequence

from implementor.foundation.words import say
from implementor.retrospectives.board import Column, Shown
from implementor.retrospectives.effects import Outcome
from implementor.retrospectives.models import Retrospective


def rows_of(columns: Sequence[Column]) -> list[list[str]]:
    """Column, group, note, author and votes of every note that the reader sees; authors only where there are names."""
    rows = []
    for column in columns:
        for note in column.notes:
            rows.append(_row(column, "", note))
            rows += [_row(column, note.text, one) for one in note.under]
    return rows


def text_of(found: Retrospective, columns: Sequence[Column], outcomes: Sequence[Outcome]) -> str:
    """The same as Markdown, with what was agreed on."""
    lines = [f"# {_line(found.title)}", ""]
    for column in columns:
        lines += [f"## {column.name}", ""]
        for note in column.notes:
            lines.append(f"- {_line(note.text)} ({note.votes})" if note.votes else f"- {_line(note.text)}")
            lines += [f"  - {_line(one.text)}" for one in note.under]
        lines.append("")
    lines += [f"## {say('Actions')}", ""]
    for one in outcomes:
        who = one.row.owner or say("Nobody")
        effect = f" · {one.effect.label}" if one.effect else ""
        lines.append(f"- {_line(one.action.title)} · {who} · {one.state.label}{effect}")
    return "\n".join([*lines, ""])


def _row(column: Column, group: str, note: Shown) -> list[str]:
    return [str(column.name), group, note.text, note.author or "", str(note.votes)]


def _line(text: str) -> str:
    """A text on one line, whose signs mean nothing to Markdown."""
    kept = " ".join(text.split())
    for sign in "\\`*_[]<>#|":
        kept = kept.replace(sign, f"\\{sign}")
    return kept

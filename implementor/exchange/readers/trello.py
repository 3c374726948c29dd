"""Lays out a Trello board as a table of cards, and keeps the moves of each card between lists as its history."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any

from implementor.exchange.readers.documents import Table, cell_of
from implementor.exchange.readers.source import Cell

_POINTS = re.compile(r"\s*[(\[](\d{1,3}(?:[.,]\d)?)[)\]]\s*")
_CRITERIA = re.compile(r"accept|criteri|acepta|definition of done|\bdod\b", re.IGNORECASE)
_SINGLE = (
    "Card",
    "Title",
    "Description",
    "List",
    "Start date",
    "Due date",
    "Due complete",
    "Archived",
    "Created",
    "Updated",
    "URL",
    "Acceptance criteria",
    "Checklist",
)
_REPEATED = ("Labels", "Members", "Attachment", "Comment")

Record = Mapping[str, Any]


@dataclass(frozen=True)
class ListMove:
    """A card came to a list: when (UTC), from which list (None at its creation), to which, moved by whom."""

    at: datetime
    came_from: str | None
    went_to: str
    by: str


class TrelloBoard:
    """A Trello board as exported; anything missing in the export is taken as empty."""

    def __init__(self, document: Record) -> None:
        self.name = str(document.get("name", ""))
        self.lists = [str(entry.get("name", "")) for entry in _records(document, "lists") if not entry.get("closed")]
        self._lists = {entry.get("id"): entry for entry in _records(document, "lists")}
        self._members = {entry.get("id"): _person(entry) for entry in _records(document, "members")}
        self._cards = _records(document, "cards")
        self._checklists = _grouped(_records(document, "checklists"), "idCard")
        self._fields = {entry.get("id"): entry for entry in _records(document, "customFields")}
        self._actions: dict[Any, list[Record]] = defaultdict(list)
        for action in sorted(_records(document, "actions"), key=lambda action: str(action.get("date", ""))):
            self._actions[_part(_part(action, "data"), "card").get("id")].append(action)
        self._keys = {_key(card): card.get("id") for card in self._cards}

    def moves(self, key: str) -> list[ListMove]:
        """The moves of a card (by its key in column Card) from the oldest on; the export holds the last 1,000."""
        found = [_move(action) for action in self._actions.get(self._keys.get(key), ())]
        return [move for move in found if move is not None]

    def table(self) -> Table:
        """Column names and one row per card, archived ones too; what repeats has a column for each."""
        with_points = sum(bool(_POINTS.match(str(card.get("name", "")))) for card in self._cards)
        pointed = with_points * 3 >= len(self._cards) > 0
        singles = [self._singles(card, pointed) for card in self._cards]
        repeated = [self._repeated(card) for card in self._cards]
        customs = [self._customs(card) for card in self._cards]
        extra = list(dict.fromkeys(name for custom in customs for name in custom))
        names = [*_SINGLE, *(["Points"] if pointed else []), *extra]
        rows: list[list[Cell]] = [
            [*single, *(custom.get(name) for name in extra)] for single, custom in zip(singles, customs, strict=True)
        ]
        for index, name in enumerate(_REPEATED):
            width = max((len(record[index]) for record in repeated), default=0)
            names += [name] * width
            for row, record in zip(rows, repeated, strict=True):
                row += [cell for cell, _ in zip_longest(record[index], range(width))]
        return names, rows

    def _singles(self, card: Record, pointed: bool) -> list[Cell]:
        title = str(cell_of(card.get("name")) or "")
        points = _POINTS.match(title) if pointed else None
        place = self._lists.get(card.get("idList"), {})
        checklists = self._checklists.get(card.get("id"), [])
        criteria = [entry for entry in checklists if _CRITERIA.search(str(entry.get("name", "")))]
        others = [entry for entry in checklists if entry not in criteria]
        values: list[Cell] = [
            _key(card),
            title[points.end() :] if points else title,
            cell_of(card.get("desc")),
            cell_of(place.get("name")),
            cell_of(card.get("start")),
            cell_of(card.get("due")),
            bool(card.get("dueComplete")),
            bool(card.get("closed") or place.get("closed")),
            self._created(card),
            cell_of(card.get("dateLastActivity")),
            cell_of(card.get("shortUrl") or card.get("url")),
            _items(criteria, ticks=False),
            _items(others, ticks=True),
        ]
        return values + ([points[1] if points else None] if pointed else [])

    def _repeated(self, card: Record) -> list[list[Cell]]:
        labels: list[Cell] = [str(entry.get("name") or entry.get("color") or "") for entry in _records(card, "labels")]
        members: list[Cell] = [self._members[one] for one in card.get("idMembers") or () if one in self._members]
        files: list[Cell] = [cell_of(entry.get("url") or entry.get("name")) for entry in _records(card, "attachments")]
        actions = self._actions.get(card.get("id"), ())
        comments: list[Cell] = [_comment(action) for action in actions if action.get("type") == "commentCard"]
        return [labels, members, files, comments]

    def _customs(self, card: Record) -> dict[str, Cell]:
        values: dict[str, Cell] = {}
        for item in _records(card, "customFieldItems"):
            definition = self._fields.get(item.get("idCustomField"), {})
            name = str(definition.get("name") or item.get("idCustomField") or "")
            value = _part(item, "value")
            if item.get("idValue"):
                chosen = next((o for o in _records(definition, "options") if o.get("id") == item["idValue"]), {})
                value = _part(chosen, "value")
            values[name] = cell_of(next(iter(value.values()), None))
        return values

    def _created(self, card: Record) -> Cell:
        """When the card was made: its id begins with that second in hexadecimal."""
        try:
            return datetime.fromtimestamp(int(str(card.get("id", ""))[:8], 16), UTC).isoformat()
        except (ValueError, OverflowError, OSError):
            return None


def _move(action: Record) -> ListMove | None:
    data = _part(action, "data")
    if action.get("type") == "updateCard" and data.get("listAfter"):
        before, after = _part(data, "listBefore").get("name"), _part(data, "listAfter").get("name")
    elif action.get("type") in {"createCard", "copyCard", "convertToCardFromCheckItem", "moveCardToBoard"}:
        before, after = None, _part(data, "list").get("name")
    else:
        return None
    try:
        at = datetime.fromisoformat(str(action.get("date")))
    except ValueError:
        return None
    return ListMove(at, before, str(after), _person(_part(action, "memberCreator"))) if after else None


def _comment(action: Record) -> str:
    who = _person(_part(action, "memberCreator")).replace(";", ",")
    return f"{action.get('date', '')};{who};{cell_of(_part(action, 'data').get('text')) or ''}"


def _items(checklists: Iterable[Record], *, ticks: bool) -> Cell:
    lines: list[str] = []
    for checklist in checklists:
        for item in sorted(_records(checklist, "checkItems"), key=lambda item: float(item.get("pos") or 0)):
            tick = ("[x] " if item.get("state") == "complete" else "[ ] ") if ticks else ""
            lines.append(f"{tick}{cell_of(item.get('name')) or ''}")
    return "\n".join(lines) or None


def _key(card: Record) -> str:
    return str(card.get("shortLink") or card.get("id") or card.get("idShort") or "")


def _person(member: Record) -> str:
    return str(member.get("fullName") or member.get("username") or "")


def _part(record: Record, name: str) -> Record:
    part = record.get(name)
    return part if isinstance(part, Mapping) else {}


def _records(record: Record, name: str) -> list[Record]:
    entries = record.get(name)
    return [entry for entry in entries if isinstance(entry, Mapping)] if isinstance(entries, list) else []


def _grouped(records: Sequence[Record], name: str) -> dict[Any, list[Record]]:
    groups: dict[Any, list[Record]] = defaultdict(list)
    for record in records:
        groups[record.get(name)].append(record)
    return groups

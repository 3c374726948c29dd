"""A Trello board becomes a table of cards with their history; other JSON becomes a table where it is a list."""

import json
from pathlib import Path
from typing import Any

import pytest

from implementor.exchange.readers.source import UnreadableFile
from implementor.exchange.readers.trello import ListMove, TrelloBoard
from tests.exchange.readers.sources import cells, labels, opened

ANA = {"id": "m1", "fullName": "Ana Ruiz", "username": "ana"}


def action(kind: str, at: str, **data: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "date": at,
        "memberCreator": ANA,
        "data": {"card": {"id": "5f0000000000000000000001"}, **data},
    }


BOARD: dict[str, Any] = {
    "name": "Tienda",
    "lists": [
        {"id": "l1", "name": "Por hacer"},
        {"id": "l2", "name": "Hecho"},
        {"id": "l3", "name": "Old", "closed": True},
    ],
    "members": [ANA],
    "customFields": [
        {"id": "f1", "name": "Puntos", "type": "number"},
        {"id": "f2", "name": "Prioridad", "type": "list", "options": [{"id": "o1", "value": {"text": "Alta"}}]},
    ],
    "checklists": [
        {
            "id": "c1",
            "idCard": "5f0000000000000000000001",
            "name": "Criterios de aceptación",
            "checkItems": [
                {"name": "second", "state": "incomplete", "pos": 2},
                {"name": "first", "state": "complete", "pos": 1},
            ],
        },
        {
            "id": "c2",
            "idCard": "5f0000000000000000000001",
            "name": "Tareas",
            "checkItems": [{"name": "do it", "state": "complete", "pos": 1}],
        },
    ],
    "cards": [
        {
            "id": "5f0000000000000000000001",
            "shortLink": "AbC",
            "name": "Cobrar",
            "desc": "**now**",
            "idList": "l2",
            "idMembers": ["m1"],
            "labels": [{"name": "caja"}, {"name": "", "color": "red"}],
            "due": "2026-05-01T10:00:00.000Z",
            "customFieldItems": [
                {"idCustomField": "f1", "value": {"number": "3"}},
                {"idCustomField": "f2", "idValue": "o1", "value": None},
            ],
            "attachments": [{"name": "a.png", "url": "https://x.y/a.png"}],
        },
        {"id": "5f0000000000000000000002", "shortLink": "DeF", "name": "Pagar", "idList": "l3", "closed": False},
    ],
    "actions": [
        action("updateCard", "2026-04-02T09:00:00.000Z", listBefore={"name": "Por hacer"}, listAfter={"name": "Hecho"}),
        action("commentCard", "2026-04-01T10:00:00.000Z", text="Hola; bien"),
        action("createCard", "2026-04-01T09:00:00.000Z", list={"name": "Por hacer"}),
    ],
}


def test_each_card_is_a_row_with_what_belongs_to_it(tmp_path: Path) -> None:
    source = opened(tmp_path, json.dumps(BOARD), "board.json")
    first, second = (dict(zip(labels(source), row, strict=True)) for row in cells(source))
    assert source.kind == "trello"
    assert (first["Card"], first["Title"], first["List"], first["Puntos"], first["Prioridad"]) == (
        "AbC",
        "Cobrar",
        "Hecho",
        "3",
        "Alta",
    )
    assert (first["Labels"], first["Labels (2)"], first["Members"]) == ("caja", "red", "Ana Ruiz")
    assert (first["Acceptance criteria"], first["Checklist"]) == ("first\nsecond", "[x] do it")
    assert first["Comment"] == "2026-04-01T10:00:00.000Z;Ana Ruiz;Hola; bien"
    assert str(first["Created"]).startswith("2020-07-04T")
    assert second["Archived"] is True


def test_the_moves_of_a_card_are_its_history_from_the_oldest_on(tmp_path: Path) -> None:
    board = opened(tmp_path, json.dumps(BOARD), "board.json").document
    moves: list[ListMove] = board.moves("AbC")
    assert [(move.came_from, move.went_to, move.by) for move in moves] == [
        (None, "Por hacer", "Ana Ruiz"), ("Por hacer", "Hecho", "Ana Ruiz"),
    ]  # fmt: skip
    assert moves[0].at < moves[1].at
    assert board.moves("nobody") == []


def test_points_written_before_titles_are_taken_as_points() -> None:
    cards = [
        {"id": "1", "name": "(3) Cobrar", "idList": "x"},
        {"id": "2", "name": "(0.5) Pagar"},
        {"id": "3", "name": "Ver"},
    ]
    names, rows = TrelloBoard({"cards": cards, "lists": []}).table()
    found = [(row[names.index("Title")], row[names.index("Points")]) for row in rows]
    assert found == [("Cobrar", "3"), ("Pagar", "0.5"), ("Ver", None)]


@pytest.mark.parametrize(
    "document", [{}, {"cards": None}, {"cards": [None, 3, {"id": 5}], "lists": [{}], "actions": [{}]}]
)
def test_a_board_with_parts_missing_is_still_a_table(document: dict[str, Any]) -> None:
    names, rows = TrelloBoard(document).table()
    assert all(len(row) == len(names) for row in rows)


def test_lists_of_records_and_of_values_become_tables(tmp_path: Path) -> None:
    nested = {"total": 2, "issues": [{"key": "A-1", "fields": {"summary": "x", "labels": ["a", "b"]}}, {"key": "A-2"}]}
    source = opened(tmp_path, json.dumps(nested), "issues.json")
    assert labels(source) == ["key", "fields.summary", "fields.labels"]
    assert cells(source) == [["A-1", "x", "a, b"], ["A-2", None, None]]
    assert cells(opened(tmp_path, '["one", "two\\ud800"]', "list.json")) == [["one"], ["two\ufffd"]]


@pytest.mark.parametrize(
    ("text", "says"), [('{"a": 1,\n]', "line 2, column 1"), ('{"a": 1}', "no list"), ("[" * 99_999, "nested")]
)
def test_json_that_is_no_list_is_refused_with_its_place(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=says):
        opened(tmp_path, text, "x.json")

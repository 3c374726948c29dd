"""Columns find their fields by name in both languages and by their cells, and the choice is remembered."""

from pathlib import Path

import pytest

from implementor.exchange.mapping import recalled, remembering, signature, suggest
from implementor.exchange.readers.opening import open_source
from implementor.exchange.readers.source import Source
from implementor.waves.story_import_targets import story_import, story_targets
from tests.exchange.readers.sources import KNOWN, opened, workbook
from tests.exchange.real_data import real


def fields(source: Source) -> dict[str, str]:
    """Field by column label."""
    chosen = suggest(source.columns, story_targets(story_import()))
    return {source.columns[one.column].label_unique: one.field for one in chosen}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("en_testautogen_apache2.csv", {
            "Summary": "title", "Issue key": "external_key", "Issue id": "external_id", "Issue Type": "type",
            "Status": "status", "Status Category": "status_category", "Priority": "priority", "Assignee": "owner",
            "Reporter": "reporter", "Created": "created_at", "Updated": "updated_at", "Resolved": "resolved_at",
            "Due date": "due_on", "Description": "description", "Attachment": "attachments", "Sprint": "wave",
            "Custom field (Story Points)": "points", "Comment": "comments", "Comment (2)": "comments",
        }),
        ("es_tickets_snapshot1.csv", {
            "Resumen": "title", "Clave de incidencia": "external_key", "Tipo de Incidencia": "type", "Estado": "status",
            "Categoría de estado": "status_category", "Persona asignada": "owner", "Informador": "reporter",
            "Creada": "created_at", "Actualizada": "updated_at", "Resuelta": "resolved_at",
            "Descripción": "description",
            "Adjunto (5)": "attachments", "Sprint": "wave", "Campo personalizado (Story point estimate)": "points",
            "Comentario": "comments", "Clave principal": "parent",
        }),
    ],
)  # fmt: skip
def test_a_real_jira_export_maps_itself(name: str, expected: dict[str, str]) -> None:
    path = real(f"jira-exports/{name}")
    found = fields(open_source(path, filename=name, hints=KNOWN))
    assert {label: found.get(label) for label in expected} == expected
    assert "Watchers" not in found
    assert "Interesados" not in found


def test_every_sprint_and_label_column_is_taken(tmp_path: Path) -> None:
    header = "Summary,Issue key,Sprint,Sprint,Sprint,Labels,Labels,Status\n"
    found = fields(opened(tmp_path, header + "x,A-1,S1,S2,,crm,web,Done\ny,A-2,S1,,,,,To Do\n"))
    assert [label for label, field in found.items() if field == "wave"] == ["Sprint", "Sprint (2)", "Sprint (3)"]
    assert [label for label, field in found.items() if field == "tags"] == ["Labels", "Labels (2)"]


def test_a_spanish_backlog_with_group_names_maps_itself(tmp_path: Path) -> None:
    rows = [
        ["Código", "Historia de Usuario", None, None, "Estimación", None, "MoSCoW", "Criterios de Aceptación"],
        [None, "Como", "Quiero", "Para", "Puntos de historia", "Valor de negocio", None, None],
        ["HU-01", "cajero", "cobrar", "cerrar", "3 Puntos", 80, "Debe", "- uno"],
        ["HU-02", "cliente", "pagar", "salir", "5 Puntos", 70, "Podría", "- dos"],
    ]
    merges = ("A1:A2", "B1:D1", "E1:F1", "G1:G2", "H1:H2")
    source = opened(tmp_path, workbook(rows, merges), "backlog.xlsx")
    expected = ["external_key", "as_a", "i_want", "so_that", "points", "value", "moscow", "criteria"]
    assert list(fields(source).values()) == expected


def test_columns_without_names_are_known_by_their_cells(tmp_path: Path) -> None:
    text = "HU-1;Como cajero, quiero cobrar;3 Puntos\nHU-2;Como cliente, quiero pagar;5 Puntos\n"
    assert fields(opened(tmp_path, text)) == {"[A]": "external_key", "[B]": "title", "[C]": "points"}


def test_headings_across_a_table_are_waves_or_parents(tmp_path: Path) -> None:
    rows = [["Sprint 1"], ["ID", "Tarea"], ["T1", "uno"], ["Sprint 2"], ["T2", "dos"]]
    assert fields(opened(tmp_path, workbook(rows, ("A1:B1", "A4:B4")), "b.xlsx"))["Section"] == "wave"
    rows = [["ID", "Tarea"], ["Ventas"], ["T1", "uno"], ["Compras"], ["T2", "dos"]]
    assert fields(opened(tmp_path, workbook(rows, ("A2:B2", "A4:B4")), "b.xlsx"))["Section"] == "parent"


def test_where_nothing_is_called_a_title_the_longest_texts_are_offered(tmp_path: Path) -> None:
    found = fields(opened(tmp_path, "Nr;Was;Wer\n1;Kunden anlegen und pflegen;Ana\n2;Rechnung an Kunden senden;Eva\n"))
    assert found["Was"] == "title"


def test_a_filled_column_is_preferred_to_an_empty_one_of_the_same_meaning(tmp_path: Path) -> None:
    text = "Key,Summary,Custom field (Story Points),Custom field (Story point estimate)\nA-1,x,,3\nA-2,y,,5\n"
    assert fields(opened(tmp_path, text))["Custom field (Story point estimate)"] == "points"


def test_a_mapping_is_remembered_by_header_whatever_the_number_of_repeats(tmp_path: Path) -> None:
    first = opened(tmp_path, "Key,Title,Sprint,Sprint\nA-1,x,S1,S2\n")
    stored = remembering(first.columns, {0: "external_key", 1: "title", 2: "wave", 3: "wave"})
    mark = signature(first.columns)
    later = opened(tmp_path, "Sprint,Title,Key\nS1,x,A-1\n")
    assert signature(later.columns) == mark
    assert recalled(later.columns, stored) == {0: "wave", 1: "title", 2: "external_key"}


def test_no_two_headers_of_different_fields_are_the_same() -> None:
    owners: dict[str, set[str]] = {}
    for target in story_targets(story_import()):
        for label in target.labels:
            owners.setdefault(label, set()).add(target.name)
    assert {label: names for label, names in owners.items() if len(names) > 1} == {}

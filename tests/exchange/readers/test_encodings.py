"""Accents arrive as written, whatever encoding a file came in."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implementor.exchange.readers.encodings import encoding_of
from tests.exchange.readers.sources import cells, opened

SPANISH = "Título;Descripción;Dueño\nAñadir artículo;¿Cómo se cobra? 5 €;Peña\nCámbialo ya;Útil y rápido;Núñez\n"


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_spanish_text_is_read_in_any_encoding(name: str, tmp_path: Path) -> None:
    source = opened(tmp_path, SPANISH.encode(name))
    assert [column.name for column in source.columns] == ["Título", "Descripción", "Dueño"]
    assert cells(source) == [
        ["Añadir artículo", "¿Cómo se cobra? 5 €", "Peña"],
        ["Cámbialo ya", "Útil y rápido", "Núñez"],
    ]


@pytest.mark.parametrize("name", ["iso-8859-1", "cp850", "mac_roman"])
def test_older_western_encodings_are_told_apart(name: str, tmp_path: Path) -> None:
    source = opened(tmp_path, SPANISH.replace("€", "").encode(name))
    assert cells(source)[1] == ["Cámbialo ya", "Útil y rápido", "Núñez"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Название;Оценка\nДобавить отчёт о продажах;5\n", "cp1251"),
        ("Τίτλος;Πόντοι\nΑναφορά πωλήσεων ανά περιοχή;5\n", "cp1253"),
    ],
)
def test_other_scripts_are_recognised(text: str, name: str, tmp_path: Path) -> None:
    assert str(cells(opened(tmp_path, text.encode(name)))[0][0]) == text.split("\n")[1].split(";")[0]


def test_utf8_with_one_broken_byte_keeps_its_accents_and_says_so(tmp_path: Path) -> None:
    source = opened(tmp_path, SPANISH.encode() + b"roto \xff;x;y\n")
    assert cells(source)[0][0] == "Añadir artículo"
    assert "could not be read" in str(source.warnings[0])


@given(st.binary(max_size=400))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_get_an_encoding_that_reads_them(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(content)
    encoding = encoding_of(path)
    assert isinstance(path.read_text(encoding.name, errors=encoding.errors), str)

"""Files are told apart by their structure, in any language, and story sentences fall into their parts."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implementor.exchange.detection import detect, issue_key_column
from implementor.exchange.sentences import Sentence, sentence_of, starts_story, without_bullet
from tests.exchange.readers.sources import cells, opened

ROW = "Título;ABC-{0};1007{0};{1};{2};0|i0000{0}:;\n"
JIRA = {
    "en": "Summary;Issue key;Issue id;Issue Type;Status;Custom field (Rank);Σ Time Spent\n",
    "es": "Resumen;Clave de incidencia;ID de la incidencia;Tipo de Incidencia;Estado;Campo personalizado (Rank);Σ\n",
    None: "Zusammenfassung;Vorgangsschlüssel;Vorgangs-ID;Vorgangstyp;Status;Benutzerdefiniertes Feld (Rang);Σ Zeit\n",
}


@pytest.mark.parametrize("language", JIRA)
def test_a_jira_export_is_known_in_any_language(language: str | None, tmp_path: Path) -> None:
    rows = "".join(ROW.format(number, "Story", "Done") for number in range(1, 6))
    found = detect(opened(tmp_path, JIRA[language] + rows))
    assert (found.kind, found.language) == ("jira", language)


def test_a_table_with_keys_alone_is_a_backlog_not_a_jira_export(tmp_path: Path) -> None:
    source = opened(tmp_path, "issuekey,title,storypoint\nBAM-1,x,3\nBAM-2,y,5\n")
    assert (detect(source).kind, issue_key_column(source.columns)) == ("table", 0)
    assert detect(opened(tmp_path, "name,points\nx,3\n")).kind == "table"


@pytest.mark.parametrize("name", ["stories.txt", "stories.csv", "stories"])
def test_sentences_with_commas_are_lines_of_text_and_no_table(name: str, tmp_path: Path) -> None:
    text = "".join(f"Como cajero {i}, quiero cobrar {i}, para cerrar la caja\n" for i in range(5))
    source = opened(tmp_path, text, name)
    assert (detect(source).kind, detect(source).language) == ("text", "es")
    assert cells(source)[0][1:] == ["cajero 0", "cobrar 0", "cerrar la caja"]


def test_a_table_of_sentences_beside_other_columns_stays_a_table(tmp_path: Path) -> None:
    text = 'Historia,Puntos\n"Como cajero, quiero cobrar",3\n"Como cliente, quiero pagar",5\n'
    assert (detect(opened(tmp_path, text)).kind, len(cells(opened(tmp_path, text)))) == ("table", 2)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("As a user, I want to pay, so that I can leave.", ("user", "to pay", "I can leave")),
        ("As an Applicant I want to Pay Fee  so that I can go ", ("Applicant", "to Pay Fee", "I can go")),
        ("As a DeveloperI want to access data  so that I fix it", ("Developer", "to access data", "I fix it")),
        ("As anInspector  I want to Conduct it  So that I see", ("Inspector", "to Conduct it", "I see")),
        ("As a user who wants more, I'd like a menu in order to choose", ("user who wants more", "a menu", "choose")),
        ("As a camp worker I'm able to report a camper", ("camp worker", "I'm able to report a camper", "")),
        ("As a Researcher  would like the ability  so thatI can export", ("Researcher", "the ability", "I can export")),
        ("As a P I want a registry  so my data has a home", ("P", "a registry", "my data has a home")),
        ("- [ ] As a user I need help so I can learn", ("user", "help", "I can learn")),
        ("Como usuario comprador, quiero ver mi historial, para consultar mis entradas.",
         ("usuario comprador", "ver mi historial", "consultar mis entradas")),
        ("Yo como jefe necesito crear usuarios para que entren", ("jefe", "crear usuarios", "entren")),
        ("3. Como Promotor quiero un botón para pagar, con el fin de vender más",
         ("Promotor", "un botón para pagar", "vender más")),
        ("Como cliente me gustaría pagar", ("cliente", "pagar", "")),
    ],
)  # fmt: skip
def test_a_sentence_falls_into_who_what_and_why(line: str, parts: tuple[str, str, str]) -> None:
    assert starts_story(line)
    assert sentence_of(line) == Sentence(*parts)


@pytest.mark.parametrize("line", ["", "Registrar clientes", "Como siempre", "As soon as possible", "Comodín"])
def test_other_lines_are_no_sentences(line: str) -> None:
    assert sentence_of(line) is None


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_a_sentence_or_none_and_keeps_its_words(text: str) -> None:
    sentence = sentence_of("As a " + text)
    assert sentence is None or all(word in text for word in sentence.i_want.split())
    assert without_bullet("- * 1. " + "word") == "word"

"""Jira markup becomes Markdown of the same meaning, no word is lost, and hostile texts cost no more than others."""

import csv
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implementor.exchange.markup import markdown_of
from tests.exchange.real_data import real

WORD = re.compile(r"[^\W_]+")
MARKS = [
    "h1. ", "* ", "# ", "** ", "{code}", "{code:java}", "{noformat}", "{quote}", "----", "*", "_", "-", "{{", "}}", "[",
    "]", "!", "|", "||", "<", ">", "<b>", "</b>", "<br/>", "&", ";", "bq. ", "{color:red}", "{color}", "`", "```", "[~",
    "http://a.b/", "{panel:title=", "}", "(", ")", "{unknown}", "+", "^", "~", "<a href=x>", "\n", "\n\n", "  ", "\\",
    "\\\\",
]  # fmt: skip
PIECES = st.sampled_from(MARKS)


@pytest.mark.parametrize(
    ("jira", "markdown"),
    [
        ("h2. Goal *now*", "## Goal **now**"),
        ("*bold* _it_ -gone- {{mono}}", "**bold** *it* ~~gone~~ `mono`"),
        ("a_b_c 2 * 3 * 4 x-y-z", "a_b_c 2 * 3 * 4 x-y-z"),
        ("intro\n* one\n** two\n*** three\n# four", "intro\n\n- one\n    - two\n        - three\n1. four"),
        ("{code:java}\nint a = b < c;\n{code}", "```java\nint a = b < c;\n```"),
        ("{code:title=Foo.java|java}x{code}", "**Foo.java**\n\n```java\nx\n```"),
        ("see {noformat}*raw*{noformat} end", "see\n\n```\n*raw*\n```\n\n end"),
        ("{noformat}\n```\n{noformat}", "````\n```\n````"),
        ("{quote}said\nmore{quote}", "> said\n> more"),
        ("bq. wise", "> wise"),
        ("|| a || b ||\n| 1 | [x|http://y.z] |", "| a | b |\n| --- | --- |\n| 1 | [x](http://y.z) |"),
        ("[text|https://a.b/c_d] [https://e.f]", "[text](https://a.b/c_d) [https://e.f](https://e.f)"),
        ("[a|https://a.b|smart-link]", "[a](https://a.b)"),
        ("[~accountid:712020:aa] [~ana] [^notes.txt]", "@712020:aa @ana [notes.txt](notes.txt)"),
        ('!Captura 1.png|width=45,alt="Login"!', "![Login](<Captura 1.png>)"),
        ("{color:red}red{color}\\\\ next", "red\nnext"),
        ("a\n----\nb", "a\n\n---\n\nb"),
        ("use <flow> &amp; &quot;x&quot; <b>bold</b><br>new", 'use &lt;flow> & "x" **bold**\nnew'),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n\n- two"),
        ("[INFO] {http:foo} {code} never closed", "[INFO] {http:foo} {code} never closed"),
        ("https://x.y/z_w.", "<https://x.y/z_w>."),
        ("", ""),
    ],
)
def test_each_mark_becomes_its_markdown(jira: str, markdown: str) -> None:
    found = re.sub(r"[ ]+$", "", markdown_of(jira), flags=re.MULTILINE)
    assert found == markdown


@settings(deadline=None)
@given(st.lists(st.one_of(PIECES, st.integers(0, 999).map("word{}x".format)), max_size=40))
def test_no_word_is_lost_in_any_mixture_of_marks(pieces: list[str]) -> None:
    text = "".join(pieces)
    words = re.findall(r"word\d+x", text)
    assert re.findall(r"word\d+x", markdown_of(text)) == words or set(words) <= set(
        re.findall(r"word\d+x", markdown_of(text))
    )


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="{}<>&\\!|[]", exclude_categories=["Cs", "Cc"]), max_size=200))
def test_text_without_macros_keeps_every_letter_in_order(text: str) -> None:
    before = "".join(WORD.findall(markdown_of(text)))
    bare = re.sub(r"^\s{0,8}(h[1-6]|bq)\.\s+(?=\S)", "", text, flags=re.IGNORECASE | re.MULTILINE)
    letters = [letter for letter in before if not letter.isdecimal()]
    assert len(letters) >= sum(letter.isalpha() for letter in bare) * 0.9 - 2


@pytest.mark.parametrize("name", ["bamboo", "duracloud", "jirasoftware", "mule", "talendesb", "usergrid"])
def test_real_descriptions_keep_their_words(name: str) -> None:
    with real(f"story-points-mit/{name}.csv").open(encoding="utf-8", newline="") as stream:
        texts = [record[2] for record in csv.reader(stream)]
    for text in texts:
        bare = re.sub(r"\{/?[a-zA-Z]+[^{}\n]*\}|</?[a-zA-Z][^<>\n]*>|&\w+;|\|width[^!]*!", " ", text)
        kept = set(WORD.findall(markdown_of(text)))
        assert set(WORD.findall(bare)) - kept <= {"h1", "h2", "h3", "h4", "h5", "bq", "accountid", "thumbnail"}


@pytest.mark.parametrize("mark", ["*", "_a ", "[", "!a", "{{", "{code}", "|", "<", "<a href=", "[a|", "* a\n"])
def test_a_long_hostile_text_is_converted_like_any_other(mark: str) -> None:
    """What takes the square of the length would hold this test up for minutes."""
    size = 50_000
    assert markdown_of(f"first {mark * (size // len(mark))} last").startswith("first")

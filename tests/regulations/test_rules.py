"""How articles are cited."""

import pytest
from django.utils import translation

from governance.regulations.rules import chinese_numeral, cite, cited, interpreting_office, overseeing_offices


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (13, "十三"), (20, "二十"), (99, "九十九"), (100, "一百"), (105, "一百零五"), (110, "一百一十")],
)
def test_chinese_numeral(number, words):
    assert chinese_numeral(number) == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("4", "Art. 4"),
        ("4.1", "Art. 4, item 1"),
        ("7.p2", "Art. 7, para. 2"),
        ("7.p2.3", "Art. 7, para. 2, item 3"),
        ("4.note", "Art. 4, note"),
        ("", ""),
    ],
)
def test_article_is_cited_in_english(code, words):
    with translation.override("en"):
        assert cited(code) == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("13", "第十三条"),
        ("4.1", "第四条第 1 项"),
        ("7.p2", "第七条第二款"),
        ("4.note", "第四条备注"),
    ],
)
def test_article_is_cited_in_chinese(code, words):
    with translation.override("zh-hans"):
        assert cited(code) == words


def test_citation_is_put_into_words_when_it_is_shown():
    citation = cite("4.1")
    with translation.override("en"):
        english = str(citation)
    with translation.override("zh-hans"):
        chinese = str(citation)

    assert (english, chinese) == ("Art. 4, item 1", "第四条第 1 项")


def test_who_interprets_and_supervises_oversees():
    data = {"interprets": {"office": "hr"}, "supervises": [{"office": "po"}, {"code": "instructed"}]}

    assert (interpreting_office(data), overseeing_offices(data)) == ("hr", {"hr", "po"})
    assert (interpreting_office({}), overseeing_offices({})) == (None, set())

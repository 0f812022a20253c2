"""The catalogue: what is found in code and templates, what is kept, what is complained of."""

import gettext
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from governance.commands import catalog

CODE = """
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy as spoken
plain = _("Submit")
lazy = gettext_lazy("%(n)s people expected")
context = spoken("duty", "Approve")
many = ngettext("One day", "%(n)s days", 2)
_not = print("Never said")
for _x in []: pass
"""
TEMPLATE = """{% load i18n %}
<p title="it's {{ x }}">{% translate "Groups" %} {% translate "Open" context "duty" %}</p>
    {% blocktranslate trimmed with who=user.name %}
      Waits for {{ who }}
    {% endblocktranslate %}
{% blocktranslate count n=n %}One row{% plural %}{{ n }} rows{% endblocktranslate %}
{{ title|default:_("No title") }}
"""
ALL = {
    ("", "Submit"),
    ("", "%(n)s people expected"),
    ("duty", "Approve"),
    ("", "One day"),
    ("", "Groups"),
    ("duty", "Open"),
    ("", "Waits for %(who)s"),
    ("", "One row"),
    ("", "No title"),
}
CHINESE = """
Submit: 提交
"%(n)s people expected": 预计 %(n)s 人
"duty|Approve": 审批
One day: "%(n)s 天"
Groups: 微信群
"duty|Open": 待办
"Waits for  %(who)s": 等待%(who)s
One row: "%(n)s 行"
No title: 无标题
"""


@pytest.fixture
def base(tmp_path, settings):
    """A tree with one module and one template, and a catalogue of its own."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "groups").mkdir()
    (tmp_path / "groups" / "models.py").write_text(CODE)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    (tmp_path / "zh.yaml").write_text(CHINESE)
    return tmp_path


def run(*arguments):
    said = StringIO()
    call_command("translations", *arguments, stdout=said, stderr=said)
    return said.getvalue()


def complaints():
    with pytest.raises(CommandError) as raised:
        run("--check")
    return str(raised.value).splitlines()[:-1]


def test_every_msgid_is_found_and_nothing_else(base):
    found, unreadable = catalog.extracted(base)
    assert set(catalog.messages_by_key(found)) == ALL
    assert unreadable == []


def test_filled_catalogue_is_complete_and_compiled(base):
    assert run("--fill", str(base / "zh.yaml")) == "Translations: 9 msgids, 0 without Chinese.\n"
    assert run("--check") == "Translations: complete.\n"
    with catalog.po_file().with_suffix(".mo").open("rb") as binary:
        chinese = gettext.GNUTranslations(binary)
    assert chinese.gettext("Submit") == "提交"
    assert chinese.pgettext("duty", "Open") == "待办"
    assert chinese.ngettext("One day", "%(n)s days", 1) == "%(n)s 天"


def test_running_again_writes_the_same_file_without_line_numbers(base):
    run("--fill", str(base / "zh.yaml"))
    before = catalog.po_file().read_text()
    (base / "groups" / "models.py").write_text("\n\n\n" + CODE)
    run()
    assert catalog.po_file().read_text() == before


def test_untranslated_msgid_is_complained_of(base):
    run("--fill", str(base / "zh.yaml"))
    (base / "groups" / "rules.py").write_text("from django.utils.translation import gettext\ngettext('New')")
    assert complaints() == ["untranslated: 'New' (groups/rules.py)"]
    run()
    assert complaints() == ["untranslated: 'New' (groups/rules.py)"]


def test_msgid_that_left_the_code_is_obsolete_until_pruned_and_revived_when_it_comes_back(base):
    run("--fill", str(base / "zh.yaml"))
    (base / "groups" / "models.py").write_text(CODE.replace('plain = _("Submit")', ""))
    run()
    assert complaints() == ["obsolete: 'Submit'"]
    (base / "groups" / "models.py").write_text(CODE)
    run()
    assert run("--check") == "Translations: complete.\n"
    (base / "groups" / "models.py").write_text(CODE.replace('plain = _("Submit")', ""))
    run("--prune")
    assert run("--check") == "Translations: complete.\n"


@pytest.mark.parametrize("chinese", ["预计若干人", "预计 %(count)s 人", "预计 {n} 人 %(n)s %(m)s"])
def test_other_places_are_complained_of(base, chinese):
    (base / "more.yaml").write_text(f'"%(n)s people expected": "{chinese}"')
    run("--fill", str(base / "zh.yaml"), "--fill", str(base / "more.yaml"))
    assert [complaint.partition(":")[0] for complaint in complaints()] == ["other places"]


OFFERING = """
from django.utils.translation import gettext as _
# offers: {numeral}
article = _("Art. {n}")
"""


@pytest.mark.parametrize(
    ("chinese", "complained"), [("第{numeral}条", 0), ("第{n}条（{numeral}）", 0), ("第{n}条", 0), ("第{m}条", 1)]
)
def test_translation_may_use_what_the_code_offers(base, chinese, complained):
    (base / "groups" / "models.py").write_text(OFFERING)
    (base / "templates" / "page.html").unlink()
    (base / "more.yaml").write_text(f'"Art. {{n}}": "{chinese}"')
    run("--fill", str(base / "more.yaml"))
    found, _unreadable = catalog.extracted(base)
    assert len(catalog.complaints(found, catalog.stored())) == complained


def test_fuzzy_entry_is_complained_of(base):
    run("--fill", str(base / "zh.yaml"))
    text = catalog.po_file().read_text()
    catalog.po_file().write_text(text.replace('msgid "Submit"', '#, fuzzy\nmsgid "Submit"'))
    assert complaints() == ["fuzzy: 'Submit'"]


def test_key_that_no_code_uses_and_a_replaced_entry_are_said(base):
    run("--fill", str(base / "zh.yaml"))
    (base / "more.yaml").write_text("Yes: 是\nSubmit: 送审")
    assert run("--fill", str(base / "more.yaml")).splitlines()[:2] == [
        "not in the code: 'Yes'",
        "replaced: Submit: 提交 → 送审",
    ]


def test_file_in_the_middle_of_being_written_loses_no_chinese(base):
    run("--fill", str(base / "zh.yaml"))
    (base / "groups" / "models.py").write_text(CODE + "\ndef broken(:")
    assert run().startswith("unreadable: groups/models.py")
    assert complaints()[0].startswith("unreadable: groups/models.py")
    (base / "groups" / "models.py").write_text(CODE)
    run()
    assert run("--check") == "Translations: complete.\n"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("%(n)s of %(m)s", ["m", "n"]),
        ("{n} of {m}", ["m", "n"]),
        ("%(n)s and %(n)s", ["n"]),
        ("100%% sure", []),
        ("%s of %d", ["d", "s"]),
        ("nothing", []),
    ],
)
def test_places_are_the_names_to_fill_in(text, places):
    assert catalog.places(text) == places


def test_shipped_catalogue_reads_in_chinese():
    from django.utils import translation

    with translation.override("zh-hans"):
        assert translation.gettext("Sign in") == "登录"

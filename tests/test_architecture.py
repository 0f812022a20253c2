"""The house stands as DESIGN.md section 3 draws it; each check is shown to see a planted violation."""

from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver

from governance.audit.verbs import verbs
from governance.directory.merging import references
from governance.directory.models import Person
from tests import architecture

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 400

# Parts that are a single module and no app, such as `workflow`.
MODULES = {part for part in architecture.HOUSE if (ROOT / f"{part.replace('.', '/')}.py").exists()}
APPS = [part for part in architecture.HOUSE if part not in MODULES]

VOCABULARY = {
    *("__init__", "apps", "migrations", "models", "rules", "permissions", "queries", "actions", "forms", "views"),
    *("urls", "tasks", "regulation", "admin", "templatetags", "management"),
    # what an app registers with the apps below it
    *("kinds", "verbs", "references", "wordings", "duty_kinds", "ready_text", "carried_out"),
}
# What one app has and no other, each with its reason.
FURTHER = {
    "governance.accounts": {"adapter", "returning", "sign_in_urls"},  # allauth asks for them; the way back
    "governance.directory": {
        *("backends", "names", "importing", "panels", "merging")  # Django asks; 拼音; sheets; what others add; who names
    },
    # who is reminded when; what a person's page shows of delegates; messages about no single duty
    "governance.duties": {"ladders", "panels", "notices"},
    "governance.files": {"uploads"},  # what is let in
    "governance.jobs": {"registry", "progress"},  # what can be started; how far it is
    "governance.notifications": {"mails", "digests"},  # how a mail reads; what is gathered for one mail a day
    # reading the file; which app owns which part of it; its words, answers and pages as people read them; what differs
    # between versions, and what that means in the apps above
    "governance.regulations": {
        *("format", "sections", "words", "answers_in_words", "question_pages", "regulation_pages"),
        *("differences", "effects"),
    },
    # what the regulation says for a type; who sees a group; WeChat's limits; the file's checks; sentences; states;
    # what people are told and what the admin pastes; lists of existing groups
    "groups": {
        *("terms", "visibility", "platforms", "regulation_checks", "wording", "labels", "told", "notice_text"),
        "importing",
    },
    "members": {"nicknames"},  # how a nickname is taken apart
}


def plant(root: Path, file: str, text: str) -> None:
    """Put a file into a tree of its own, with the packages above it."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# --- this tree ------------------------------------------------------------------------------------------------------
def test_imports_point_down():
    assert architecture.upward_references(ROOT) == []


def test_layers_of_an_app_point_down():
    assert architecture.upward_layers(ROOT) == []


def test_templates_point_down():
    assert architecture.upward_templates(ROOT) == []


def test_foreign_keys_point_down():
    found = []
    for model in apps.get_models():
        own = architecture.package_of(model.__module__)
        for field in model._meta.get_fields():
            if own is None or not field.is_relation or field.auto_created or field.related_model is None:
                continue
            target = architecture.package_of(field.related_model.__module__)
            if target and architecture.rank_of(target) > architecture.rank_of(own):
                found.append(f"{model._meta.label}.{field.name} → {target}")
    assert found == []


def test_every_part_of_the_house_is_installed():
    installed = {config.name for config in apps.get_app_configs()}
    assert set(architecture.HOUSE) - installed == {"governance.workflow", "governance.paging"}


@pytest.mark.parametrize("package", [package for package in architecture.HOUSE if package not in ("governance.workflow", "governance.paging")])
def test_app_has_only_known_files(package):
    words = architecture.words_used(ROOT, package)
    assert words - VOCABULARY - FURTHER.get(package, set()) == set()


def test_no_word_is_reserved_for_nothing():
    unused = {
        package: words - architecture.words_used(ROOT, package)
        for package, words in FURTHER.items()
        if words - architecture.words_used(ROOT, package)
    }
    assert unused == {}


@pytest.mark.parametrize("word", ["utils", "helpers", "manager", "service", "services", "common", "misc"])
def test_no_file_is_called_by_an_empty_word(word):
    files = [file for folder in architecture.ROOTS for file in (ROOT / folder).rglob(f"{word}.py")]
    assert files == []


def test_no_file_is_too_long():
    assert architecture.long_files(ROOT, (*architecture.ROOTS, "tests"), LONGEST_FILE) == []


def test_every_address_has_a_name():
    nameless = [
        str(pattern.pattern)
        for pattern in get_resolver().url_patterns
        if not hasattr(pattern, "url_patterns") and pattern.name is None
    ]
    assert nameless == []


def test_every_verb_of_the_operations_log_has_words():
    """Whatever is recorded reads as a sentence in the operations log: put words into the app's `verbs.py`."""
    worded = {verb for _subject, verb in verbs}
    wordless = [f"{where}: {verb}" for verb, where in architecture.recorded_verbs(ROOT) if verb not in worded]
    for model in apps.get_models():
        for steps in getattr(model, "TRANSITIONS", {}).values():
            wordless += [
                f"{model._meta.label}: {verb}"
                for verb in steps.values()
                if not {(model._meta.model_name, verb), ("", verb)} & set(verbs)
            ]
    assert wordless == []


def test_every_foreign_key_to_a_person_is_covered_by_merging():
    """Two entries of one person can become one: say in the app's `references.py` what becomes of the key."""
    found = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is Person
    }
    assert {f"{model._meta.label}.{name}" for model, name in found ^ set(references)} == set()


# --- planted violations ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "line",
    [
        "from groups.models import Group",
        "import groups.models",
        "from groups import models",
        "def late():\n    from groups.models import Group",
        "if TYPE_CHECKING:\n    from groups.models import Group",
        "from ..regulations import models",
        "Group = apps.get_model('groups.Group')",
        "Group = apps.get_model('groups', 'Group')",
        "Group = import_string('groups.models.Group')",
        "groups = import_module('groups.models')",
        "group = models.ForeignKey('groups.Group', on_delete=models.PROTECT)",
        "group = models.ForeignKey(on_delete=models.PROTECT, to='groups.Group')",
        "groups = models.ManyToManyField('groups.Group')",
        "people = models.ManyToManyField('directory.Person', through='members.Membership')",
        "from governance.desk import context",
        "from governance.settings import DEBUG",
    ],
)
def test_planted_upward_reference_is_seen(tmp_path, line):
    plant(tmp_path, "governance/directory/models.py", line)
    assert len(architecture.upward_references(tmp_path)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "from governance.accounts.models import User",
        "from ..accounts import models",
        "from . import queries",
        "from governance.workflow import move",
        "person = models.ForeignKey('directory.Person', on_delete=models.PROTECT)",
        "from django.db import models",
        "word = 'groups.Group'",
    ],
)
def test_downward_reference_is_no_finding(tmp_path, line):
    plant(tmp_path, "governance/directory/models.py", line)
    assert architecture.upward_references(tmp_path) == []


def test_upward_reference_is_seen_in_a_package_and_deep_inside(tmp_path):
    plant(tmp_path, "governance/directory/actions/__init__.py", "from ...duties.models import Duty")
    plant(tmp_path, "governance/directory/actions/people.py", "from ...duties.models import Duty")
    assert architecture.upward_references(tmp_path) == [
        "governance/directory/actions/__init__.py:1: governance.directory knows governance.duties",
        "governance/directory/actions/people.py:1: governance.directory knows governance.duties",
    ]


def test_composition_may_know_everything(tmp_path):
    plant(tmp_path, "governance/desk/views.py", "from violations.models import Case")
    assert architecture.upward_references(tmp_path) == []


def test_planted_layer_violation_is_seen(tmp_path):
    plant(tmp_path, "groups/actions/creation.py", "from ..tasks import sweep\nfrom ..models import Group")
    plant(tmp_path, "groups/models.py", "def late():\n    from groups.actions import creation")
    assert architecture.upward_layers(tmp_path) == [
        "groups/actions/creation.py:1: groups.actions.creation knows groups.tasks.sweep",
        "groups/models.py:2: groups.models knows groups.actions.creation",
    ]


def test_planted_template_violations_are_seen(tmp_path):
    plant(tmp_path, "groups/templatetags/rosters.py", "")
    plant(tmp_path, "templates/directory/person.html", "{% load i18n rosters %}\n{% include 'groups/_card.html' %}")
    plant(tmp_path, "templates/groups/group.html", "{% load rosters %}{% include 'directory/_person.html' %}")
    assert architecture.upward_templates(tmp_path) == [
        "templates/directory/person.html:1: governance.directory uses groups",
        "templates/directory/person.html:2: governance.directory uses groups",
    ]


def test_planted_long_file_is_seen(tmp_path):
    plant(tmp_path, "groups/rules.py", "x = 1\n" * 401)
    plant(tmp_path, "groups/models.py", "x = 1\n" * 400)
    assert architecture.long_files(tmp_path, ("groups",), 400) == ["groups/rules.py: 401 lines"]


def test_planted_verb_is_seen(tmp_path):
    plant(tmp_path, "groups/actions/creation.py", "record('approve', request)\nrecording.event_of('refuse', request)")
    assert [verb for verb, _where in architecture.recorded_verbs(tmp_path)] == ["approve", "refuse"]


def test_planted_unknown_word_is_seen(tmp_path):
    plant(tmp_path, "groups/models.py", "")
    plant(tmp_path, "groups/toolbox.py", "")
    plant(tmp_path, "groups/gadgets/__init__.py", "")
    assert architecture.words_used(tmp_path, "groups") - VOCABULARY == {"toolbox", "gadgets"}

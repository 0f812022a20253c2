"""What an event is about, in words: the kinds of things there are, their names, and the page to look at them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import BigIntegerField, Case, CharField, F, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from governance.accounts.models import User
from governance.audit.models import Event
from governance.calendar.models import WorkCalendar
from governance.directory.models import Company, Department, ExternalContact, Invitation, Office, PeopleImport, Person
from governance.files.models import StoredFile
from governance.notifications.models import Notice
from governance.regulations.models import (
    ArticleQuestion,
    Interpretation,
    OpenQuestion,
    RegulationUpload,
    RegulationVersion,
)
from groups.models import (
    Comment,
    Consent,
    CreatedName,
    CreationRequest,
    Designation,
    ExistingGroup,
    Filing,
    Group,
    GroupsImport,
    Inquiry,
    RecordedDecision,
)
from members.models import RosterOrder


@dataclass(frozen=True)
class Kind:
    """A kind of thing that events are about. `name` is the path of its name, `home` the kind of page it is looked at
    on and `key` the path of that page's key; a thing without a home has no page."""

    model: type[models.Model]
    label: str | Promise
    name: str = "name"
    name_en: str = ""
    home: str = ""
    key: str = "pk"

    @property
    def code(self) -> str:
        return self.model._meta.model_name

    @property
    def type_id(self) -> int:
        return ContentType.objects.get_for_model(self.model).pk

    def rows(self, ids: Iterable[int]) -> models.QuerySet:
        """Type, key, name, and the key of the page, as plain values that any two kinds have in common."""
        key = F(self.key) if self.home else Value(None)
        return (
            self.model._base_manager.filter(pk__in=ids)
            .order_by()
            .annotate(
                of=Value(self.type_id, output_field=BigIntegerField()),
                which=Cast("pk", BigIntegerField()),
                called=Cast(self.words(), CharField(max_length=300)),
                page=Cast(key, BigIntegerField()),
            )
            .values_list("of", "which", "called", "page")
        )

    def words(self) -> F | Case:
        """The name in the reader's language, where it has one in both."""
        if not self.name_en or (get_language() or "zh").startswith("zh"):
            return F(self.name)
        return Case(When(**{self.name_en: ""}, then=F(self.name)), default=F(self.name_en))


KINDS = (
    Kind(Group, pgettext_lazy("subject", "Group"), home="group"),
    Kind(CreationRequest, pgettext_lazy("subject", "Creation request"), home="creation_request"),
    Kind(
        Consent,
        pgettext_lazy("subject", "Consent"),
        "creation_request__name",
        home="creation_request",
        key="creation_request",
    ),
    Kind(
        Inquiry,
        pgettext_lazy("subject", "Opinion asked for"),
        "creation_request__name",
        home="creation_request",
        key="creation_request",
    ),
    Kind(
        Comment,
        pgettext_lazy("subject", "Comment"),
        "creation_request__name",
        home="creation_request",
        key="creation_request",
    ),
    Kind(
        RecordedDecision,
        pgettext_lazy("subject", "Recorded decision"),
        "creation_request__name",
        home="creation_request",
        key="creation_request",
    ),
    Kind(ExistingGroup, pgettext_lazy("subject", "Existing group"), home="group", key="group"),
    Kind(CreatedName, pgettext_lazy("subject", "Name as created"), "group__name", "", "group", "group"),
    Kind(RosterOrder, pgettext_lazy("subject", "Roster order"), "group__name", "", "group", "group"),
    Kind(Designation, pgettext_lazy("subject", "Designation"), "group__name", "", "group", "group"),
    Kind(Filing, pgettext_lazy("subject", "Filing"), "group__name", "", "group", "group"),
    Kind(GroupsImport, pgettext_lazy("subject", "List of existing groups"), "file_name"),
    Kind(Person, pgettext_lazy("subject", "Person"), home="person"),
    Kind(Invitation, pgettext_lazy("subject", "Invitation to sign in"), "person__name", "", "person", "person"),
    Kind(User, pgettext_lazy("subject", "Login"), home="person", key="person__pk"),
    Kind(ExternalContact, pgettext_lazy("subject", "External contact")),
    Kind(PeopleImport, pgettext_lazy("subject", "List of people"), "file__name"),
    Kind(Office, pgettext_lazy("subject", "Office"), "name", "name_en", "office"),
    Kind(Department, pgettext_lazy("subject", "Department")),
    Kind(Company, pgettext_lazy("subject", "Company")),
    Kind(WorkCalendar, pgettext_lazy("subject", "Working calendar"), home="calendar"),
    Kind(
        RegulationVersion,
        pgettext_lazy("subject", "Regulation"),
        "regulation__name",
        "regulation__name_en",
        "regulation",
        "regulation",
    ),
    Kind(ArticleQuestion, pgettext_lazy("subject", "Question about a regulation"), "article"),
    Kind(Interpretation, pgettext_lazy("subject", "Interpretation"), "article"),
    Kind(RegulationUpload, pgettext_lazy("subject", "Uploaded text of a regulation"), "file_name"),
    Kind(OpenQuestion, pgettext_lazy("subject", "Open question"), "code", home="question"),
    Kind(StoredFile, pgettext_lazy("subject", "File")),
    Kind(Notice, pgettext_lazy("subject", "Message"), "person__name"),
)
BY_CODE = {kind.code: kind for kind in KINDS}
# Whose things are for some only; every other page of the organisation is open to all who see the event.
GUARDED = {"group": Group, "creation_request": CreationRequest}


@dataclass(frozen=True)
class Subject:
    """A thing as a line of the log shows it; `url` is empty where it has no page or the reader may not see it."""

    kind: str | Promise
    name: str = ""
    url: str = ""


OTHER = Subject(gettext_lazy("Something else"))


def subjects_of(keys: Iterable[tuple[int, int]], user: User, *, on: date) -> dict[tuple[int, int], Subject]:
    """The things with these types and keys: two statements, however many kinds there are."""
    wanted = {kind.type_id: (kind, set()) for kind in KINDS}
    for of, which in keys:
        if of in wanted:
            wanted[of][1].add(which)
    first, *others = [kind.rows(ids or {-1}) for kind, ids in wanted.values()]
    rows = list(first.union(*others, all=True))
    pages = {(wanted[of][0].home, page) for of, _which, _called, page in rows if page}
    seen = visible(pages, user, on=on)
    return {
        (of, which): Subject(wanted[of][0].label, called or "", url_of(wanted[of][0].home, page, seen))
        for of, which, called, page in rows
    }


def visible(pages: set[tuple[str, int]], user: User, *, on: date) -> set[tuple[str, int]]:
    """Of the pages that are for some only, those the reader may see, with all others: one statement."""
    guarded = [
        model.objects.visible_to(user, on=on)
        .filter(pk__in={page for at, page in pages if at == home} or {-1})
        .order_by()
        .annotate(home=Value(home, output_field=CharField()), page=Cast("pk", BigIntegerField()))
        .values_list("home", "page")
        for home, model in GUARDED.items()
    ]
    first, *others = guarded
    return {page for page in pages if page[0] not in GUARDED} | set(first.union(*others, all=True))


def url_of(home: str, page: int | None, seen: set[tuple[str, int]]) -> str:
    return reverse(home, args=[page]) if page and (home, page) in seen else ""


def subject_of(event: Event, subjects: dict[tuple[int, int], Subject]) -> Subject:
    """A thing that is gone, or of a kind without a name here, is shown by its kind alone."""
    found = subjects.get((event.subject_type_id, event.subject_id))
    if found is not None:
        return found
    kind = BY_CODE.get(event.subject_type.model)
    return Subject(kind.label) if kind else OTHER

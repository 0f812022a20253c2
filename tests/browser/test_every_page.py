"""Every page of the invented company, as whoever works on it: nothing that axe objects to (WCAG 2.2 AA) in light and
dark, no target under 44 px on a phone, nothing too wide when the reader doubles the type, both languages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from governance.accounts.models import User
from governance.calendar.models import WorkCalendar
from governance.directory.importing.tables import check_table
from governance.directory.models import Company, Office, Person
from governance.regulations.actions import interpreting, uploading
from governance.regulations.models import OpenQuestion, Regulation
from groups.actions import existing as existing_actions
from groups.models import CreationRequest, Designation, ExistingGroup, Filing, Group, GroupsImport
from members.models import RosterOrder
from tests.factories import GROUP_COMPANY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def company(settings, transactional_db):
    call_command("seed_demo", verbosity=0)


def addresses() -> list[tuple[str, str]]:
    """User name and address of every page one can open, each kind of object in each of its states."""
    found = [("hr", reverse(name)) for name in ("desk", "register", "inbox", "jobs", "people", "offices", "companies")]
    found += [("hr", reverse(name)) for name in ("creation_requests", "creation_request_types", "existing_groups")]
    found += [("hr", reverse(name)) for name in ("people_import", "duplicates", "operations", "operations_log")]
    found += [("hr", reverse(name)) for name in ("regulations", "questions", "my_page", "usersessions_list", "my_sign_ins", "invitations_new", "invitations_given")]
    found += [("hr", reverse(f"set_up{step}")) for step in ("", "_companies", "_regulation", "_offices")]
    found += [("hr", f"/?tab={tab}") for tab in ("done", "mine", "copied")]
    found += [("hr", reverse("account_change_password")), ("hr", reverse("account_logout"))]
    found += [(who, reverse("desk")) for who in ("president", "marketing", "office", "admin", "staff", "auditor")]
    for code in ("executive_group", "marketing_platform"):
        found.append(("hr", reverse("creation_request_new", args=[code])))
    for state in CreationRequest.State.values:
        for request in CreationRequest.objects.filter(state=state)[:1]:
            found.append((request.submitter.user.username, reverse("creation_request", args=[request.pk])))
    waiting = CreationRequest.objects.filter(state="submitted", steps__office__code="president")
    found += [("president", reverse("creation_request", args=[request.pk])) for request in waiting[:2]]
    found.append(("president", reverse("creation_request_ask", args=[waiting[0].pk])))
    found.append(("office", reverse("creation_request_record", args=[waiting[0].pk])))
    sent_back = CreationRequest.objects.get(state="sent_back")
    found.append((sent_back.submitter.user.username, reverse("creation_request_edit", args=[sent_back.pk])))
    for group in Group.objects.filter(state="established")[:2]:
        found += [("hr", reverse("group", args=[group.pk]) + tab) for tab in ("", "?tab=members", "?tab=history")]
    to_designate = Group.objects.filter(designating_office__code="hr_admin", admin=None).first()
    found.append(("hr", reverse("designation_new", args=[to_designate.pk])))
    revocable = Group.objects.get(state="approved", group_type__code="planning_group")
    found.append(("president", reverse("group_revoke", args=[revocable.pk])))
    proposed = Designation.objects.get(state="proposed")
    found.append((proposed.person.user.username, reverse("designation", args=[proposed.pk])))
    to_establish = Group.objects.filter(state="approved").exclude(admin=None).get()
    found.append((to_establish.admin.user.username, reverse("establishment", args=[to_establish.pk])))
    found += [("hr", reverse("filing", args=[filing.pk])) for filing in Filing.objects.all()]
    found += [("hr", reverse("filing_print", args=[filing.pk])) for filing in Filing.objects.all()[:2]]
    for state in ("approved", "refused"):
        request = CreationRequest.objects.filter(state=state).first()
        found.append(("hr", reverse("creation_request_print", args=[request.pk])))
    returned = Filing.objects.get(state="returned")
    found.append((returned.group.admin.user.username, reverse("filing", args=[returned.pk])))
    found.append(("hr", reverse("regulation", args=[Regulation.objects.get().pk])))
    found.append(("hr", reverse("regulation_print", args=[Regulation.objects.get().pk])))
    found.append(("hr", reverse("regulation_versions", args=[Regulation.objects.get().pk])))
    found += [("hr", reverse("regulation_upload")), ("hr", uploaded_regulation())]
    company = Company.objects.order_by("pk").first()
    acknowledged = reverse("regulation_acknowledgements", args=[Regulation.objects.get().pk])
    found += [("hr", acknowledged), ("hr", f"{acknowledged}?company={company.pk}")]
    found += questions_on_articles()
    found += [("hr", reverse("planning")), ("gm", reverse("planning"))]
    ordered = RosterOrder.objects.open().first().group
    found += [(ordered.admin.user.username, reverse("roster_orders", args=[ordered.pk]))]
    found += [(ordered.admin.user.username, reverse("my_roster_orders")), ("staff", reverse("my_roster_orders"))]
    found += existing_groups()
    found.append(("staff", reverse("wechat_guide")))
    found.append(("president", reverse("question", args=[OpenQuestion.objects.get(code="department_groups").pk])))
    found.append(("president", reverse("my_page")))
    found.append(("president", reverse("delegate_name", args=[Person.objects.get(user__username="president").pk])))
    found.append(("hr", reverse("person", args=[Person.objects.get(user__username="president").pk])))
    pair = Person.objects.filter(user__username__in=("president", "marketing")).values_list("pk", flat=True)
    found.append(("hr", reverse("person_merge", args=list(pair))))
    found.append(("hr", reverse("office", args=[Office.objects.get(code="hr_admin").pk])))
    calendar = WorkCalendar.objects.get(is_default=True)
    found += [("hr", reverse("calendars")), ("hr", reverse("calendar_new"))]
    found += [("hr", reverse(name, args=[calendar.pk])) for name in ("calendar", "calendar_hours")]
    found.append(("hr", reverse("calendar_year", args=[calendar.pk, calendar.years.last().year])))
    return found


def questions_on_articles() -> list[tuple[str, str]]:
    """A question that waits, as the asker and as HR see it, and an interpretation; and the pages around them."""
    regulation, staff, hr = Regulation.objects.get(), User.objects.get(username="staff"), User.objects.get(username="hr")
    now = timezone.now()
    waiting = interpreting.ask(regulation, article="7.p2", text="实习生怎么写部门？", by=staff, now=now)
    asked = interpreting.ask(regulation, article="6", text="能否请客户的助理入群？", by=staff, now=now)
    made = interpreting.answer_publicly(
        asked, answer="由群管理员办理。", published_question="客户的助理能否入群？", by=hr, now=now
    )
    return [
        *((who, waiting.get_absolute_url()) for who in ("staff", "hr")),
        *((who, made.get_absolute_url()) for who in ("staff", "hr")),
        *((who, reverse("article_questions")) for who in ("staff", "hr")),
        ("staff", reverse("article_question_new", args=[regulation.pk]) + "?article=7.p2"),
        ("staff", reverse("regulation", args=[regulation.pk]) + "?q=客户"),
    ]


def uploaded_regulation() -> str:
    """The preview of a file that changes an approver, a deadline and an article."""
    text = GROUP_COMPANY.read_text(encoding="utf-8").replace('version: "1.0"', 'version: "1.1"')
    text = text.replace("日清日结", "当日办结").replace("within_days: 5", "within_days: 8")
    hr = User.objects.get(username="hr")
    return uploading.start(text.encode(), filename="办法.yaml", by=hr, now=timezone.now()).get_absolute_url()


def existing_groups() -> list[tuple[str, str]]:
    """The list of open points on each of its tabs, one group at each step, a list to confirm and a confirmed one."""
    url = reverse("existing_groups_open")
    found = [("hr", f"{url}?kind={kind}") for kind in ("type", "name", "owner", "refused", "designate", "undecided")]
    found += [("marketing", f"{url}?kind=approve"), ("staff", url), ("hr", reverse("amnesties"))]
    for state in ExistingGroup.State.values:
        for existing in ExistingGroup.objects.filter(state=state)[:1]:
            found.append(("hr", existing.get_absolute_url()))
    rows = ["张伟的群,,渝北项目公司,张伟", "新群,集团工作群,集团本部,无此人"]
    table = SimpleUploadedFile("既有群二.csv", "\n".join(["群名称,群类型,公司,群主", *rows]).encode())
    started = existing_actions.start(check_table(table), by=User.objects.get(username="hr"), now=timezone.now())
    found += [("hr", f"{started.get_absolute_url()}?tab={tab}") for tab in ("to_choose", "new")]
    return [*found, ("hr", GroupsImport.objects.get(state="confirmed").get_absolute_url())]


@pytest.fixture
def every_page(company, live_server):
    pages = addresses()
    assert len(pages) > 45
    return pages


def measure(page, sign_in, pages, judge) -> dict[str, list[str]]:
    """What the judge objects to, by address."""
    found = {}
    for username, address in pages:
        sign_in(page, username)
        answer = page.goto(address)
        objections = judge(page) if answer.status == 200 else [f"status {answer.status}"]
        if objections:
            found[f"{username} {address}"] = objections
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_breaks_accessibility(desktop, sign_in, every_page, axe, theme, live_server):
    desktop.context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])

    assert measure(desktop, sign_in, every_page, axe) == {}


def test_no_target_on_a_phone_is_small_and_nothing_is_too_wide(
    phone, sign_in, every_page, targets_below_44, overflow_at_double_type, axe
):
    def judge(page):
        wide = overflow_at_double_type(page)
        return targets_below_44(page) + ([f"{wide} px too wide at double type"] if wide > 0 else [])

    assert measure(phone, sign_in, every_page, judge) == {}


def test_every_page_reads_in_english(phone, sign_in, every_page, axe):
    User.objects.update(language="en")

    def judge(page):
        return axe(page) if page.get_attribute("html", "lang") == "en" else ["not English"]

    assert measure(phone, sign_in, every_page, judge) == {}

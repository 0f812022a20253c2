"""Importing through the pages: upload, preview, confirm, discard; and the same as a background job."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from governance.audit.models import Event
from governance.directory.actions import importing
from governance.directory.actions import people as people_actions
from governance.directory.importing import tables
from governance.directory.models import PeopleImport, Person
from governance.files.models import StoredFile
from governance.jobs import actions as jobs
from governance.jobs.models import Job
from tests import factories
from tests.directory.tables import xlsx_bytes

pytestmark = pytest.mark.django_db
HEADINGS = ["工号", "姓名", "公司", "部门", "职务"]


@pytest.fixture
def organisation():
    return factories.make_organisation()


@pytest.fixture
def company(organisation):
    return factories.make_company(organisation=organisation, code="HQ", name="启明集团本部")


@pytest.fixture
def hr(organisation, company):
    return factories.make_holder(organisation=organisation, code="hr_admin", company=company, name="周敏", number="H1")


def upload(client, user, *rows, headings=HEADINGS, name="花名册.xlsx", **data):
    client.force_login(user)
    file = SimpleUploadedFile(name, xlsx_bytes([headings, *rows]))
    return client.post(reverse("people_import"), {"file": file, **data}, follow=True)


def post(client, step, **data):
    people_import = PeopleImport.objects.latest("pk")
    if step == "confirm":
        data = {"digest": people_import.digest} | data
    return client.post(reverse(f"people_import_{step}", args=[people_import.uuid]), data, follow=True)


def rows(count, **changes):
    return [
        [f"N{n:03}", f"王{'一二三四五六七八九十'[n % 10]}", "HQ", "营销部", changes.get("post", "专员")]
        for n in range(count)
    ]


def test_upload_shows_what_would_change_and_writes_nobody(client, hr):
    response = upload(client, hr, *rows(3))
    shown = response.context["shown"]
    assert [(tab.count, tab.active) for tab in shown.tabs] == [(3, True), (1, False)]
    assert [line["number"] for line in shown.lines] == ["N000", "N001", "N002"]
    assert Person.objects.filter(number__startswith="N").count() == 0


def test_confirm_writes_what_was_shown_and_is_logged_once(client, hr):
    upload(client, hr, *rows(3))
    post(client, "confirm")
    assert Person.objects.filter(number__startswith="N").count() == 3
    people_import = PeopleImport.objects.get()
    assert (people_import.state, people_import.confirmed_by, people_import.listing) == ("confirmed", hr, {})
    event = Event.objects.get(verb="import-people")
    assert (event.facts["added"], event.actor, event.office) == (3, hr, "hr_admin")


def test_confirm_twice_is_a_conflict_and_writes_once(client, hr):
    upload(client, hr, *rows(3))
    post(client, "confirm")
    assert post(client, "confirm").status_code == 409
    assert Event.objects.filter(verb="import-people").count() == 1


def test_confirm_after_the_directory_changed_shows_the_new_comparison(client, hr, company):
    upload(client, hr, *rows(3))
    factories.make_person(company=company, number="N001", name="王二")
    response = post(client, "confirm")
    assert response.status_code == 409
    assert response.context["shown"].people_import.counts["changed"] == 1
    assert Person.objects.filter(number__startswith="N").count() == 1
    assert post(client, "confirm").status_code == 200
    assert Person.objects.filter(number__startswith="N").count() == 3


def test_confirm_of_an_older_comparison_is_a_conflict(client, hr):
    upload(client, hr, *rows(3))
    assert post(client, "confirm", digest="0" * 64).status_code == 409
    assert Person.objects.filter(number__startswith="N").count() == 0


def test_confirm_with_faulty_rows_is_refused(client, hr):
    response = upload(client, hr, *rows(3), ["N004", "", "HQ", "", ""])
    assert response.context["shown"].tab == "errors"
    (line,) = response.context["shown"].lines
    assert (line["row"], line["column"]) == (5, "姓名")
    assert post(client, "confirm").status_code == 422
    assert Person.objects.filter(number__startswith="N").count() == 0


@pytest.mark.parametrize(("typed", "status", "present"), [("", 422, 3), ("1", 422, 3), ("x", 422, 3), ("2", 200, 1)])
def test_many_leavers_are_confirmed_by_their_number(client, hr, company, typed, status, present):
    upload(client, hr, *rows(3))
    post(client, "confirm")
    keeps = [["H1", "周敏", "HQ", "", ""], *rows(1)]
    response = upload(client, hr, *keeps, complete=company.pk)
    assert "leaving" in response.content.decode()
    assert post(client, "confirm", leaving=typed).status_code == status
    today = timezone.localdate()
    assert Person.objects.filter(number__startswith="N", left_on=None).count() == present
    assert set(Person.objects.exclude(left_on=None).values_list("left_on", flat=True)) <= {today}


def test_the_same_file_again_offers_nothing_to_confirm(client, hr):
    upload(client, hr, *rows(3))
    post(client, "confirm")
    response = upload(client, hr, *rows(3))
    assert response.context["shown"].writes_nothing
    assert (
        reverse("people_import_confirm", args=[PeopleImport.objects.latest("pk").uuid]) not in response.content.decode()
    )


def test_compare_again_takes_the_directory_of_now(client, hr, company):
    upload(client, hr, *rows(3))
    factories.make_person(company=company, number="N001", name="王二")
    response = post(client, "compare")
    assert response.context["shown"].people_import.counts["added"] == 2


def test_discard_removes_the_file_and_what_was_shown(client, hr):
    upload(client, hr, *rows(3))
    assert post(client, "discard").status_code == 200
    people_import = PeopleImport.objects.get()
    assert (people_import.state, people_import.file, people_import.listing) == ("discarded", None, {})
    assert not StoredFile.objects.exists()
    assert post(client, "confirm").status_code == 409


def test_preview_page_by_page(client, hr):
    upload(client, hr, *rows(120))
    url = reverse("people_import_preview", args=[PeopleImport.objects.get().uuid])
    seen = []
    for page in ("1", "2", "3"):
        seen += [line["number"] for line in client.get(url, {"tab": "added", "page": page}).context["shown"].lines]
    assert seen == [f"N{n:03}" for n in range(120)]
    assert client.get(url, {"tab": "nonsense", "page": "99999999999"}).context["shown"].first == 1


def test_changes_are_shown_field_by_field(client, hr):
    upload(client, hr, *rows(2))
    post(client, "confirm")
    response = upload(client, hr, *rows(2, post="主管"))
    assert response.context["shown"].lines[0]["fields"] == [("职务", "专员", "主管")]


@pytest.mark.parametrize("code", ["president", "presidents_office", None])
def test_importing_is_for_keepers(client, organisation, company, hr, code):
    upload(client, hr, *rows(1))
    people_import = PeopleImport.objects.get()
    user = (
        factories.make_holder(organisation=organisation, code=code, company=company)
        if code
        else factories.make_user(company=company)
    )
    assert upload(client, user, *rows(2)).status_code == 403
    for step in ("preview", "confirm", "compare", "discard"):
        url = reverse(f"people_import_{step}", args=[people_import.uuid])
        assert (client.get(url) if step == "preview" else client.post(url)).status_code == 403
    assert (
        client.get(reverse("people_import")).status_code
        == client.get(reverse("people_import_template")).status_code
        == 403
    )
    people_import.refresh_from_db()
    assert people_import.state == "compared"


def test_an_import_of_another_organisation_is_not_found(client, hr):
    upload(client, hr, *rows(1))
    stranger = factories.make_holder(organisation=factories.make_organisation(), code="hr_admin")
    client.force_login(stranger)
    for step in ("confirm", "compare", "discard"):
        assert post(client, step).status_code == 404
    url = reverse("people_import_preview", args=[PeopleImport.objects.get().uuid])
    assert client.get(url).status_code == 404


def test_a_company_of_another_organisation_cannot_be_declared_complete(client, hr):
    other = factories.make_company()
    response = upload(client, hr, *rows(1), complete=other.pk)
    assert "complete" in response.context["form"].errors
    assert not PeopleImport.objects.exists()


def test_a_file_that_is_no_list_of_people_is_refused_in_the_form(client, hr):
    response = upload(client, hr, ["1", "2"], headings=["颜色", "尺寸"])
    assert "颜色" in str(response.context["form"].errors["file"])
    assert not PeopleImport.objects.exists()
    assert not StoredFile.objects.exists()


def test_the_template_can_be_fetched(client, hr):
    client.force_login(hr)
    response = client.get(reverse("people_import_template"))
    assert b"".join(response.streaming_content)[:2] == b"PK"


@pytest.fixture
def heavy(monkeypatch):
    """Every file counts as a big one."""
    monkeypatch.setattr(tables, "LIGHT", -1)


def run_jobs():
    for job in Job.objects.filter(state=Job.State.QUEUED):
        jobs.run(job.pk, now=timezone.now())


def test_a_big_file_is_compared_and_imported_in_the_background(client, hr, heavy):
    response = upload(client, hr, *rows(3))
    assert response.context["shown"].people_import.state == "uploaded"
    run_jobs()
    people_import = PeopleImport.objects.get()
    assert (people_import.state, people_import.counts["added"]) == ("compared", 3)
    post(client, "confirm")
    assert Person.objects.filter(number__startswith="N").count() == 0
    assert post(client, "confirm").status_code == 422  # under way already
    run_jobs()
    assert Person.objects.filter(number__startswith="N").count() == 3
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    assert Event.objects.get(verb="import-people").actor == hr


def test_a_big_file_meeting_a_changed_directory_is_compared_anew(client, hr, company, heavy):
    upload(client, hr, *rows(3))
    run_jobs()
    post(client, "confirm")
    people_actions.add(company, number="N001", name="王二", by=None, now=timezone.now())
    run_jobs()
    people_import = PeopleImport.objects.get()
    assert (people_import.state, people_import.counts["added"]) == ("compared", 2)
    assert people_import.complaint != ""
    assert Job.objects.latest("pk").state == "failed"


def test_a_big_file_that_is_no_list_of_people_says_so_on_its_page(client, hr, heavy):
    upload(client, hr, ["1", "2"], headings=["颜色", "尺寸"])
    run_jobs()
    people_import = PeopleImport.objects.get()
    assert ("颜色" in people_import.complaint, people_import.state) == (True, "uploaded")
    assert post(client, "discard").status_code == 200


def test_an_import_job_run_twice_imports_once(client, hr, heavy):
    upload(client, hr, *rows(3))
    run_jobs()
    post(client, "confirm")
    run_jobs()
    job = Job.objects.latest("pk")
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)
    run_jobs()
    assert Event.objects.filter(verb="import-people").count() == 1


def test_a_hold_that_fails_undoes_the_import(client, hr, company):
    upload(client, hr, *rows(3))
    people_import = PeopleImport.objects.select_related("organisation", "file", "complete").get()

    def lost():
        raise RuntimeError("another worker")

    with pytest.raises(RuntimeError):
        importing.apply(people_import, digest=people_import.digest, by=hr, now=timezone.now(), hold=lost)
    assert Person.objects.filter(number__startswith="N").count() == 0

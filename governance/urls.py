"""Every address of the portal. Each also stands in the access table (tests/access/)."""

from django.urls import include, path

urlpatterns = [
    path("", include("governance.desk.urls")),
    path("accounts/", include("governance.accounts.sign_in_urls")),
    path("language/", include("governance.accounts.urls")),
    path("files/", include("governance.files.urls")),
    path("jobs/", include("governance.jobs.urls")),
    path("inbox/", include("governance.notifications.urls")),
    path("operations/", include("governance.commands.urls")),
    path("duties/", include("governance.duties.urls")),
    path("", include("governance.regulations.urls")),
    path("", include("groups.urls")),
    path("", include("members.urls")),
    path("groups/", include("governance.register.urls")),
    path("", include("governance.register.paper_urls")),
    path("", include("governance.logins.urls")),
    path("calendars/", include("governance.worktime.urls")),
    path("", include("governance.directory.urls")),
]

"""The addresses of `groups`: creation requests, then what follows an approval."""

from django.urls import path

from .views import (
    comments,
    creation,
    creation_decisions,
    creation_form,
    designation,
    existing,
    filing,
    inquiries,
    nudging,
)

urlpatterns = [
    path("requests/", creation.creation_requests, name="creation_requests"),
    path("requests/new/", creation_form.creation_request_types, name="creation_request_types"),
    path("requests/new/<slug:type>/", creation_form.creation_request_new, name="creation_request_new"),
    path("requests/<int:pk>/", creation.creation_request, name="creation_request"),
    path("requests/<int:pk>/edit/", creation_form.creation_request_edit, name="creation_request_edit"),
    path("requests/<int:pk>/submit/", creation_decisions.creation_request_submit, name="creation_request_submit"),
    path("requests/<int:pk>/approve/", creation_decisions.creation_request_approve, name="creation_request_approve"),
    path(
        "requests/<int:pk>/send-back/",
        creation_decisions.creation_request_send_back,
        name="creation_request_send_back",
    ),
    path("requests/<int:pk>/refuse/", creation_decisions.creation_request_refuse, name="creation_request_refuse"),
    path("requests/<int:pk>/withdraw/", creation_decisions.creation_request_withdraw, name="creation_request_withdraw"),
    path(
        "requests/<int:pk>/circulate/",
        creation_decisions.creation_request_circulate,
        name="creation_request_circulate",
    ),
    path("requests/<int:pk>/comment/", comments.creation_request_comment, name="creation_request_comment"),
    path("comments/<int:pk>/remove/", comments.comment_remove, name="comment_remove"),
    path("requests/<int:pk>/ask/", inquiries.creation_request_ask, name="creation_request_ask"),
    path("requests/<int:pk>/nudge/", nudging.creation_request_nudge, name="creation_request_nudge"),
    path("inquiries/<int:pk>/", inquiries.inquiry, name="inquiry"),
    path("inquiries/<int:pk>/answer/", inquiries.inquiry_answer, name="inquiry_answer"),
    path("inquiries/<int:pk>/no-view/", inquiries.inquiry_no_view, name="inquiry_no_view"),
    path("groups/existing/", existing.existing_groups, name="existing_groups"),
    path("groups/existing/template/", existing.existing_groups_template, name="existing_groups_template"),
    path("groups/existing/<uuid:uuid>/", existing.existing_groups_preview, name="existing_groups_preview"),
    path("groups/existing/<uuid:uuid>/confirm/", existing.existing_groups_confirm, name="existing_groups_confirm"),
    path("groups/existing/<uuid:uuid>/discard/", existing.existing_groups_discard, name="existing_groups_discard"),
    path("groups/<int:pk>/designate/", designation.designation_new, name="designation_new"),
    path("designations/<int:pk>/", designation.designation, name="designation"),
    path("designations/<int:pk>/accept/", designation.designation_accept, name="designation_accept"),
    path("designations/<int:pk>/decline/", designation.designation_decline, name="designation_decline"),
    path("filings/<int:pk>/", filing.filing, name="filing"),
    path("filings/<int:pk>/acknowledge/", filing.filing_acknowledge, name="filing_acknowledge"),
    path("filings/<int:pk>/ask-completion/", filing.filing_ask_completion, name="filing_ask_completion"),
    path("filings/<int:pk>/complete/", filing.filing_complete, name="filing_complete"),
]

"""Inviting people and coming in. A link's secret part stands in no other address than its own."""

from django.urls import path

from .views import history, inviting, links, resets

urlpatterns = [
    path("people/invitations/", inviting.invitations_new, name="invitations_new"),
    path("people/invitations/make/", inviting.invitations_make, name="invitations_make"),
    path("people/invitations/given/", inviting.invitations_given, name="invitations_given"),
    path("people/invitations/<int:pk>/revoke/", inviting.invitation_revoke, name="invitation_revoke"),
    path("people/invitations/<uuid:uuid>/", inviting.invitation_round, name="invitation_round"),
    path("people/invitations/<uuid:uuid>/slips/", inviting.invitation_slips, name="invitation_slips"),
    path("people/<int:pk>/invitation/", links.person_invitation, name="person_invitation"),
    path("people/<int:pk>/invitation/slip/", links.person_slip, name="person_slip"),
    path("people/<int:pk>/invite/", links.person_invite, name="person_invite"),
    path("people/<int:pk>/reset-password/", links.person_reset_password, name="person_reset_password"),
    path("people/<int:pk>/sign-out/", history.person_sign_out, name="person_sign_out"),
    path("me/sign-ins/", history.my_sign_ins, name="my_sign_ins"),
    path("people/resets/<int:pk>/", resets.reset, name="reset"),
    path("people/resets/<int:pk>/consent/", resets.reset_consent, name="reset_consent"),
    path("people/resets/<int:pk>/refuse/", resets.reset_refuse, name="reset_refuse"),
    path("join/<slug:token>/", links.invitation_accept, name="invitation_accept"),
]

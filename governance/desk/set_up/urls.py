"""The addresses of the set-up."""

from django.urls import path

from . import entrance, views

urlpatterns = [
    path("", views.set_up, name="set_up"),
    path("enter/<str:token>/", entrance.enter, name="set_up_enter"),
    path("begin/", entrance.begin, name="set_up_begin"),
    path("organisation/", entrance.organisation, name="set_up_organisation"),
    path("person/", entrance.person, name="set_up_person"),
    path("companies/", views.companies, name="set_up_companies"),
    path("regulation/", views.regulation, name="set_up_regulation"),
    path("offices/", views.offices, name="set_up_offices"),
    path("put-away/", views.put_away, name="set_up_put_away"),
]

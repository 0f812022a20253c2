"""People, offices, companies, one's own page. No name and no number of a person stands in an address."""

from django.urls import path

from .views import companies, importing, me, merging, offices, people, reversing

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/duplicates/", merging.duplicates, name="duplicates"),
    path("people/<int:pk>/merge/<int:other>/", merging.person_merge, name="person_merge"),
    path("people/<int:pk>/merge/<int:other>/two-people/", merging.two_people, name="two_people"),
    path("people/import/", importing.people_import, name="people_import"),
    path("people/import/template/", importing.people_import_template, name="people_import_template"),
    path("people/import/<uuid:uuid>/", importing.people_import_preview, name="people_import_preview"),
    path("people/import/<uuid:uuid>/confirm/", importing.people_import_confirm, name="people_import_confirm"),
    path("people/import/<uuid:uuid>/compare/", importing.people_import_compare, name="people_import_compare"),
    path("people/import/<uuid:uuid>/discard/", importing.people_import_discard, name="people_import_discard"),
    path("people/import/<uuid:uuid>/reverse/", reversing.people_import_reverse, name="people_import_reverse"),
    path("offices/", offices.offices, name="offices"),
    path("offices/<int:pk>/", offices.office, name="office"),
    path("offices/<int:pk>/tenures/", offices.tenure_begin, name="tenure_begin"),
    path("offices/<int:pk>/tenures/<int:tenure_pk>/end/", offices.tenure_end, name="tenure_end"),
    path("companies/", companies.companies, name="companies"),
    path("departments/<int:pk>/aliases/", companies.alias_add, name="alias_add"),
    path("departments/<int:pk>/aliases/remove/", companies.alias_remove, name="alias_remove"),
    path("me/", me.my_page, name="my_page"),
]

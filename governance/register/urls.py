"""The register and the page of a group."""

from django.urls import path

from . import establishment, group_views, guide, planning_views, views

urlpatterns = [
    path("", views.register, name="register"),
    path("export/", views.register_export, name="register_export"),
    path("planning/", planning_views.planning_page, name="planning"),
    path("planning/export/", planning_views.planning_export, name="planning_export"),
    path("guide/", guide.wechat_guide, name="wechat_guide"),
    path("<int:pk>/", group_views.group, name="group"),
    path("<int:pk>/establish/", establishment.establishment, name="establishment"),
]

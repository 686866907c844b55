"""Addresses of the buyer's company. Oscar's dashboard leads to some of them under Oscar's names."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from wiadukt.shop.organisations import branch_views, people_views, views

app_name = "customer"
urlpatterns = [
    path("", views.company, name="summary"),
    path("login/", RedirectView.as_view(pattern_name="login"), name="login"),
    path("logout/", RedirectView.as_view(pattern_name="logout"), name="logout"),
    path("me/", people_views.own_card, name="own-card"),
    path("people/", people_views.people, name="people"),
    path("people/invite/", people_views.invite, name="invite"),
    path("people/<int:pk>/", people_views.person, name="person"),
    path("people/<int:pk>/switch/", people_views.switch, name="switch"),
    path("people/<int:pk>/invite/", people_views.invite_again, name="invite-again"),
    path("branches/", branch_views.branches, name="branches"),
    path("branches/add/", branch_views.add, name="add-branch"),
    path("branches/approval/", branch_views.approval, name="approval"),
    path("branches/<int:pk>/", branch_views.branch, name="branch"),
]

"""Every address of the shop."""

urlpatterns = []

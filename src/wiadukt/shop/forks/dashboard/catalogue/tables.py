"""Oscar's lists of goods and categories. A column of boxes has nothing to be sorted by: its heading led to an error.
Goods are deleted by those alone who may."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django_tables2 import TemplateColumn
from oscar.apps.dashboard.catalogue import tables


def _boxes(of: str) -> TemplateColumn:
    return TemplateColumn(
        verbose_name="", template_name=f"oscar/dashboard/catalogue/{of}_row_checkbox.html", orderable=False
    )


class ProductTable(tables.ProductTable):
    checkbox = _boxes("product")
    actions = TemplateColumn(verbose_name=_("Actions"), template_name="intake/_goods_deeds.html", orderable=False)

    class Meta(tables.ProductTable.Meta):
        """Oscar's own."""


class CategoryTable(tables.CategoryTable):
    checkbox = _boxes("category")

    class Meta(tables.CategoryTable.Meta):
        """Oscar's own."""

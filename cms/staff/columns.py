"""Columns of our listings."""

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from wagtail.admin.ui.tables import Column

from common.when import day


class AnswerColumn(Column):
    """The promised day of an idea; when it has passed without an answer, the cell says so in words and colour."""

    cell_template_name = "cms/staff/answer_cell.html"


class MarkColumn(Column):
    """A state as a tag; `urgent(row)` makes it stand out."""

    cell_template_name = "cms/staff/mark_cell.html"

    def __init__(self, name: str, *, urgent: Any = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.urgent = urgent

    def get_cell_context_data(self, instance: Model, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"urgent": bool(self.urgent and self.urgent(instance))}


class DayColumn(Column):
    """A day as people say it; a moment also with its time."""

    def get_value(self, instance: Model) -> str:
        moment = super().get_value(instance)
        if moment is None:
            return ""
        if isinstance(moment, datetime):
            return f"{day(moment)}, {timezone.localtime(moment):%H:%M}"
        return day(moment)


class LinksColumn(Column):
    """Links to other screens; the accessor gives pairs of label and address."""

    cell_template_name = "cms/staff/links_cell.html"

"""The start page: what waits for you, the most urgent first."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from accounts.rules import is_any_staff
from cms.selectors.waiting import desk_of


class DeskPanel(Component):
    """ "Wartet auf dich"."""

    name = "desk"
    order = 10
    template_name = "cms/staff/desk.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = (parent_context or {})["request"].user
        return {"desk": desk_of(user), "user": user}

    @staticmethod
    def is_for(user: Any) -> bool:
        return is_any_staff(user)

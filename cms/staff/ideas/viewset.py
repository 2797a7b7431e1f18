"""The addresses of the ideas in the admin."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.base import ViewSet

from cms.staff.base import StaffMenuItem
from cms.staff.columns import AnswerColumn, MarkColumn
from ideas.models import Idea

from .acts import ACTS, INDEX, ONE, Kind
from .listing import IdeaFilterSet, IdeaIndexView
from .views import ContactView, DecisionView, HideCommentView, HideView, IdeaView, TurnView


class IdeaViewSet(ViewSet):
    """`/verwaltung/ideen/`."""

    name = "staff_ideas"
    url_prefix = "ideen"
    icon = "help"
    menu_label = _("Ideen")
    menu_order = 110
    add_to_admin_menu = True
    menu_item_class = StaffMenuItem

    def _index_kwargs(self) -> dict[str, Any]:
        return {
            "model": Idea,
            "header_icon": self.icon,
            "page_title": _("Ideen"),
            "index_url_name": INDEX,
            "index_results_url_name": "staff_ideas:index_results",
            "filterset_class": IdeaFilterSet,
            "search_fields": ["title", "text", "place", "author__nickname"],
            "paginate_by": 50,
            "columns": [
                TitleColumn("title", label=_("Idee"), url_name=ONE, sort_key="title"),
                Column("quartier", label=_("Quartier"), sort_key="quartier__name"),
                MarkColumn("get_state_display", label=_("Stand"), urgent=lambda idea: idea.state == "submitted"),
                Column("vote_count", label=_("Dafür"), sort_key="vote_count"),
                AnswerColumn("answer_by", label=_("Antwort bis"), sort_key="answer_by"),
                Column("contact", label=_("Ansprechperson"), sort_key="contact__name"),
            ],
        }

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.construct_view(IdeaIndexView, **self._index_kwargs()), name="index"),
            path(
                "results/",
                self.construct_view(IdeaIndexView, **self._index_kwargs(), results_only=True),
                name="index_results",
            ),
            path("<int:pk>/", IdeaView.as_view(), name="one"),
            path("<int:pk>/projekt/", TurnView.as_view(), name="turn"),
            path("<int:pk>/ansprechperson/", ContactView.as_view(), name="contact"),
            path("<int:pk>/ausblenden/", HideView.as_view(), name="hide"),
            path("<int:pk>/kommentare/<int:comment_pk>/ausblenden/", HideCommentView.as_view(), name="hide_comment"),
            *[
                path(f"<int:pk>/{act.slug}/", DecisionView.as_view(), {"slug": act.slug}, name=act.slug)
                for act in ACTS
                if act.kind != Kind.BECOMES_PROJECT
            ],
        ]

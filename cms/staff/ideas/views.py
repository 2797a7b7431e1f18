"""One idea, and every act on it as a small form of its own."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from accounts.models import ContactPerson, User
from cms import services
from cms.forms.ideas import ContactForm, DecisionForm, TurnForm
from cms.selectors.waiting import Money, money_of
from common.errors import Refused
from ideas import rules
from ideas.models import Idea
from ideas.selectors import staff_idea_or_404, story_of
from ideas.services import (
    decide_idea,
    hide_comment,
    hide_idea,
    publish_idea,
    set_contact,
    unhide_comment,
    unhide_idea,
)
from participation.selectors.projects import project_of_idea

from .acts import ACT_OF, ACTS, INDEX, ONE, Act, Kind, crumb


class IdeaView(WagtailAdminTemplateMixin, TemplateView):
    """One idea: photo, words, votes, story, comments, and buttons for every step that its state allows."""

    template_name = "cms/staff/idea.html"
    header_icon = "help"

    @cached_property
    def idea(self) -> Idea:
        return staff_idea_or_404(self.request.user, self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.idea.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, crumb(INDEX, gettext("Ideen")), {"url": "", "label": self.idea.title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        idea = self.idea
        project = project_of_idea(idea)
        return super().get_context_data(**kwargs) | {
            "idea": idea,
            "story": story_of(idea),
            "comments": idea.comments.filter(deleted_at__isnull=True).select_related("author"),
            "acts": [act for act in ACTS if act.fits(idea)],
            "can_hide": rules.is_public(idea) or idea.hidden_at is not None,
            "project": project,
            "project_page": getattr(project, "page", None) if project else None,
        }


class IdeaFormView(WagtailAdminTemplateMixin, FormView):
    """A form about one idea. What was typed stays when a service refuses."""

    template_name = "cms/staff/idea_form.html"
    header_icon = "help"
    success = _("Gespeichert.")

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    @cached_property
    def idea(self) -> Idea:
        return staff_idea_or_404(self.request.user, self.kwargs["pk"])

    def get_page_title(self) -> str:
        raise NotImplementedError

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            crumb(INDEX, gettext("Ideen")),
            crumb(ONE, self.idea.title, self.idea.pk),
            {"url": "", "label": self.get_page_title()},
        ]

    def get_success_url(self) -> str:
        return reverse(ONE, args=[self.idea.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"idea": self.idea}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            target = self.act(form)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, self.success)
        return redirect(target or self.get_success_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.validation_error(self.request, gettext("Noch nicht gespeichert. Schau dir die Angaben an."), form)
        return super().form_invalid(form)

    def act(self, form: Any) -> str | None:
        """Does it; returns where to go if not back to the idea. Raises Refused."""
        raise NotImplementedError


class DecisionView(IdeaFormView):
    """One step of the story."""

    form_class = DecisionForm

    @cached_property
    def chosen(self) -> Act:
        return ACT_OF[self.kwargs["slug"]]

    def get_page_title(self) -> str:
        return str(self.chosen.label)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"idea": self.idea, "kind": self.chosen.kind}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"chosen": self.chosen}

    def act(self, form: DecisionForm) -> None:
        if self.chosen.kind == Kind.PUBLISHED:
            publish_idea(idea=self.idea, by=self.user)
            return
        decide_idea(idea=self.idea, by=self.user, kind=self.chosen.kind, **form.cleaned_data)


class ContactView(IdeaFormView):
    """Who looks after the idea."""

    form_class = ContactForm

    def get_page_title(self) -> str:
        return gettext("Ansprechperson")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"idea": self.idea}

    def act(self, form: ContactForm) -> None:
        contact: ContactPerson | None = form.cleaned_data["contact"]
        set_contact(idea=self.idea, contact=contact, by=self.user)


class TurnView(IdeaFormView):
    """ "Wird ein Projekt": decision, project and draft page in one go."""

    form_class = TurnForm
    template_name = "cms/staff/turn.html"
    success = _("Das Projekt steht. Hier ist der Entwurf seiner Seite: Wenn sie passt, veröffentliche sie.")

    def get_page_title(self) -> str:
        return gettext("Wird ein Projekt")

    @cached_property
    def money(self) -> Money:
        return money_of(self.idea.quartier)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        project = project_of_idea(self.idea)
        if project is not None:
            messages.info(request, gettext("Aus dieser Idee ist schon ein Projekt geworden."))
            return redirect("staff_projects:page", project.pk)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"idea": self.idea}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"money": self.money}

    def act(self, form: TurnForm) -> str:
        page = services.turn_idea_into_project(idea=self.idea, by=self.user, **form.facts())
        for warning in form.warnings(self.money):
            messages.warning(self.request, warning)
        return reverse("wagtailadmin_pages:edit", args=[page.pk])


class HideView(View):
    """Takes an idea out of sight, or brings it back with `act=show`; one tap, by POST, a second one does no harm."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        idea = staff_idea_or_404(request.user, pk)
        act = unhide_idea if request.POST.get("act") == "show" else hide_idea
        return _one_tap(request, pk, lambda: act(idea=idea, by=cast(User, request.user)))


class HideCommentView(View):
    """The same with a comment of the idea."""

    def post(self, request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
        idea = staff_idea_or_404(request.user, pk)
        comment = idea.comments.filter(pk=comment_pk).first()
        if comment is None:
            raise Http404
        act = unhide_comment if request.POST.get("act") == "show" else hide_comment
        return _one_tap(request, pk, lambda: act(comment=comment, by=cast(User, request.user)))


def _one_tap(request: HttpRequest, pk: int, act: Any) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("Gespeichert."))
    return redirect(ONE, pk)

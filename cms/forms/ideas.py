"""Forms about one idea: a step of its story, its contact person, and becoming a project."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from accounts.models import ContactPerson, Partner
from cms.forms.choices import choose_from
from cms.selectors.waiting import Money
from ideas import rules
from ideas.models import Entry, Idea
from ideas.selectors import ideas_for
from participation.models import Project

REASON_HELP = _("Alle können das lesen. Schreib so, dass man es mit zwölf versteht.")
MOST_CHOICES = 300


def reason_field(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Öffentliche Begründung"),
        help_text=REASON_HELP,
        required=required,
        max_length=Entry._meta.get_field("reason").max_length,
        widget=AdminAutoHeightTextInput(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Schreib dazu, warum: so, dass es alle verstehen.")},
    )


class DecisionForm(forms.Form):
    """A step of the story: a reason where the step needs one, and the other idea for merging."""

    def __init__(self, *args: Any, idea: Idea, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == Entry.Kind.MERGED:
            self.fields["into"] = forms.ModelChoiceField(
                _others(idea),
                label=_("Gehört zu"),
                empty_label=_("Such dir eine Idee aus"),
                error_messages={"required": _("Such dir aus, zu welcher Idee sie gehört.")},
            )
        if kind != Entry.Kind.PUBLISHED:
            self.fields["reason"] = reason_field(required=rules.STEPS[kind].needs_reason)


def _others(idea: Idea) -> Any:
    """The ideas of the same Quartier that another one can be merged into, those with most votes first."""
    public = ideas_for(AnonymousUser(), idea.quartier).exclude(pk=idea.pk).exclude(state=Idea.State.MERGED)
    first = public.order_by("-vote_count", "-pk").values_list("pk", flat=True)[:MOST_CHOICES]
    return Idea.objects.filter(pk__in=list(first)).order_by("-vote_count", "-pk")


class ContactForm(forms.Form):
    """Who looks after the idea from now on."""

    contact = forms.ModelChoiceField(
        ContactPerson.objects.none(), label=_("Ansprechperson"), required=False, empty_label=_("niemand")
    )

    def __init__(self, *args: Any, idea: Idea, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "contact", idea.quartier.contacts.all()).initial = idea.contact_id


class TurnForm(forms.Form):
    """Everything that an idea needs to become a project. Rules marked "soll" warn and never block."""

    title = forms.CharField(label=_("Titel des Projekts"), max_length=80)
    reason = reason_field(required=True)
    summary = forms.CharField(
        label=_("Kurz gesagt"), required=False, max_length=240, widget=forms.Textarea(attrs={"rows": 3})
    )
    format = forms.ChoiceField(label=_("Art"), choices=Project.Format.choices)
    place = forms.CharField(label=_("Treffpunkt"), required=False, max_length=120)
    starts_on = forms.DateField(label=_("Beginn"), required=False, widget=AdminDateInput)
    capacity = forms.IntegerField(
        label=_("Plätze"),
        required=False,
        min_value=1,
        max_value=2000,
        help_text=_("leer: so viele wie wollen"),
    )
    cost = forms.DecimalField(
        label=_("Geplante Kosten in Euro"),
        required=False,
        max_digits=9,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("steht nur hier, nicht auf der Seite"),
    )
    is_measure = forms.BooleanField(
        label=_("Es geht um längere Qualifizierung, Ausbildung oder Beschäftigung."),
        required=False,
        help_text=_("Maßnahmen nach § 13 Abs. 2 SGB VIII sind als Mikroprojekt nicht förderfähig."),
    )
    contacts = forms.ModelMultipleChoiceField(
        ContactPerson.objects.none(),
        label=_("Ansprechpersonen"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Ein Projekt braucht mindestens eine Ansprechperson. Such zuerst eine aus.")},
    )
    partners = forms.ModelMultipleChoiceField(
        Partner.objects.none(),
        label=_("Wen fragt ihr noch?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, idea: Idea, **kwargs: Any) -> None:
        grown = {
            "title": idea.title,
            "summary": idea.text[:240],
            "place": idea.place,
            "format": Project.Format.MICRO,
            "contacts": [idea.contact_id] if idea.contact_id else [],
        }
        super().__init__(*args, **{**kwargs, "initial": grown | (kwargs.get("initial") or {})})
        choose_from(self, "contacts", idea.quartier.contacts.all())
        choose_from(self, "partners", idea.quartier.partners.all())

    def facts(self) -> dict[str, Any]:
        """As keyword arguments of `cms.services.turn_idea_into_project`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "is_measure"}

    def warnings(self, money: Money) -> list[str]:
        """What the programme's rules say to these answers."""
        said = []
        if self.cleaned_data["is_measure"]:
            said.append(gettext("Achtung: Maßnahmen nach § 13 Abs. 2 SGB VIII zahlt der Topf für Mikroprojekte nicht."))
        cost = self.cleaned_data["cost"]
        if cost and cost > money.free:
            said.append(gettext("Achtung: Das ist mehr, als in diesem Förderjahr noch frei ist."))
        return said

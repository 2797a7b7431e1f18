"""A page and the thing it presents on one screen.

The form of such a page also carries fields of the thing. They are saved by the thing's own services, not by the page:
`ThingPageForm.changes()` names them, `cms.staff.pages` hands them over in the transaction that saves the page.
"""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db.models import Field as ModelField
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from accounts.models import ContactPerson, Partner, Quartier
from cms.forms.choices import choose_from
from ideas.models import Field
from participation.models import Project


def borrowed(model: type[Model], name: str, **options: Any) -> forms.Field:
    """The form field of another model's field, with its label, limits and choices."""
    field = cast("ModelField[Any, Any]", model._meta.get_field(name))
    return cast(forms.Field, field.formfield(**options))


class ThingPageForm(WagtailAdminPageForm):
    """A page's form that borrows fields of the thing it presents."""

    # Form field -> fact of the thing, for every borrowed field.
    facts: Mapping[str, str] = {}
    # The thing's attribute that the page's title is.
    title_fact = "title"
    title_length = 80

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        known = self.known_facts(kwargs.get("instance"))
        kwargs["initial"] = known | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def known_facts(self, page: Any) -> dict[str, Any]:
        """What the borrowed fields show at first: what the thing holds now."""
        thing = self.thing_of(page)
        if thing is None:
            return {}
        known = forms.model_to_dict(thing, fields=[self.title_fact, *self.facts.values()])
        names = {"title": self.title_fact, **self.facts}
        return {name: known[fact] for name, fact in names.items() if fact in known}

    def thing_of(self, page: Any) -> Model | None:
        raise NotImplementedError

    def changes(self) -> dict[str, Any]:
        """The facts as keyword arguments of the thing's service, the title included."""
        told = {fact: self.cleaned_data[name] for name, fact in self.facts.items() if name in self.fields}
        return {self.title_fact: self.cleaned_data["title"], **told}

    def refuse(self, sentence: str, fact: str | None) -> None:
        """Puts a service's refusal beside the field that it is about."""
        names = {known: name for name, known in self.facts.items()} | {self.title_fact: "title"}
        name = names.get(fact or "")
        self.add_error(name if name in self.fields else None, sentence)

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"].strip()
        if len(title) > self.title_length:
            raise forms.ValidationError(_("Nimm höchstens %(most)s Zeichen.") % {"most": self.title_length})
        return title

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        low, high = data.get("age_min"), data.get("age_max")
        if low is not None and high is not None and low > high:
            self.add_error("age_max", _("Das Alter läuft rückwärts. „Bis“ muss mindestens so groß sein wie „von“."))
        return data


class QuartierPageForm(ThingPageForm):
    """The Quartier's page with the Quartier's settings."""

    facts = {
        name: name
        for name in (
            "city", "carrier", "age_min", "age_max", "publish_residents", "publish_guests", "answer_days"
        )
    }  # fmt: skip
    title_fact = "name"

    city = borrowed(Quartier, "city")
    carrier = borrowed(Quartier, "carrier")
    age_min = borrowed(Quartier, "age_min")
    age_max = borrowed(Quartier, "age_max")
    publish_residents = borrowed(Quartier, "publish_residents")
    publish_guests = borrowed(Quartier, "publish_guests")
    answer_days = borrowed(Quartier, "answer_days")

    def thing_of(self, page: Any) -> Quartier | None:
        return page.quartier if page is not None and page.quartier_id else None


class ProjectPageForm(ThingPageForm):
    """The project's page with the project's facts; a new page makes a new project."""

    facts = {
        "action_fields": "fields",
        **{
            name: name
            for name in (
                "summary", "state", "format", "place", "starts_on", "ends_on", "capacity", "age_min", "age_max",
                "guardian_consent", "contacts", "partners", "easy", "results",
            )
        },
    }  # fmt: skip

    summary = borrowed(Project, "summary", widget=forms.Textarea(attrs={"rows": 3}))
    state = borrowed(Project, "state")
    format = borrowed(Project, "format")
    action_fields = forms.ModelMultipleChoiceField(
        Field.objects.all(), label=_("Passt zu"), required=False, widget=forms.CheckboxSelectMultiple
    )
    place = borrowed(Project, "place")
    starts_on = borrowed(Project, "starts_on", widget=AdminDateInput)
    ends_on = borrowed(Project, "ends_on", widget=AdminDateInput)
    capacity = borrowed(Project, "capacity")
    age_min = borrowed(Project, "age_min")
    age_max = borrowed(Project, "age_max")
    guardian_consent = borrowed(Project, "guardian_consent")
    contacts = forms.ModelMultipleChoiceField(
        ContactPerson.objects.none(),
        label=_("Ansprechpersonen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("mindestens eine"),
    )
    partners = forms.ModelMultipleChoiceField(
        Partner.objects.none(), label=_("Partner"), required=False, widget=forms.CheckboxSelectMultiple
    )
    easy = borrowed(Project, "easy", widget=AdminAutoHeightTextInput)
    results = borrowed(Project, "results", widget=AdminAutoHeightTextInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quartier = self.quartier
        choose_from(self, "contacts", ContactPerson.objects.filter(quartier=quartier))
        choose_from(self, "partners", Partner.objects.filter(quartier=quartier))
        if self.instance.project_id is None and quartier is not None:
            self.fields["age_min"].initial, self.fields["age_max"].initial = quartier.age_min, quartier.age_max

    @property
    def quartier(self) -> Quartier | None:
        """Of the project, or for a new page of the list that it will stand in."""
        if self.instance.project_id is not None:
            return self.instance.project.quartier
        return self.parent_page.specific.quartier if self.parent_page is not None else None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and starts > ends:
            self.add_error("ends_on", _("Das Ende liegt vor dem Beginn."))
        project, places = self.thing_of(self.instance), data.get("capacity")
        if project is not None and places is not None and places < project.member_count:
            sentence = _("So viele sind schon dabei: %(n)d. Weniger Plätze gehen nicht.") % {"n": project.member_count}
            self.add_error("capacity", sentence)
        return data

    def thing_of(self, page: Any) -> Project | None:
        return page.project if page is not None and page.project_id else None

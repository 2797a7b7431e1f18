"""What the team wrote about the event: title, place, times."""

from typing import Any

from django.http import QueryDict

from accounts.models import User
from common.errors import Refused
from participation.forms.events import FactsForm
from participation.models import Event
from participation.services import events as services

from .acts import Act, Mistaken

FIELDS = ("title", "subtitle", "place", "starts_at", "ends_at", "intro")


def _facts(event: Event, user: User, data: QueryDict) -> None:
    form = FactsForm(data, auto_id="settings_%s")
    if not form.is_valid():
        raise Mistaken(facts_form=form)
    try:
        services.update_event(event=event, by=user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        raise Mistaken(facts_form=form) from None


ACTS: dict[str, Act] = {"facts": _facts}


def context(event: Event) -> dict[str, Any]:
    return {"facts_form": FactsForm(auto_id="settings_%s", initial={name: getattr(event, name) for name in FIELDS})}

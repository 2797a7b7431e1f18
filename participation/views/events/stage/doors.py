"""Who comes in: the doors, how many there is room for, and the code."""

from typing import Any

from django.http import QueryDict

from accounts.models import User
from participation.forms.events import CapacityForm
from participation.models import Event
from participation.rules.events import why_no_seat
from participation.services import events as services

from .acts import Act, Mistaken


def _capacity(event: Event, user: User, data: QueryDict) -> None:
    form = CapacityForm(data, auto_id="doors_%s")
    if not form.is_valid():
        raise Mistaken(capacity_form=form)
    services.update_event(event=event, by=user, capacity=form.cleaned_data["capacity"])


ACTS: dict[str, Act] = {
    "joining": lambda e, by, d: services.set_switches(event=e, by=by, joining_open=d.get("on") == "1"),
    "capacity": _capacity,
    "rotate": lambda e, by, d: services.rotate_code(event=e, by=by, old=d.get("old", "")),
}


def context(event: Event) -> dict[str, Any]:
    return {
        "no_seat": why_no_seat(event),
        "capacity_form": CapacityForm(auto_id="doors_%s", initial={"capacity": event.capacity}),
    }

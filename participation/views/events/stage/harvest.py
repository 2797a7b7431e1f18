"""The harvest, seen by those who lead: photos to look at, notes, outcomes, and what becomes of them."""

import uuid
from typing import Any

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import Refused
from participation.forms.harvest import GrowForm, OutcomeForm, OutcomeWordsForm, first_mistake
from participation.models import Ballot, Event, NotePhoto, Outcome
from participation.rules import harvest as rules
from participation.rules.ballots import MOST_OPTIONS
from participation.rules.events import can_hold_ballots
from participation.selectors import harvest as selectors
from participation.services import events as event_services
from participation.services import harvest as services
from participation.services.ballots import create_ballot

from .acts import Act, Mistaken, number


def outcome_of(event: Event, data: QueryDict) -> Outcome:
    """The outcome that a button is about. Raises Http404."""
    return get_object_or_404(event.outcome_list.select_related("event"), number=number(data, "outcome"))


def photo_of(event: Event, data: QueryDict) -> NotePhoto:
    photos = NotePhoto.objects.filter(topic__event=event).select_related("topic__event")
    return get_object_or_404(photos, pk=number(data, "photo"))


def _make(event: Event, user: User, data: QueryDict) -> None:
    form = OutcomeForm(data, event=event, needs_topic=False, prefix="outcome")
    if not form.is_valid():
        raise Mistaken(outcome_form=form)
    try:
        services.make_outcome(event=event, by=user, client_id=_client_id(data), **form.facts())
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        raise Mistaken(outcome_form=form) from None


def _client_id(data: QueryDict) -> uuid.UUID:
    try:
        return uuid.UUID(data.get("client_id", ""))
    except ValueError:
        return uuid.uuid4()


def _edit(event: Event, user: User, data: QueryDict) -> None:
    form = OutcomeWordsForm(data)
    if not form.is_valid():
        raise Refused("invalid", first_mistake(form))
    services.edit_outcome(outcome=outcome_of(event, data), by=user, **form.cleaned_data)


def _grow_project(event: Event, user: User, data: QueryDict) -> None:
    form = GrowForm(data)
    if not form.is_valid():
        raise Refused("invalid", first_mistake(form))
    services.grow_project(outcome=outcome_of(event, data), by=user, **form.cleaned_data)


def _from_winner(event: Event, user: User, data: QueryDict) -> None:
    """What got the most points becomes an outcome, with the topic that the option came from."""
    ballot = get_object_or_404(event.ballots, number=number(data, "ballot"))
    winner = selectors.winner_of(ballot)
    if winner is None:
        raise Refused("no_winner", _("Diese Abstimmung hat noch keinen Vorschlag, der vorn liegt."))
    label, topic = winner
    services.make_outcome(
        event=event, by=user, title=label, topic=topic, client_id=uuid.uuid5(event.epoch, f"winner {ballot.pk}")
    )


def _converge(event: Event, user: User, data: QueryDict) -> None:
    """Dots for all that came of the day, in one tap: outcomes, and topics with notes that have none yet."""
    options, topics = selectors.to_weigh(event, MOST_OPTIONS)
    create_ballot(
        event=event,
        by=user,
        question=_("Was packen wir zuerst an?"),
        kind=Ballot.Kind.DOTS,
        options=options,
        topics=topics,
        client_id=_client_id(data),
    )


ACTS: dict[str, Act] = {
    "notes": lambda e, by, d: event_services.set_switches(event=e, by=by, notes_open=d.get("on") == "1"),
    "photo_release": lambda e, by, d: services.release_photo(photo=photo_of(e, d), by=by),
    "photo_reject": lambda e, by, d: services.reject_photo(photo=photo_of(e, d), by=by),
    "outcome_make": _make,
    "outcome_winner": _from_winner,
    "outcome_edit": _edit,
    "outcome_hide": lambda e, by, d: services.hide_outcome(outcome=outcome_of(e, d), by=by),
    "outcome_show": lambda e, by, d: services.show_outcome(outcome=outcome_of(e, d), by=by),
    "outcome_idea": lambda e, by, d: services.grow_idea(outcome=outcome_of(e, d), by=by),
    "outcome_project": _grow_project,
    "converge": _converge,
}


def context(event: Event) -> dict[str, Any]:
    outcomes = list(selectors.outcomes_of(event))
    titles, topics = selectors.to_weigh(event, MOST_OPTIONS)
    return {
        "outcomes": [{"outcome": row, "became": rules.has_become(row), "form": _words(row)} for row in outcomes],
        "outcome_form": OutcomeForm(event=event, needs_topic=False, prefix="outcome"),
        "outcome_id": uuid.uuid4(),
        "converge_id": uuid.uuid4(),
        "can_converge": can_hold_ballots(event) and len(titles) + len(topics) > 1,
        "winners": selectors.winners(event, {row.title for row in outcomes}),
        "new_photos": [selectors.photo_row(photo) for photo in selectors.photos_to_look_at(event)],
        "noted": selectors.topics_at_work(event),
        "notes_switch": event.state in rules.GOING_ON,
        "has_proceedings": event.state in rules.GOING_ON | rules.OVER,
    }


def _words(outcome: Outcome) -> OutcomeWordsForm:
    return OutcomeWordsForm(initial={"title": outcome.title, "text": outcome.text}, auto_id=f"id_o{outcome.number}_%s")

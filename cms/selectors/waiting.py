"""What waits for a member of staff: the content of the admin's start page, and the money of a funding year."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Quartier, User
from accounts.selectors import quartiere_of
from ideas.models import Idea
from ideas.selectors import held_ideas, waiting_ideas
from moderation.selectors import open_reports
from participation.models import Event
from participation.selectors.projects import envelope

ROWS = 8
# With more Quartiere than this somebody coordinates: a table of numbers helps more than single envelopes.
MOST_ENVELOPES = 3
# Baustein Mikroprojekte (domain.md): "soll" rules, which warn and never block.
ENVELOPE_FROM, ENVELOPE_TO = Decimal(5_000), Decimal(50_000)
PROJECTS_AT_LEAST = 3
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Money:
    """The funding year of a Quartier in euro, and the count toward three projects in the whole funding period."""

    quartier: Quartier
    year: int
    envelope: Decimal
    planned: Decimal
    spent: Decimal
    projects: int

    @property
    def free(self) -> Decimal:
        return self.envelope - self.planned

    @property
    def at_least(self) -> int:
        return PROJECTS_AT_LEAST

    @property
    def notes(self) -> list[str]:
        """What the rules of the programme say to these numbers."""
        said = []
        if self.envelope == 0:
            said.append(_("Für dieses Jahr ist noch kein Rahmen eingetragen."))
        elif not ENVELOPE_FROM <= self.envelope <= ENVELOPE_TO:
            said.append(_("Der Rahmen soll zwischen 5.000 und 50.000 Euro im Förderjahr liegen."))
        if self.envelope and self.free < 0:
            said.append(_("Es ist mehr geplant, als der Rahmen hergibt."))
        missing = PROJECTS_AT_LEAST - self.projects
        if missing > 0:
            said.append(
                ngettext(
                    "Noch %(n)d Projekt fehlt bis zu den dreien, die es werden sollen.",
                    "Noch %(n)d Projekte fehlen bis zu den dreien, die es werden sollen.",
                    missing,
                )
                % {"n": missing}
            )
        return said


def money_of(quartier: Quartier) -> Money:
    """This year's numbers of a Quartier; four queries."""
    known = envelope(quartier, timezone.localdate().year)
    return Money(quartier, known.year, known.envelope, known.planned, known.spent, known.projects_ever)


@dataclass
class Place:
    """The numbers of one Quartier on the start page."""

    quartier: Quartier
    waiting: int = 0
    late: int = 0
    held: int = 0
    reports: int = 0


@dataclass(frozen=True)
class Desk:
    """Everything that waits for one person, the most urgent first."""

    ideas: list[Idea]
    held: list[Idea]
    places: list[Place]
    events: list[Event]
    money: list[Money]

    @property
    def waiting(self) -> int:
        return sum(place.waiting for place in self.places)

    @property
    def late(self) -> int:
        return sum(place.late for place in self.places)

    @property
    def held_count(self) -> int:
        return sum(place.held for place in self.places)

    @property
    def reports(self) -> int:
        return sum(place.reports for place in self.places)


def desk_of(user: User) -> Desk:
    """The desk of a member of staff; the same number of queries for one idea and for forty."""
    places = {row.pk: Place(row) for row in quartiere_of(user).select_related("programme").order_by("name")}
    late = Count("pk", filter=Q(answer_by__lt=timezone.localdate()))
    for row in _counted(waiting_ideas(user), late=late):
        places[row["quartier_id"]].waiting, places[row["quartier_id"]].late = row["n"], row["late"]
    for row in _counted(held_ideas(user)):
        places[row["quartier_id"]].held = row["n"]
    for row in _counted(open_reports(user)):
        places[row["quartier_id"]].reports = row["n"]
    few = len(places) <= MOST_ENVELOPES
    return Desk(
        ideas=list(waiting_ideas(user)[:ROWS]),
        held=list(held_ideas(user)[:ROWS]),
        places=sorted(places.values(), key=lambda place: (-place.late, -place.waiting, place.quartier.name)),
        events=list(_events_at_hand(places)),
        money=[money_of(place.quartier) for place in places.values()] if few else [],
    )


def _counted(rows: QuerySet[Any], **more: Any) -> QuerySet[Any, dict[str, Any]]:
    return rows.order_by().values("quartier_id").annotate(n=Count("pk"), **more)


def _events_at_hand(places: dict[int, Place]) -> QuerySet[Event]:
    """What runs, and what is announced for the next days."""
    running = Q(state__in=[Event.State.LOBBY, Event.State.LIVE, Event.State.WRAP_UP])
    soon = Q(state=Event.State.ANNOUNCED, starts_at__lt=timezone.now() + SOON)
    return (
        Event.objects.filter(running | soon, quartier__in=list(places))
        .select_related("quartier")
        .order_by("starts_at")[:ROWS]
    )

"""Reading notes, photos and outcomes: for a topic's page, for screens, and for the stage."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from common import photos
from ideas.rules import is_public as is_public_idea
from participation.models import Ballot, Event, Note, NotePhoto, Outcome, Seat, Topic
from participation.rules import harvest as rules
from participation.rules.events import SHOWN_TOPICS, can_run, is_public
from participation.rules.projects import is_announced
from participation.selectors.ballots import is_revealed, ranked, shown_result

Someone = User | AnonymousUser
PAGE_WIDTH = 640
MOST_WINNERS = 5


# --- a topic ---------------------------------------------------------------------------------------------
def topic_or_404(user: Someone, event: Event, number: int) -> Topic:
    """A topic with its cell of the grid, if it has one; what is hidden is absent for all but the team."""
    found = event.topics.select_related("session__room", "session__slot", "merged_into")
    topic = found.filter(number=number).first()
    if topic is None:
        raise Http404
    topic.event = event
    if not rules.can_see_topic(user, topic):
        raise Http404
    return topic


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note, and whether the reader may take it back."""

    note: Note
    mine: bool


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One section of the notes with its notes in the order in which they came."""

    value: str
    label: str
    rows: list[NoteRow]


def sections_of(topic: Topic, *, seat: Seat | None, leads: bool) -> list[SectionRow]:
    """All four sections; hidden notes for the team only. One query."""
    notes = topic.notes.all() if leads else topic.notes.filter(hidden=False)
    now = timezone.now()
    rows = [NoteRow(note, seat is not None and rules.can_take_back(seat, note, now)) for note in notes]
    return [
        SectionRow(section.value, str(section.label), [row for row in rows if row.note.section == section])
        for section in Note.Section
    ]


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photo with what its picture needs on a page."""

    photo: NotePhoto
    src: str
    srcset: str
    width: int
    height: int


def photo_row(photo: NotePhoto) -> PhotoRow:
    width, height = photos.size(photo.photo)
    return PhotoRow(photo, photos.urls(photo.photo)[PAGE_WIDTH], photos.srcset(photo.photo), width, height)


def photos_of(topic: Topic, *, seat: Seat | None, leads: bool) -> list[PhotoRow]:
    """What the team has released; before that, who sent it and the team see it."""
    seen = Q() if leads else Q(released=True) | Q(seat=seat, seat__isnull=False)
    return [photo_row(photo) for photo in topic.note_photos.filter(seen)]


def withheld_photo_or_404(event: Event, key: str, *, seat: Seat | None, leads: bool) -> NotePhoto:
    """A photo that not everybody may see, by its key: for the team and for who sent it."""
    photo = NotePhoto.objects.filter(topic__event=event, photo=key).first()
    if photo is None or not (leads or (seat is not None and photo.seat_id == seat.pk)):
        raise Http404
    return photo


def event_of_photo(key: str) -> Event | None:
    """The event that a photo was taken at, by its key."""
    photo = NotePhoto.objects.select_related("topic__event__quartier").filter(photo=key).first()
    return None if photo is None else photo.topic.event


def note_in_sight(user: Someone, note_id: int) -> Note | None:
    """A note that somebody may report: what the team has hidden is gone for the others."""
    note = Note.objects.select_related("topic__event__quartier").filter(pk=note_id).first()
    if note is None or not _topic_in_sight(user, note.topic):
        return None
    return note if not note.hidden or can_run(user, note.topic.event) else None


def photo_in_sight(user: Someone, photo_id: int) -> NotePhoto | None:
    """A photo that somebody may report: one that was released, or any for the team."""
    photo = NotePhoto.objects.select_related("topic__event__quartier").filter(pk=photo_id).first()
    if photo is None or not _topic_in_sight(user, photo.topic):
        return None
    return photo if photo.released or can_run(user, photo.topic.event) else None


def topic_in_sight(user: Someone, topic_id: int) -> Topic | None:
    """A topic that somebody may report."""
    topic = Topic.objects.select_related("event__quartier").filter(pk=topic_id).first()
    return topic if topic is not None and _topic_in_sight(user, topic) else None


def _topic_in_sight(user: Someone, topic: Topic) -> bool:
    event = topic.event
    return can_run(user, event) or (is_public(event) and topic.state in rules.READABLE_TOPICS)


# --- outcomes --------------------------------------------------------------------------------------------
def outcomes_of(event: Event) -> QuerySet[Outcome]:
    """Every outcome, in order, with what it came from and what it has become."""
    return event.outcome_list.select_related("topic", "idea__quartier", "project__quartier")


def shown_outcomes(event: Event) -> QuerySet[Outcome]:
    return outcomes_of(event).filter(hidden=False)


def outcome_facts(outcome: Outcome) -> dict[str, Any]:
    """An outcome as every screen may see it, without its tally. Of a hidden one, its number and nothing else.

    Nothing in it changes without an entry of its own: where it went on is asked of `events:outcome`.
    """
    if outcome.hidden:
        return {"n": outcome.number, "gone": True}
    return {
        "n": outcome.number,
        "title": outcome.title,
        "text": outcome.text,
        "topic": None if outcome.topic is None else outcome.topic.number,
        "became": rules.has_become(outcome),
    }


def outcome_in_sight(user: Someone, outcome_id: int) -> Outcome | None:
    """An outcome that somebody may report."""
    outcome = Outcome.objects.select_related("event__quartier").filter(pk=outcome_id).first()
    if outcome is None:
        return None
    return outcome if can_run(user, outcome.event) or (is_public(outcome.event) and not outcome.hidden) else None


def outcome_or_404(user: Someone, event: Event, number: int) -> Outcome:
    """One that is shown; a hidden one for the team only."""
    outcome = outcomes_of(event).filter(number=number).first()
    if outcome is None or (outcome.hidden and not can_run(user, event)):
        raise Http404
    return outcome


def address_of(outcome: Outcome) -> str:
    """Where it goes on: the idea or the project that it became, once that is public."""
    if outcome.project is not None and is_announced(outcome.project):
        return outcome.project.get_absolute_url()
    if outcome.idea is not None and is_public_idea(outcome.idea):
        return outcome.idea.get_absolute_url()
    return ""


def join_counts(event_id: int) -> dict[str, int]:
    """How many are in, by the number of the outcome."""
    shown = Outcome.objects.filter(event=event_id, hidden=False).order_by("number")
    return {str(number): count for number, count in shown.values_list("number", "join_count")}


# --- for the stage ---------------------------------------------------------------------------------------
def photos_to_look_at(event: Event) -> QuerySet[NotePhoto]:
    """Photos that nobody but their sender and the team sees yet, the oldest first."""
    return NotePhoto.objects.filter(topic__event=event, released=False).select_related("topic")


def noted_topics(event: Event) -> QuerySet[Any]:
    """Topics that are on, with `note_count`: notes that everybody sees."""
    counted = Count("notes", filter=Q(notes__hidden=False))
    return event.topics.filter(state__in=SHOWN_TOPICS).annotate(note_count=counted).order_by("number")


def topics_at_work(event: Event) -> QuerySet[Any]:
    """Those of them that sit together, did, or have notes: where the team may want to read."""
    in_grid = Q(state__in=[Topic.State.PLACED, Topic.State.RUNNING, Topic.State.HARVESTED])
    return noted_topics(event).filter(in_grid | Q(pk__in=_with_notes(event))).order_by("-note_count", "number")


def _with_notes(event: Event) -> QuerySet[Note, Any]:
    return Note.objects.filter(topic__event=event, hidden=False).values("topic")


def winner_of(ballot: Ballot) -> tuple[str, int | None] | None:
    """Label and topic (by number) of the one option that leads a result that was shown; None at a draw."""
    result = shown_result(ballot) if is_revealed(ballot) else None
    rows = ranked(result) if result else []
    if not rows or not rows[0]["value"] or (len(rows) > 1 and rows[1]["value"] == rows[0]["value"]):
        return None
    option = ballot.options.filter(number=rows[0]["number"], label=rows[0]["label"]).select_related("topic").first()
    topic = option.topic if option is not None else None
    shown = topic is not None and topic.state in rules.READABLE_TOPICS
    return rows[0]["label"], topic.number if topic is not None and shown else None


def winners(event: Event, taken: set[str]) -> list[dict[str, Any]]:
    """What leads in ballots that were shown and is no outcome yet; consent and scales have no such thing."""
    ballots = event.ballots.filter(kind__in=[Ballot.Kind.DOTS, Ballot.Kind.CHOICE, Ballot.Kind.WORDS])
    shown = [ballot for ballot in ballots.order_by("-number") if is_revealed(ballot)][:MOST_WINNERS]
    found = [(ballot, winner_of(ballot)) for ballot in shown]
    return [{"ballot": ballot, "label": won[0]} for ballot, won in found if won is not None and won[0] not in taken]


def to_weigh(event: Event, most: int) -> tuple[list[str], list[int]]:
    """What a closing ballot weighs: titles of outcomes, and numbers of topics that were worked on and have none.

    At most so many together; the topics that interest most come first.
    """
    outcomes = list(shown_outcomes(event))
    titles = list(dict.fromkeys(outcome.title for outcome in outcomes))[:most]
    covered = {outcome.topic_id for outcome in outcomes}
    worked_on = Q(pk__in=_with_notes(event)) | Q(state=Topic.State.HARVESTED)
    topics = list(noted_topics(event).filter(worked_on))
    rest = [topic for topic in topics if topic.pk not in covered and topic.title not in titles]
    rest.sort(key=lambda topic: -topic.interest_count)
    return titles, [topic.number for topic in rest[: most - len(titles)]]


def topic_address(topic: Topic) -> str:
    return reverse("events:topic", args=[topic.event.join_code, topic.number])

"""Reading the grid: facts for screens, counts that change all the time, a seat's plan, what a plan is made from."""

from collections import Counter
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from participation.models import Event, Interest, Room, Seat, Session, SignUp, Slot, Topic, Whereabouts
from participation.rules import grid as rules
from participation.rules.plan import Suggestion, suggest_plan

Pairs = Counter[tuple[int, int]]


# --- facts for screens -----------------------------------------------------------------------------------
def room_facts(room: Room) -> dict[str, Any]:
    return {
        "n": room.number,
        "name": room.name,
        "where": room.where,
        "capacity": room.capacity,
        "step_free": room.step_free,
    }


def slot_facts(slot: Slot) -> dict[str, Any]:
    """Times in milliseconds since 1970, as all times of the protocol."""
    return {"n": slot.number, "starts": _ms(slot.starts_at), "ends": _ms(slot.ends_at)}


def _ms(moment: Any) -> int:
    return int(moment.timestamp() * 1000)


def session_facts(topic: int, room: int, slot: int) -> dict[str, int]:
    """A cell that is filled, by numbers; it is kept by its topic's."""
    return {"n": topic, "room": room, "slot": slot}


def grid_facts(event: Event) -> dict[str, list[dict[str, Any]]]:
    """Rooms, slots and sessions of the `state` that every screen shows."""
    cells = event.sessions.order_by("topic__number").values_list("topic__number", "room__number", "slot__number")
    return {
        "rooms": [room_facts(room) for room in event.rooms.order_by("number")],
        "slots": [slot_facts(slot) for slot in event.slots.order_by("number")],
        "sessions": [session_facts(*cell) for cell in cells],
    }


# --- counts ----------------------------------------------------------------------------------------------
def has_grid() -> Exists:
    """For an event: is anything in its grid?"""
    return Exists(Session.objects.filter(event=OuterRef("pk")))


def plan_counts(event_id: int) -> dict[str, int]:
    """How many seats mean to go there, by topic number; every topic in the grid is named."""
    found = Session.objects.filter(event=event_id).values_list("topic__number").annotate(Count("topic__sign_ups"))
    return {str(number): count for number, count in found.order_by("topic__number")}


def here_counts(event_id: int) -> dict[str, int]:
    """How many seats are there now, by topic number, and `moving` between; who said nothing is in none."""
    found = Whereabouts.objects.filter(seat__event=event_id).values_list("topic__number").annotate(Count("pk"))
    named = {"moving" if number is None else str(number): count for number, count in found.order_by("topic__number")}
    return {"moving": named.pop("moving", 0), **named}


def plan_tally(event_id: int) -> dict[str, Any]:
    """What the plan's tally carries (docs/live-protocol.md)."""
    plan, here = plan_counts(event_id), here_counts(event_id)
    return {"plan": plan, "here": here, "rev": sum(plan.values()) + sum(here.values())}


# --- what a placing looks at -----------------------------------------------------------------------------
def expected_of(topic: Topic) -> int:
    """How many people a topic counts on: who means to come or, before anybody said so, who is interested."""
    return max(topic.interest_count, topic.sign_ups.count())


def wish_of(topic: Topic, expected: int) -> rules.Wish:
    return rules.Wish(topic.number, expected, topic.step_free, topic.seat_id)


def place_of(room: Room) -> rules.Place:
    return rules.Place(room.number, room.capacity, room.step_free)


def time_of(slot: Slot) -> rules.Time:
    return rules.Time(slot.number, slot.starts_at, slot.ends_at)


def taken_cells(event: Event) -> list[rules.Cell]:
    return list(event.sessions.values_list("room__number", "slot__number"))


def free_cells(event: Event, wish: rules.Wish, wanted: Slot) -> list[dict[str, Any]]:
    """The three nearest free cells, as numbers and in words: `{room, slot}` and "10:30 Uhr, Aula"."""
    rooms, slots = list(event.rooms.all()), list(event.slots.all())
    found = rules.nearest_free(
        wish,
        rooms=[place_of(room) for room in rooms],
        slots=[time_of(slot) for slot in slots],
        taken=taken_cells(event),
        wanted=time_of(wanted),
        now=timezone.now(),
    )
    names, times = {room.number: room.name for room in rooms}, {slot.number: slot for slot in slots}
    return [{"room": room, "slot": slot, "words": f"{clock(times[slot])} {names[room]}"} for room, slot in found]


def clock(slot: Slot) -> str:
    """When it begins, as people say it: "10:30"."""
    return date_format(timezone.localtime(slot.starts_at), "H:i")


def clashes(topic: Topic, slot: Slot) -> int:
    """How many seats want this topic and another one of that slot: signed up for it, or interested in it."""
    here = _wants(Q(topic=topic))
    there = _wants(Q(topic__session__slot=slot) & ~Q(topic=topic))
    return Seat.objects.filter(here, there, event=topic.event_id).count()


def _wants(what: Q) -> Q:
    """A seat signed up for such a topic, or is interested in it."""
    seat = Q(seat=OuterRef("pk"))
    return Q(Exists(SignUp.objects.filter(seat & what))) | Q(Exists(Interest.objects.filter(seat & what)))


def convener_elsewhere(topic: Topic, slot: Slot) -> bool:
    """Whether whoever leads this topic leads another one in that slot."""
    if topic.seat_id is None:
        return False
    return Session.objects.filter(slot=slot, topic__seat=topic.seat_id).exclude(topic=topic).exists()


# --- for the stage ---------------------------------------------------------------------------------------
def topics_for_grid(event: Event) -> QuerySet[Topic]:
    """Topics that are in the grid, or may go there, with their cell and with how many mean to come."""
    states = sorted(rules.PLACEABLE | rules.IN_GRID)
    topics = event.topics.filter(state__in=states).select_related("session__room", "session__slot")
    return topics.annotate(
        planned=Count("sign_ups", distinct=True), present_count=Count("present", distinct=True)
    ).order_by("number")


def torn_by_slot(event: Event) -> Counter[int]:
    """How many seats mean to go to more than one group of a slot, by its number."""
    found = SignUp.objects.filter(topic__event=event, topic__state__in=sorted(rules.OPEN_GROUPS))
    return rules.torn(found.values_list("seat_id", "topic__session__slot__number"))


def interest_pairs(event: Event) -> Pairs:
    """How many are interested in both, for each pair of topics that are in the grid or may go there."""
    states = sorted(rules.PLACEABLE | rules.OPEN_GROUPS)
    found = Interest.objects.filter(topic__event=event, topic__state__in=states)
    return rules.wanted_together(found.values_list("seat_id", "topic__number"))


def suggestion_for(event: Event) -> list[Suggestion]:
    """A plan for the topics that have no cell yet, beside those that have one; four queries and some thinking."""
    topics: list[Any] = list(topics_for_grid(event))
    wishes = {topic.pk: wish_of(topic, max(topic.interest_count, topic.planned)) for topic in topics}
    placed = [topic for topic in topics if topic.state in rules.IN_GRID and hasattr(topic, "session")]
    waiting = [topic for topic in topics if topic.state in rules.PLACEABLE and not hasattr(topic, "session")]
    coming = event.slots.filter(ends_at__gt=timezone.now()).order_by("number")
    return suggest_plan(
        wishes=[wishes[topic.pk] for topic in waiting],
        rooms=[place_of(room) for room in event.rooms.order_by("number")],
        slots=[time_of(slot) for slot in coming],
        taken={(t.session.room.number, t.session.slot.number): wishes[t.pk] for t in placed},
        pairs=interest_pairs(event),
    )


def now_and_next(event: Event) -> tuple[Slot | None, Slot | None]:
    """The slot that runs (or else the one that comes first), and the one after it."""
    coming = list(event.slots.filter(ends_at__gt=timezone.now()).order_by("starts_at", "number")[:2])
    return (*coming, None, None)[0], (*coming, None, None)[1]


def sessions_in(slot: Slot) -> QuerySet[Session]:
    """The groups of a slot, in the order of the rooms."""
    shown = Q(topic__state__in=sorted(rules.IN_GRID))
    return slot.sessions.filter(shown).select_related("topic", "room").order_by("room__number")

"""Reading open spaces for somebody: pages, facts for screens, and the state that a socket begins with."""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import FilteredRelation, Min, Prefetch, Q, QuerySet
from django.http import Http404

from accounts.models import Quartier, User
from accounts.rules import is_any_staff, may_act
from accounts.selectors import quartiere_of
from participation.models import Ballot, BallotOption, Event, FormerCode, LogEntry, Seat, Topic
from participation.rules.ballots import RUNNING
from participation.rules.events import OPEN_DOORS, SHOWN_TOPICS, can_run, is_public
from participation.selectors import ballots as ballot_selectors
from participation.selectors import grid, hall, harvest

# Crockford's alphabet: no I, L, O, U, and whoever types them anyway is understood.
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TYPED = str.maketrans({"O": "0", "I": "1", "L": "1"})
MOST_REPLAYED = 500
"""Entries that are replayed one by one; a client further behind is better off with a snapshot."""

State = Event.State
SHOWN = sorted(SHOWN_TOPICS)


def clean_code(typed: str) -> str:
    """A join code as it is kept, from what somebody typed: "ab3 k7q", "AB3-K7Q", O for 0."""
    return "".join(filter(str.isalnum, typed.upper())).translate(_TYPED)[:12]


def spaced_code(code: str) -> str:
    """A join code as people read it: "AB3 K7Q"."""
    middle = (len(code) + 1) // 2
    return f"{code[:middle]} {code[middle:]}"


# --- events ----------------------------------------------------------------------------------------------
def events_for(user: User | AnonymousUser, quartier: Quartier | None = None) -> QuerySet[Event]:
    """The events that somebody may know of, newest first; drafts only for the team of the Quartier."""
    events = Event.objects.select_related("quartier")
    if quartier is not None:
        events = events.filter(quartier=quartier)
    known = ~Q(state=State.DRAFT)
    if is_any_staff(user):
        known |= Q(quartier__in=quartiere_of(user))
    return events.filter(known)


def event_or_404(user: User | AnonymousUser, code: str) -> Event:
    """The event of a join code; a draft is as absent as none for everybody but its team."""
    try:
        event = Event.objects.select_related("quartier").get(join_code=clean_code(code))
    except Event.DoesNotExist:
        raise Http404 from None
    if not (is_public(event) or can_run(user, event)):
        raise Http404
    return event


def event_for_seat_or_404(
    user: User | AnonymousUser, code: str, *, cookies: Mapping[str, str], token: str = ""
) -> Event:
    """The same for a door of seats: who has one finds the event also by a code that it had before."""
    try:
        return event_or_404(user, code)
    except Http404:
        former = former_event(code)
        if former is None or seat_of(former, token=token or cookies.get(seat_cookie(former), ""), user=user) is None:
            raise
        return former


def former_event(code: str) -> Event | None:
    """The event that had this code before."""
    found = FormerCode.objects.select_related("event__quartier").filter(code=clean_code(code)).first()
    return found.event if found is not None else None


def led_event_or_404(user: User | AnonymousUser, code: str) -> Event:
    """The event for those who lead it; for everybody else there is none."""
    event = event_or_404(user, code)
    if not can_run(user, event):
        raise Http404
    return event


def running_event(quartier: Quartier) -> Event | None:
    """The event of a Quartier whose doors are open now, for the banner "JETZT LIVE"."""
    return quartier.events.filter(state__in=OPEN_DOORS).order_by("-starts_at").first()


def still_leads(event_id: int, user_id: int, session: str) -> bool:
    """Whether somebody is still on the team, active, and logged in with this session."""
    user = User.objects.filter(pk=user_id).first()
    event = Event.objects.select_related("quartier").filter(pk=event_id).first()
    logged_in = import_module(settings.SESSION_ENGINE).SessionStore().exists(session)
    return user is not None and event is not None and logged_in and can_run(user, event)


# --- seats -----------------------------------------------------------------------------------------------
def token_hash(token: str) -> str:
    """What is kept of a seat's token; the token itself is long and random, so no salt is needed."""
    return sha256(token.encode()).hexdigest()


def seat_of(event: Event, *, token: str = "", user: User | AnonymousUser | None = None) -> Seat | None:
    """Somebody's seat: by the token of the device, or else by the account."""
    seats = Seat.objects.filter(event=event)
    # Each is unique; `first` would sort, which costs more than the search.
    if token and (found := seats.filter(token_hash=token_hash(token))[:1]):
        return found[0]
    if user is not None and may_act(user) and (found := seats.filter(user_id=user.pk or 0)[:1]):
        return found[0]
    return None


def seat_cookie(event: Event) -> str:
    """Name of the cookie that holds the token of a device."""
    return f"seat_{event.pk}"


def you_of(seat: Seat) -> dict[str, Any]:
    """What only this seat sees: its name, its marks (`hall.marks_of`), and its papers in the ballot that runs.

    Two queries: every newcomer asks for it twice, with the page and with the socket.
    """
    return {
        "seat": seat.number,
        "nickname": seat.nickname,
        "mark": ballot_selectors.mark_of(seat),
        **hall.marks_of(seat),
        **ballot_selectors.own_votes(seat),
    }


# --- facts for screens -----------------------------------------------------------------------------------
def event_facts(event: Event) -> dict[str, Any]:
    return {
        "title": event.title,
        "state": event.state,
        "phase": event.phase,
        "proposals": event.proposals_open,
        "interest": event.interest_visible,
        "notes": event.notes_open,
        "placing": event.placing_open,
        "frozen": event.frozen,
        "code": event.join_code,
        "scene": event.scene,
    }


def topic_facts(topic: Topic) -> dict[str, Any]:
    """A topic without its interest, which is a tally. Of one that is not shown, nothing but its number."""
    shown = topic.state in SHOWN
    return {
        "n": topic.number,
        "rev": topic.rev,
        "state": topic.state,
        "title": topic.title if shown else "",
        "text": topic.text if shown else "",
        "by": topic.by if shown else "",
        "step_free": topic.step_free,
    }


def shown_topics(event: Event) -> QuerySet[Topic]:
    """The wall, in the order in which the topics came."""
    return event.topics.filter(state__in=SHOWN).order_by("number")


def shown_ballots(event: Event) -> QuerySet[Ballot]:
    """Ballots that have been opened, with their options."""
    hidden = [Ballot.State.DRAFT, Ballot.State.READY]
    ballots = event.ballots.exclude(state__in=hidden).select_related("rerun_of")
    return ballots.prefetch_related("options").order_by("number")


def new_round_of(ballot: Ballot) -> Ballot | None:
    """The round that takes the place of a void ballot, once it has been opened."""
    return shown_ballots(ballot.event).filter(rerun_of=ballot).first()


def current_ballot(event: Event) -> Ballot | None:
    """The ballot that runs, or else the one whose result is due or shown last; None without one."""
    ballots = [ballot for ballot in shown_ballots(event) if ballot.state != Ballot.State.VOID]
    running = [ballot for ballot in ballots if ballot.state in RUNNING]
    lately = [ballot for ballot in ballots if ballot.state != Ballot.State.FILED]
    return next(iter(running or lately[-1:]), None)


def state_of(event: Event, target: str = "phones") -> dict[str, Any]:
    """Everything that every screen shows, as plain data (the `state` of a `snap`); results revealed at `target`."""
    return {
        "event": event_facts(event),
        "topics": [topic_facts(topic) for topic in shown_topics(event)],
        "ballots": [ballot_selectors.ballot_facts(ballot, target) for ballot in shown_ballots(event)],
        **grid.grid_facts(event),
        "outcomes": [harvest.outcome_facts(outcome) for outcome in harvest.shown_outcomes(event)],
    }


def state_at(event: Event, target: str = "phones") -> dict[str, Any]:
    """The same, put together once for all who come in while nothing numbered happens; nobody may change it.

    An entry written in between is in it already and comes again by its number, which does no harm.
    """
    return _state_at(event, event.epoch, event.seq, target)


@lru_cache(maxsize=64)
def _state_at(event: Event, _epoch: UUID, _seq: int, target: str) -> dict[str, Any]:
    return state_of(event, target)


def clock_runs(event: Event) -> bool:
    """Whether a ballot runs that ends by itself, or has ended and is not counted yet."""
    return any(ballot["state"] in RUNNING and ballot["ends"] is not None for ballot in state_at(event)["ballots"])


def interest_counts(event_id: int) -> dict[str, int]:
    """How many seats are interested, by topic number."""
    topics = Topic.objects.filter(event_id=event_id, state__in=SHOWN).values_list("number", "interest_count")
    return {str(number): count for number, count in topics.order_by("number")}


def progress_by_number(event_id: int) -> dict[str, dict[str, int]]:
    """Progress of the ballot that runs, by its number."""
    return {str(number): progress for number, progress in ballot_selectors.live_progress(event_id).items()}


# --- the log ---------------------------------------------------------------------------------------------
def log_after(event_id: int, seq: int) -> list[LogEntry] | None:
    """Entries after `seq` in order, or None when there are too many or the log no longer reaches back.

    Head and entries come from one statement: what is written meanwhile is not mistaken for what was trimmed.
    """
    newer = FilteredRelation("log", condition=Q(log__seq__gt=seq))
    found = Event.objects.filter(pk=event_id).annotate(newer=newer).order_by("newer__seq")
    rows = list(found.values_list("seq", "newer__seq", "newer__kind", "newer__data")[: MOST_REPLAYED + 1])
    entries = [LogEntry(seq=number, kind=kind, data=data) for _head, number, kind, data in rows if number is not None]
    complete = entries[0].seq == seq + 1 if entries else all(head <= seq for head, *_rest in rows)
    return entries if complete and len(entries) <= MOST_REPLAYED else None


# --- for the stage ---------------------------------------------------------------------------------------
def all_topics(event: Event) -> QuerySet[Topic]:
    return event.topics.order_by("number")


def all_ballots(event: Event) -> QuerySet[Ballot]:
    """Every ballot with its options, the topics they come from and the number of its new round, newest first."""
    options = Prefetch("options", BallotOption.objects.select_related("topic"))
    ballots = event.ballots.select_related("rerun_of").prefetch_related(options)
    return ballots.annotate(rerun_number=Min("reruns__number")).order_by("-number")

"""Open spaces: one that is running, one that is announced, one that is over."""

from datetime import timedelta
from typing import Any

from cms.demo.grid import sow_grid
from cms.demo.harvest import sow_harvest
from cms.demo.sack import Plot, Sack, backdate
from participation.models import Ballot, Event, Seat, Topic
from participation.services.ballots.casting import Paper, cast_papers
from participation.services.ballots.counting import count_ballot
from participation.services.ballots.preparing import create_ballot
from participation.services.ballots.running import close_ballot, open_ballot
from participation.services.ballots.showing import release_words, reveal_ballot
from participation.services.events.lifecycle import change_state, create_event, set_phase
from participation.services.events.moving import move_topic
from participation.services.events.scenes import set_scene
from participation.services.events.seats import take_seat
from participation.services.events.topics import InterestMark, mark_interests, propose_topic

GUESTS = 120
OWN_OPTIONS = {Ballot.Kind.CONSENT, Ballot.Kind.SCALE, Ballot.Kind.WORDS}
WAY = ("announced", "lobby", "live", "wrap_up", "closed")


def sow_events(sack: Sack, plot: Plot) -> None:
    for number, row in enumerate(plot.texts.get("event", [])):
        _sow_event(sack, plot, row, number)


def _sow_event(sack: Sack, plot: Plot, row: dict[str, Any], number: int) -> None:
    event = create_event(
        quartier=plot.quartier,
        by=plot.lead,
        client_id=sack.id("event", plot.quartier.slug, number),
        title=row["title"],
        subtitle=row["subtitle"],
        intro=row["intro"].strip(),
        place=row["place"],
        join_code=row.get("join_code", ""),
        starts_at=sack.now + timedelta(days=row["starts_in_days"], hours=-2),
        outcomes="\n".join(row.get("outcomes", [])),
    )
    if row["state"] in {"draft", "announced"}:
        _walk(plot, event, row["state"])
        return
    _walk(plot, event, "live")
    seats = _seats(sack, plot, event, row)
    _sow_topics(sack, plot, row, event, seats)
    sow_grid(sack, plot, row, event, list(seats.values()))
    sow_harvest(sack, plot, row, event, list(seats.values()))
    for ballot in row.get("ballot", []):
        _sow_ballot(sack, plot, ballot, event, list(seats.values()))
    event = set_phase(event=event, by=plot.lead, phase=row.get("phase", "closing"))
    running = event.ballots.filter(state=Ballot.State.OPEN).first()
    if running is not None:
        set_scene(event=event, by=plot.lead, kind="ballot", ballot=running.number)
    _walk(plot, event, row["state"])


def _walk(plot: Plot, event: Event, state: str) -> None:
    event.refresh_from_db()
    done = WAY.index(event.state) + 1 if event.state in WAY else 0
    for step in WAY[done : WAY.index(state) + 1]:
        change_state(event=event, by=plot.lead, state=step)
        event.refresh_from_db()


def _seats(sack: Sack, plot: Plot, event: Event, row: dict[str, Any]) -> dict[str, Seat]:
    """A seat for every resident of the Quartier and for guests who came by code; keyed by nickname."""
    seats = {
        resident["nickname"]: take_seat(
            event=event,
            token=_token(sack, event, resident["nickname"]),
            user=sack.people[resident["nickname"]],
        )
        for resident in plot.texts["resident"]
    }
    for number in range(GUESTS if row["state"] == "live" else GUESTS // 4):
        name = f"Gast-{number + 2}"
        seats[name] = take_seat(event=event, token=_token(sack, event, name), nickname=name)
    return seats


def _token(sack: Sack, event: Event, name: str) -> str:
    """What would be on that device. Nobody has it, so nobody can sit down on a seat of the demo."""
    return f"{sack.dice.getrandbits(160):040x}-{event.pk}-{name}"


def _sow_topics(sack: Sack, plot: Plot, row: dict[str, Any], event: Event, seats: dict[str, Seat]) -> None:
    everybody = list(seats.values())
    for number, told in enumerate(row.get("topic", [])):
        seat = seats.get(told["by"]) or everybody[-1 - number]
        topic = propose_topic(seat=seat, op=sack.id("topic", event.pk, number), title=told["title"], text=told["text"])
        keen = sack.dice.sample(everybody, min(told["interest"], len(everybody)))
        marks = [InterestMark(seat.pk, sack.id("keen", topic.pk, seat.pk), topic.number, on=True) for seat in keen]
        mark_interests(event_id=event.pk, marks=marks)
        if told["state"] != Topic.State.ON_WALL:
            move_topic(topic=topic, by=plot.lead, state=told["state"])


def _sow_ballot(sack: Sack, plot: Plot, told: dict[str, Any], event: Event, seats: list[Seat]) -> None:
    limits = {name: told[name] for name in ("budget", "max_choices") if name in told}
    ballot = create_ballot(
        event=event,
        by=plot.lead,
        question=told["question"],
        kind=told["kind"],
        options=[] if told["kind"] in OWN_OPTIONS else told["options"],
        client_id=sack.id("ballot", event.pk, told["question"]),
        **limits,
    )
    if told["state"] == Ballot.State.READY:
        return
    ballot = open_ballot(ballot=ballot, by=plot.lead)
    choices = _told_choices(told) or _drawn_choices(sack, ballot)
    voters = sack.dice.sample(seats, min(len(choices), len(seats)))
    papers = [
        Paper(seat.pk, sack.id("paper", ballot.pk, seat.pk), choice)
        for seat, choice in zip(voters, choices, strict=False)
    ]
    cast_papers(ballot_id=ballot.pk, papers=papers)
    if told["state"] == Ballot.State.REVEALED:
        _reveal(plot, ballot, told)


def _told_choices(told: dict[str, Any]) -> list[dict[str, int]]:
    """As many papers as the texts say, none if they say nothing; a consent's third option is the abstention."""
    consent = told["kind"] == Ballot.Kind.CONSENT
    choices = [{word: 1} for word, count in told.get("words", {}).items() for _paper in range(count)]
    for number, count in enumerate(told.get("votes", []), start=1):
        choices += [{} if consent and number == 3 else {str(number): 1}] * count
    return choices


def _drawn_choices(sack: Sack, ballot: Ballot) -> list[dict[str, int]]:
    """Plausible dots of about two thirds of the hall: the first options are the dearer ones."""
    numbers = list(ballot.options.values_list("number", flat=True))
    weights = range(len(numbers) + 2, 2, -1)
    drawn = []
    for _paper in range(2 * GUESTS // 3):
        choice: dict[str, int] = {}
        for _dot in range(ballot.budget):
            key = str(sack.dice.choices(numbers, weights)[0])
            if choice.get(key, 0) < ballot.max_per_option:
                choice[key] = choice.get(key, 0) + 1
        drawn.append(choice)
    return drawn


def _reveal(plot: Plot, ballot: Ballot, told: dict[str, Any]) -> None:
    """Close it as if a minute ago, so that its grace is over; count, release its words, and show the result."""
    ballot = close_ballot(ballot=ballot, by=plot.lead)
    if ballot.closed_at is not None:
        backdate(ballot, closed_at=ballot.closed_at - timedelta(minutes=1))
    ballot.refresh_from_db()
    ballot = count_ballot(ballot=ballot)
    if ballot.kind == Ballot.Kind.WORDS:
        ballot = release_words(ballot=ballot, by=plot.lead, words=told["words"].keys() - told.get("held", []))
    reveal_ballot(ballot=ballot, by=plot.lead)

"""Two phones, the stage and the projector of one hall, on the real application and channel layer."""

import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from common.live import current_hub
from config.asgi import application
from participation.consumers import events as consumers
from participation.models import Ballot, BallotPaper, Event, Operation, Seat
from participation.services import ballots as ballot_services
from participation.services import events as services
from tests.line import Line

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clock]
OPTIONS = ["Rad", "Dach", "Kino", "Bus"]


async def act(function: Callable[..., Any], *args: object, **facts: Any) -> Any:
    """Plain code in the hub's own thread, so that nothing else of the process writes meanwhile."""
    return await current_hub().run(lambda: function(*args, **facts))


def line(event: Event, view: str = "", *, cookies: dict[str, str] | None = None, origin: str = "") -> Line:
    headers = {"host": "testserver", "origin": origin or "http://testserver"}
    headers["cookie"] = "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())
    return Line(application, f"/ws/e/{event.join_code}/{view}", headers=headers)


class Hall:
    """Everybody who is connected in a test; they all leave at the end."""

    def __init__(self, event: Event, stack: AsyncExitStack) -> None:
        self.event, self._stack = event, stack

    async def phone(self, name: str = "Gast 1", **known: Any) -> tuple[Line, Seat]:
        """A guest with a seat, welcomed."""
        token = f"{name}-a-token-that-is-long-enough"
        seat = await act(services.take_seat, event=self.event, token=token, nickname=name)
        return await self.come(line(self.event, cookies={f"seat_{self.event.pk}": token}), **known), seat

    async def staff(self, user: User, **known: Any) -> Line:
        return await self.come(line(self.event, "stage/", cookies=await act(cookies_of, user)), **known)

    async def screen(self, **known: Any) -> Line:
        return await self.come(line(self.event, "screen/"), **known)

    async def come(self, who: Line, **known: Any) -> Line:
        self.welcome = await who.hello(**known)
        self._stack.push_async_callback(who.leave)
        return who


def cookies_of(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    return {"sessionid": client.cookies["sessionid"].value}


@pytest.fixture
async def hall(event: Event) -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        yield Hall(event, stack)
    await current_hub().asleep()


def opened(event: Event, by: User, **facts: Any) -> Ballot:
    ballot = ballot_services.create_ballot(event=event, by=by, question="Was zuerst?", options=OPTIONS, **facts)
    return ballot_services.open_ballot(ballot=ballot, by=by)


@pytest.fixture
def ballot(event: Event, contact_person: User) -> Ballot:
    """An open dots ballot."""
    return opened(event, contact_person)


def cast(ballot: Ballot, choice: dict[str, int], op: str | None = None) -> dict[str, Any]:
    return {
        "t": "op",
        "op": op or str(uuid.uuid4()),
        "k": "paper.cast",
        "a": {"ballot": ballot.pk, "choice": choice},
    }


async def test_a_vote_is_answered_after_the_commit_and_seen_by_everybody(
    hall: Hall, ballot: Ballot, contact_person: User
) -> None:
    phone, seat = await hall.phone("Gast 1")
    other, _seat = await hall.phone("Gast 2")
    stage, screen = await hall.staff(contact_person), await hall.screen()
    await phone.say(frame := cast(ballot, {"1": 3, "2": 2}))
    answer = await phone.hear("ack", "nack")
    assert await act(BallotPaper.objects.filter(seat=seat).count) == 1
    assert (answer["t"], answer["op"], answer["rev"], len(answer["receipt"])) == ("ack", frame["op"], 1, 7)
    for line in (phone, other, stage, screen):
        tally = await line.hear("tally")
        while tally.get("n") != 1:
            tally = await line.hear("tally")
        assert tally == {"t": "tally", "ballot": 1, "n": 1, "of": 2, "rev": 1}


async def test_a_repeated_operation_gets_the_same_ack(hall: Hall, ballot: Ballot) -> None:
    phone, _seat = await hall.phone()
    frame = cast(ballot, {"1": 1})
    await phone.say(frame)
    first = await phone.hear("ack", "nack")
    await phone.say(frame)
    assert await phone.hear("ack", "nack") == {**first, "dup": True}
    assert (await act(BallotPaper.objects.count), await act(Operation.objects.count)) == (1, 1)


async def test_many_votes_of_a_moment_are_one_batch(hall: Hall, ballot: Ballot) -> None:
    phones = [(await hall.phone(f"Gast {number}"))[0] for number in range(8)]
    for phone in phones:
        await phone.say(cast(ballot, {"1": 1}))
    revs = [(await phone.hear("ack", "nack"))["rev"] for phone in phones]
    assert len(set(revs)) <= 2
    assert await act(BallotPaper.objects.count) == 8


@pytest.mark.parametrize(
    ("choice", "code"), [({"1": 9}, "over_budget"), ({"x": 1}, "bad_paper"), ({"1": "2"}, "bad"), ("none", "bad")]
)
async def test_a_paper_that_does_not_fit_gets_a_nack(hall: Hall, ballot: Ballot, choice: Any, code: str) -> None:
    phone, _seat = await hall.phone()
    await phone.say(frame := cast(ballot, choice))
    assert await phone.hear("ack", "nack") == {"t": "nack", "op": frame["op"], "code": code}


async def test_a_closed_ballot_says_so(hall: Hall, ballot: Ballot, contact_person: User) -> None:
    phone, _seat = await hall.phone()
    await act(ballot_services.close_ballot, ballot=ballot, by=contact_person)
    await act(Ballot.objects.filter(pk=ballot.pk).update, closed_at=timezone.now() - timedelta(seconds=3))
    await phone.say(cast(ballot, {"1": 1}))
    assert (await phone.hear("ack", "nack"))["code"] == "closed"


async def test_who_came_after_the_roll_was_frozen_cannot_vote(hall: Hall, event: Event, contact_person: User) -> None:
    ballot = await act(opened, event, contact_person, tier="event")
    phone, _seat = await hall.phone()
    await phone.say(cast(ballot, {"1": 1}))
    assert (await phone.hear("ack", "nack"))["code"] == "not_on_roll"


async def test_an_unknown_operation_gets_a_nack(hall: Hall) -> None:
    phone, _seat = await hall.phone()
    await phone.say({"t": "op", "op": str(uuid.uuid4()), "k": "coffee", "a": {}})
    assert (await phone.hear("ack", "nack"))["code"] == "unknown"


async def test_a_topic_and_the_interest_in_it_reach_the_others(hall: Hall) -> None:
    phone, _seat = await hall.phone("Gast 1")
    other, _seat = await hall.phone("Gast 2")
    op = {"t": "op", "op": str(uuid.uuid4()), "k": "topic.propose", "a": {"title": "Kino im Hof"}}
    await phone.say(op)
    assert (await phone.hear("ack", "nack"))["topic"] == 1
    event = await other.hear("ev")
    assert (event["k"], event["d"]["title"], event["d"]["by"]) == ("topic.proposed", "Kino im Hof", "Gast 1")
    await other.say({"t": "op", "op": str(uuid.uuid4()), "k": "topic.interest", "a": {"topic": 1, "on": True}})
    tally = await phone.hear("tally")
    while tally.get("interest") != {"1": 1}:
        tally = await phone.hear("tally")


async def test_a_ballot_is_counted_by_the_clock_and_revealed_to_all(
    hall: Hall, ballot: Ballot, contact_person: User
) -> None:
    phone, _seat = await hall.phone()
    await phone.say(cast(ballot, {"3": 2}))
    await phone.hear("ack")
    await act(ballot_services.close_ballot, ballot=ballot, by=contact_person)
    assert (await phone.hear("ev"))["k"] == "ballot.closed"
    counted = await phone.hear("ev", within=5)
    assert (counted["k"], counted["d"]["result"]) == ("ballot.counted", None)
    await act(ballot_services.reveal_ballot, ballot=ballot, by=contact_person)
    revealed = await phone.hear("ev")
    assert (revealed["k"], revealed["d"]["result"]["points"]) == ("ballot.revealed", 2)


async def test_what_was_missed_is_replayed_after_a_reconnect(hall: Hall, event: Event, contact_person: User) -> None:
    _phone, _seat = await hall.phone()
    known = {"epoch": hall.welcome["epoch"], "seq": hall.welcome["seq"]}
    for phase in ("collect", "pitch", "market"):
        await act(services.set_phase, event=event, by=contact_person, phase=phase)
    back, _seat = await hall.phone(**known)
    missed = [await back.hear("ev", "snap") for _ in range(3)]
    assert [frame["d"]["phase"] for frame in missed] == ["collect", "pitch", "market"]
    assert [frame["seq"] for frame in missed] == [known["seq"] + number for number in (1, 2, 3)]


async def test_the_welcome_brings_back_ones_own_paper(hall: Hall, ballot: Ballot) -> None:
    phone, seat = await hall.phone()
    await phone.say(cast(ballot, {"2": 1}))
    answer = await phone.hear("ack")
    await hall.phone()
    paper = hall.welcome["you"]["papers"][str(ballot.pk)]
    assert (paper["choice"], paper["receipt"], paper["at"]) == ({"2": 1}, answer["receipt"], answer["at"])
    assert (hall.welcome["you"]["seat"], hall.welcome["you"]["nickname"]) == (seat.number, "Gast 1")


async def test_the_stage_sees_who_is_here_and_phones_do_not(hall: Hall, contact_person: User) -> None:
    phone, _seat = await hall.phone()
    stage = await hall.staff(contact_person)
    here = await stage.hear("here")
    while here["connected"] != 1:
        here = await stage.hear("here")
    assert here["joined"] == 1
    assert "here" not in {frame["t"] for frame in await phone.overhear(0.3)}


async def test_a_crowd_of_projectors_is_not_served_before_the_hall(
    hall: Hall, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "MOST_SCREENS", 2)
    for _screen in range(2):
        await hall.screen()
    one_more = line(event, "screen/")
    assert await one_more.open()
    bye = await one_more.hear()
    assert (bye["t"], bye["why"], bye["retry_ms"] > 0) == ("bye", "flood", True)
    assert (await hall.phone())[0] is not None


async def test_without_a_seat_a_phone_is_told_to_take_one(event: Event) -> None:
    visitor = line(event)
    assert await visitor.open()
    assert await visitor.hear() == {"t": "bye", "why": "no_seat", "retry_ms": 0}
    assert await visitor.close_code() == 4403
    await visitor.leave()


async def test_the_stage_is_for_the_team_of_the_quartier(event: Event, other_staff: User, resident: User) -> None:
    everybody = [{}, *[await act(cookies_of, person) for person in (other_staff, resident)]]
    assert [await line(event, "stage/", cookies=cookies).open() for cookies in everybody] == [False] * 3


async def test_an_event_that_never_was_and_a_draft_refuse_everybody(event: Event) -> None:
    await act(Event.objects.filter(pk=event.pk).update, state="draft")
    assert [await line(event, view).open() for view in ("", "screen/", "stage/")] == [False] * 3
    event.join_code = "NADA00"
    assert await line(event, "screen/").open() is False


async def test_a_page_of_another_site_is_refused(event: Event) -> None:
    assert await line(event, "screen/", origin="https://evil.example").open() is False


async def test_losing_the_role_closes_the_stage_within_a_second(hall: Hall, contact_person: User) -> None:
    stage = await hall.staff(contact_person)
    await act(Role.objects.all().delete)
    assert (await stage.hear("bye", within=1.5))["why"] == "left"


async def test_logging_out_closes_the_stage_within_a_second(hall: Hall, event: Event, contact_person: User) -> None:
    cookies = await act(cookies_of, contact_person)
    stage = await hall.come(line(event, "stage/", cookies=cookies))

    def log_out() -> None:
        client = Client()
        client.cookies["sessionid"] = cookies["sessionid"]
        client.logout()

    await act(log_out)
    assert (await stage.hear("bye", within=1.5))["why"] == "left"

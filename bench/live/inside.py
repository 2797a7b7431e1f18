"""What a hall needs from inside the product; each act prints JSON.

`python -m bench.live.inside hall 1000` makes a running event with so many seats, `… ballot` opens the next ballot,
`… papers 17` counts the papers of ballot 17.
"""

import json
import sys
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402

from accounts.models import Programme, Quartier, User  # noqa: E402
from participation.models import BallotPaper, Event  # noqa: E402
from participation.services.ballots import create_ballot, open_ballot, void_ballot  # noqa: E402
from participation.services.events import change_state, create_event, take_seat  # noqa: E402

TITLE = "Volle Halle"
OPTIONS = ["Fahrradwerkstatt", "Skateplatz überdachen", "Kino im Hof", "Nachtbus"]


def hall(seats: str) -> dict[str, Any]:
    """An event that runs; made by the services, as a team would."""
    programme = Programme.objects.create(name="Messung")
    quartier = Quartier.objects.create(slug="halle", name="Halle", city="Messstadt", programme=programme)
    admin = User.objects.create(nickname="Messerin", is_staff=True, is_superuser=True, password="!")
    event = create_event(quartier=quartier, by=admin, title=TITLE, starts_at=timezone.now())
    for state in ("announced", "lobby", "live"):
        change_state(event=event, by=admin, state=state)
    tokens = [f"bench-token-of-seat-{number:06}" for number in range(int(seats))]
    for number, token in enumerate(tokens):
        take_seat(event=event, token=token, nickname=f"Platz {number}")
    return {"code": event.join_code, "cookie": f"seat_{event.pk}", "tokens": tokens}


def ballot(tier: str = "event") -> dict[str, int]:
    """Opens the next ballot; the one before is over."""
    event = Event.objects.get(title=TITLE)
    admin = event.created_by
    assert admin is not None
    for former in event.ballots.filter(state="open"):
        void_ballot(ballot=former, by=admin, reason="Messung vorbei")
    made = create_ballot(event=event, by=admin, question="Was packen wir zuerst an?", options=OPTIONS, tier=tier)
    open_ballot(ballot=made, by=admin)
    return {"ballot": made.pk, "number": made.number}


def papers(number: str) -> dict[str, int]:
    """Papers in the table, and those of seats that have another one."""
    found = BallotPaper.objects.filter(ballot=int(number))
    return {"papers": found.count(), "double": found.count() - found.values("seat").distinct().count()}


if __name__ == "__main__":
    act, *words = sys.argv[1:]
    print(json.dumps({"hall": hall, "ballot": ballot, "papers": papers}[act](*words)))

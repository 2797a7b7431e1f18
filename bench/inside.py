"""What the benches need from inside the product: addresses, signed-in voters, and a count afterwards.

`python -m bench.inside ready 600` makes voters and prints JSON; `python -m bench.inside votes 17` prints the
count that idea 17 shows and the rows that are there.
"""

import json
import sys
from typing import Any

import django
from django.conf import settings

django.setup()

from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from accounts.models import AgeBand, User  # noqa: E402
from ideas.models import Idea, Vote  # noqa: E402
from participation.models import Project  # noqa: E402


def ready(voters: int) -> dict[str, Any]:
    """Addresses of the pages, ideas to vote for, and one session for each voter."""
    ideas = Idea.objects.filter(state=Idea.State.PUBLISHED, hidden_at=None).select_related("quartier")
    idea = ideas.order_by("-comment_count", "pk")[0]
    project = Project.objects.filter(quartier=idea.quartier, announced_at__isnull=False).order_by("pk")[0]
    people = User.objects.bulk_create(
        User(nickname=f"Bench {n}", quartier=idea.quartier, age_band=AgeBand.FROM_16, password="!")
        for n in range(voters)
    )
    return {
        "pages": {
            "home": "/",
            "Quartier": idea.quartier.get_absolute_url(),
            "idea list": reverse("ideas:list", args=[idea.quartier.slug]),
            "idea": idea.get_absolute_url(),
            "project": project.get_absolute_url(),
        },
        "ideas": [(one.pk, reverse("ideas:vote", args=[one.quartier.slug, one.pk])) for one in ideas[:2]],
        "sessions": [_session(person) for person in people],
    }


def _session(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def votes(idea: int) -> dict[str, int]:
    return {"shown": Idea.objects.get(pk=idea).vote_count, "rows": Vote.objects.filter(idea=idea).count()}


if __name__ == "__main__":
    act, number = sys.argv[1], int(sys.argv[2])
    json.dump({"ready": ready, "votes": votes}[act](number), sys.stdout)

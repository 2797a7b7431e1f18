"""What the seeding carries along: the texts, the dice, and who is who by key."""

import tomllib
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.db.models import Model
from django.utils import timezone

from accounts.models import ContactPerson, Partner, Quartier, User
from ideas.models import Field, Idea
from participation.models import Project

CONTENT = Path(__file__).parent / "content"
# The same for everybody, shown on the staff door of the demo.
PASSWORD = "anstoss-demo-2026"  # noqa: S105


def read(name: str) -> dict[str, Any]:
    """One file of texts."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


def quartier_names() -> list[str]:
    """The files that tell a Quartier, the one with the running event first."""
    names = {path.stem for path in CONTENT.glob("*.toml")} - {"fields", "site"}
    return sorted(names, key=lambda name: (name != "dessau-nord", name))


@dataclass
class Sack:
    """One seeding. `dice` decide everything that the texts leave open."""

    seed: int
    now: datetime = field(default_factory=timezone.now)
    fields: dict[str, Field] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.dice = Random(self.seed)
        self.password_hash = ""

    def days_ago(self, days: float) -> datetime:
        """A moment that many days back, at some waking hour, never in the future."""
        moment = self.now - timedelta(days=days)
        waking = moment.replace(hour=self.dice.randint(9, 20), minute=self.dice.randint(0, 59))
        return min(waking, self.now - timedelta(minutes=self.dice.randint(5, 50)))

    def day(self, offset: int | None) -> date | None:
        return None if offset is None else timezone.localdate(self.now) + timedelta(days=offset)

    def id(self, *words: object) -> uuid.UUID:
        """A client-made id that is the same for the same seed."""
        return uuid.uuid5(uuid.NAMESPACE_OID, f"{self.seed}:" + "/".join(map(str, words)))


@dataclass
class Plot:
    """One Quartier while it is being filled."""

    quartier: Quartier
    texts: dict[str, Any]
    contacts: dict[str, ContactPerson] = field(default_factory=dict)
    partners: dict[str, Partner] = field(default_factory=dict)
    ideas: list[Idea] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)

    @property
    def lead(self) -> User:
        """Who acts for the team where the texts name nobody."""
        return self.staff(next(iter(self.contacts)))

    def staff(self, key: str) -> User:
        user = self.contacts[key].user
        if user is None:
            raise LookupError(f"{key} has no account")
        return user


def backdate(row: Model, **moments: Any) -> None:
    """Moves a row into the past. Services know only the present, which is right; a demo needs a history."""
    type(row)._default_manager.filter(pk=row.pk).update(**moments)

"""The one cast: who appears in every test, and what stands in their Quartier.

People and places are put straight into the tables (they are the ground a test stands on); everything that
people *do* goes through the services, as in the product.
"""

import datetime
import uuid
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.models import AgeBand, Carrier, ContactPerson, Programme, Quartier, Role, User

PASSWORD = "abstoss-und-los-2026"
HERE_FOR = datetime.timedelta(days=30)
GUEST_TOKEN = "a-token-of-the-cast-which-is-long-enough-0123456789"


def make_quartier(slug: str, name: str, *, programme: str, **fields: Any) -> Quartier:
    """A Quartier with its carrier, in a programme of that name (made when it is not there yet)."""
    return Quartier.objects.create(
        slug=slug,
        name=name,
        city=fields.pop("city", "Musterstadt"),
        programme=Programme.objects.get_or_create(name=programme)[0],
        carrier=Carrier.objects.get_or_create(name=f"Träger {name}")[0],
        **fields,
    )


def make_resident(nickname: str, quartier: Quartier, **fields: Any) -> User:
    """A young person who has been here for a while: nickname, age band and Quartier, and nothing else."""
    facts = {"age_band": AgeBand.FROM_16, "password": "!", "date_joined": timezone.now() - HERE_FOR, **fields}
    return User.objects.create(nickname=nickname, quartier=quartier, **facts)


def make_residents(number: int, quartier: Quartier, *, prefix: str = "Jemand") -> list[User]:
    """Many residents in one statement, for counts and for races."""
    return User.objects.bulk_create(
        User(nickname=f"{prefix} {n}", quartier=quartier, age_band=AgeBand.FROM_16, password="!") for n in range(number)
    )


def make_staff(nickname: str, **fields: Any) -> User:
    """Somebody who signs in with e-mail address and `PASSWORD`; a role gives them something to do."""
    user = User(
        nickname=nickname,
        email=f"{nickname.lower().replace(' ', '.')}@team.example",
        full_name=fields.pop("full_name", f"{nickname} Muster"),
        is_staff=True,
        **fields,
    )
    user.set_password(PASSWORD)
    user.save()
    return user


def make_contact_person(nickname: str, quartier: Quartier) -> User:
    """A member of a Quartier's team whom young people know by name."""
    user = make_staff(nickname)
    Role.objects.create(user=user, kind=Role.Kind.STAFF, quartier=quartier)
    ContactPerson.objects.create(
        quartier=quartier, user=user, name=user.full_name, role="Sozialarbeit", hours="Mo–Fr 14–20 Uhr"
    )
    return user


def make_coordinator(nickname: str, programme: Programme) -> User:
    """Somebody responsible for every Quartier of a programme."""
    user = make_staff(nickname)
    Role.objects.create(user=user, kind=Role.Kind.COORDINATOR, programme=programme)
    return user


def make_administrator(nickname: str) -> User:
    return make_staff(nickname, is_superuser=True)


def make_idea(author: User, title: str = "Ein Dach für den Bolzplatz", **facts: Any) -> Any:
    """An idea as a resident submits it; it appears at once, as the Quartier's default says."""
    from ideas.services import submit_idea

    facts = {"quartier": author.quartier, "client_id": uuid.uuid4(), **facts}
    return submit_idea(author=author, title=title, **facts)


def make_project(by: User, quartier: Quartier, title: str = "Dach-Bau", **facts: Any) -> Any:
    """A running project with ten places that the public can see, and `by` as its contact person."""
    from participation.services.projects import announce_project, create_project

    facts = {"state": "running", "capacity": 10, "place": "Jugendhaus", **facts}
    project = create_project(quartier=quartier, by=by, title=title, **facts)
    project.contacts.add(*ContactPerson.objects.filter(user=by))
    announce_project(project=project)
    project.refresh_from_db()
    return project


def make_event(by: User, quartier: Quartier, title: str = "Tag der offenen Fläche", **facts: Any) -> Any:
    """An open space that is running."""
    from participation.services.events import change_state, create_event

    facts = {"starts_at": timezone.now() - datetime.timedelta(minutes=10), "place": "Aula", **facts}
    event = create_event(quartier=quartier, by=by, title=title, **facts)
    for state in ("announced", "lobby", "live"):
        change_state(event=event, by=by, state=state)
    event.refresh_from_db()
    return event


def make_photo(*, size: tuple[int, int] = (640, 480), kind: str = "JPEG", name: str = "foto.jpg") -> SimpleUploadedFile:
    """A real photo as a phone sends it: a gradient, so that it does not compress to nothing."""
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    out = BytesIO()
    picture.save(out, kind)
    return SimpleUploadedFile(name, out.getvalue(), content_type=f"image/{kind.lower()}")

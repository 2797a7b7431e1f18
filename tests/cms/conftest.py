"""The tree of pages that the tests of this floor stand on."""

import datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.models import Quartier, User
from cms import services
from cms.models import HomePage, ProjectPage, QuartierPage
from tests.cast import make_idea


@pytest.fixture
def home(db: None) -> HomePage:
    return services.ensure_home(
        title="Mach den Anstoß", intro="Was fehlt hier?", steps=[("Idee loswerden", "Ein Satz reicht.")]
    )


@pytest.fixture
def page(home: HomePage, quartier: Quartier) -> QuartierPage:
    """The page of `quartier`, with its list of projects and its news."""
    return services.ensure_quartier_page(quartier=quartier, intro="Zwischen Bahnhof und Fluss.")


@pytest.fixture
def other_page(home: HomePage, other_quartier: Quartier) -> QuartierPage:
    return services.ensure_quartier_page(quartier=other_quartier, intro="Am Hang.")


@pytest.fixture
def project_page(page: QuartierPage, project: Any, contact_person: User) -> ProjectPage:
    """The published page of `project`."""
    draft = services.draft_page_for(project=project, by=contact_person, body_html_paragraphs=["Wir bauen."])
    services.publish_page(draft, contact_person)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def late_idea(resident: User, contact_person: User) -> Any:
    """An idea whose promised answer is three days late."""
    return make_late(make_idea(resident, "Licht am Weg"), days=3)


def make_late(idea: Any, *, days: int) -> Any:
    """Puts the promised day of an idea into the past; time does this, no service."""
    idea.answer_by = timezone.localdate() - datetime.timedelta(days=days)
    idea.save(update_fields=["answer_by"])
    return idea


def photo_with_gps(name: str = "foto.jpg") -> SimpleUploadedFile:
    """A phone's photo: lying on its side, with place, camera and description written into it."""
    picture = Image.linear_gradient("L").resize((600, 400)).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn by 90 degrees
    exif[0x010F] = "Kamera-Marke"
    exif[0x8825] = {1: "N", 2: (51.0, 50.0, 0.0), 3: "E", 4: (12.0, 14.0, 0.0)}
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"zu Hause")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def shown(response: Any) -> str:
    """What the person sees."""
    return response.content.decode()


def mistakes(response: Any) -> list[str]:
    """The fields that the form complains about."""
    return list(response.context["form"].errors)

"""The intake of pictures: whatever a phone has written into a photo is gone, and so is the original."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ValidationError
from django.test import Client
from PIL import Image

from accounts.models import Quartier
from cms.forms.pictures import cleaned_picture
from cms.models import Picture
from cms.services import add_picture, ensure_workspace
from tests.cast import make_photo
from tests.cms.conftest import photo_with_gps

# Wagtail leaves the temporary file of a rendition to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")


def read(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def test_photo_of_the_test_carries_a_place() -> None:
    assert read(photo_with_gps().read()).getexif().get_ifd(0x8825)[1] == "N"


def test_cleaned_picture_is_webp_upright_and_bare() -> None:
    clean = read(cleaned_picture(photo_with_gps()).read())
    assert (clean.format, clean.size, dict(clean.getexif()), "xmp" in clean.info) == ("WEBP", (400, 600), {}, False)


def test_cleaned_picture_is_at_most_1280_wide() -> None:
    assert read(cleaned_picture(make_photo(size=(3000, 1000))).read()).size == (1280, 427)


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (SimpleUploadedFile("a.jpg", b"GIF89a nope"), "photo_kind"),
        (SimpleUploadedFile("a.jpg", b"\xff\xd8\xff broken"), "photo_unreadable"),
        (SimpleUploadedFile("a.jpg", b""), "photo_unreadable"),
    ],
)
def test_cleaned_picture_refuses_what_is_no_photo(upload: SimpleUploadedFile, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        cleaned_picture(upload)
    assert caught.value.code == code


def test_upload_in_the_admin_stores_nothing_of_the_original(
    page: Any, quartier: Quartier, contact_client: Client
) -> None:
    collection = ensure_workspace(quartier).collection
    response = contact_client.post(
        "/verwaltung/images/add/",
        {"title": "Beet", "description": "Ein Beet", "file": photo_with_gps(), "collection": collection.pk},
    )
    picture = Picture.objects.get()
    stored = Path(settings.MEDIA_ROOT, picture.file.name).read_bytes()
    files = [
        path for path in Path(settings.MEDIA_ROOT, "original_images").iterdir() if b"Kamera-Marke" in path.read_bytes()
    ]
    assert (response.status_code, read(stored).format, (picture.width, picture.height), files) == (
        302, "WEBP", (400, 600), []
    )  # fmt: skip


def test_upload_in_the_admin_says_what_is_wrong_and_keeps_the_words(page: Any, contact_client: Client) -> None:
    broken = SimpleUploadedFile("a.jpg", b"\xff\xd8\xff broken", content_type="image/jpeg")
    response = contact_client.post("/verwaltung/images/add/", {"title": "Mein Beet", "file": broken})
    assert (response.status_code, "Mein Beet" in response.content.decode(), Picture.objects.count()) == (200, True, 0)


def test_renditions_are_webp_only(quartier: Quartier) -> None:
    picture = add_picture(quartier=quartier, upload=photo_with_gps(), title="Beet", alt="Ein Beet", by=None)
    names = {
        picture.get_rendition(spec).file.name.rsplit(".", 1)[1] for spec in ("width-100", "original", "fill-50x50")
    }
    assert names == {"webp"}


def test_team_sees_only_pictures_of_its_own_quartier(
    page: Any, other_page: Any, quartier: Quartier, other_quartier: Quartier, contact_client: Client
) -> None:
    own = add_picture(quartier=quartier, upload=photo_with_gps(), title="Unseres", alt="a", by=None)
    foreign = add_picture(quartier=other_quartier, upload=photo_with_gps(), title="Fremdes", alt="b", by=None)
    listing = contact_client.get("/verwaltung/images/").content.decode()
    answers = [contact_client.get(f"/verwaltung/images/{picture.pk}/").status_code for picture in (own, foreign)]
    assert ("Unseres" in listing, "Fremdes" in listing, answers) == (True, False, [200, 302])

"""The drawn pictures: the same for the same thing, different in a list, small, and nothing but a picture."""

import re
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from defusedxml import ElementTree
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from PIL import Image

from common.illustrations import draw
from common.illustrations.photo import paint
from common.illustrations.scenes import BY_FIELD, OTHER
from common.photos import take_in
from common.templatetags.illustration import illustration_url

FIELDS = ("freizeit", "gruen", "sport", "musik-medien", "zusammenleben", "wege", "lernen", "helfen")
EVERY = (*FIELDS, "irgendwas")
SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {f"{SVG}{name}" for name in ("svg", "g", "path", "rect", "circle", "ellipse")}
ATTRIBUTES = {
    *("xmlns", "viewBox", "width", "height", "preserveAspectRatio", "transform", "opacity"),
    *("d", "x", "y", "r", "cx", "cy", "rx", "ry"),
    *("fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray"),
}
# SVG's path notation: letters, numbers, separators; a stray "nan" or "None" fails here.
NOTATION = re.compile(r"[MmLlHhVvCcQqTtAaZz0-9 .,-]+")


def test_every_field_of_action_has_motifs_of_its_own() -> None:
    assert tuple(BY_FIELD) == FIELDS
    scenes = [scene for motifs in (*BY_FIELD.values(), OTHER) for scene in set(motifs)]
    assert len(scenes) == len(set(scenes))
    assert min(len(set(motifs)) for motifs in (*BY_FIELD.values(), OTHER)) >= 3


@pytest.mark.parametrize("field", EVERY)
def test_drawing_is_the_same_for_the_same_seed(field: str) -> None:
    assert draw(field, 7) == draw(field, 7) == draw(field, "7")


def test_drawings_do_not_change_by_accident() -> None:
    # Browsers keep a picture for a year and people remember it: a new look is a decision, made here too.
    drawings = "".join(draw(field, seed) for field in EVERY for seed in range(40))

    assert sha256(drawings.encode()).hexdigest()[:16] == "e14908cb4efad773"


@pytest.mark.parametrize("field", EVERY)
def test_drawings_in_a_list_differ(field: str) -> None:
    assert [len({draw(field, seed) for seed in range(first, first + 24)}) for first in range(0, 240, 24)] == [24] * 10


@pytest.mark.parametrize("field", EVERY)
def test_drawing_is_small_and_nothing_but_shapes(field: str) -> None:
    for seed in range(120):
        drawing = draw(field, seed)
        assert len(drawing.encode()) <= 3072
        root = ElementTree.fromstring(drawing)
        assert (root.tag, root.attrib["viewBox"]) == (f"{SVG}svg", "0 0 356 132")
        for element in root.iter():
            assert {element.tag} - ELEMENTS == set()
            assert set(element.attrib) - ATTRIBUTES == set()
            assert NOTATION.fullmatch(element.attrib.get("d", "M"))
            assert not (element.text or "").strip()


@pytest.mark.parametrize("seed", ["x" * 500, "<script>", "ü", 10**40, -1, ""])
def test_drawing_takes_any_seed(seed: str | int) -> None:
    assert "script" not in draw("sport", seed)


# --- the door --------------------------------------------------------------------------------------------
def test_picture_is_served_for_a_year(client: Client) -> None:
    answer = client.get("/bild/gruen/17.svg")

    assert answer.status_code == 200
    assert answer.content.decode() == draw("gruen", 17)
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")


def test_picture_of_an_unknown_field_is_the_platforms_own(client: Client) -> None:
    assert client.get("/bild/weltraum/1.svg").content.decode() == draw("weltraum", 1)


@pytest.mark.parametrize("address", ["/bild/gruen/" + "1" * 41 + ".svg", "/bild/" + "g" * 41 + "/1.svg"])
def test_picture_of_an_overlong_name_is_not_there(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 404


def test_picture_cannot_be_written_to(client: Client) -> None:
    assert client.post("/bild/gruen/1.svg").status_code == 405


@pytest.mark.parametrize(
    ("field", "seed", "address"),
    [
        ("gruen", 17, "/bild/gruen/17.svg"),
        (
            "musik-medien",
            "0b8f2c9e-2b7c-4a52-9d4e-1f0a6d0c7b11",
            "/bild/musik-medien/0b8f2c9e-2b7c-4a52-9d4e-1f0a6d0c7b11.svg",
        ),
        (None, None, "/bild/anstoss/none.svg"),
        ("", "", "/bild/anstoss/0.svg"),
        ("Musik & Medien", "Idee Nr. 5", "/bild/musik-medien/idee-nr-5.svg"),
        ("gruen", "9" * 60, "/bild/gruen/" + "9" * 40 + ".svg"),
    ],
)
def test_address_fits_the_door_whatever_it_is_made_of(field: Any, seed: Any, address: str) -> None:
    assert illustration_url(field, seed) == address
    template = Template("{% load illustration %}{% illustration_url field seed %}")
    assert template.render(Context({"field": field, "seed": seed})) == address


def test_address_has_the_name_illustration() -> None:
    assert reverse("illustration", args=["gruen", "17"]) == "/bild/gruen/17.svg"


# --- photo-like pictures ---------------------------------------------------------------------------------
@pytest.mark.parametrize("field", EVERY)
def test_painted_photo_passes_the_intake(field: str) -> None:
    raw = paint(field, 1, size=(600, 450))

    assert Image.open(BytesIO(raw)).format == "JPEG"
    photo = take_in(SimpleUploadedFile("foto.jpg", raw))
    assert (photo.width, photo.height) == (600, 450)


def test_painted_photo_is_the_same_for_the_same_seed_only() -> None:
    small = (300, 225)

    assert paint("wege", 1, size=small) == paint("wege", 1, size=small)
    assert paint("wege", 1, size=small) != paint("wege", 2, size=small)

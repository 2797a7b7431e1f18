"""The intake of photos: real files of every kind, good, odd and hostile."""

import struct
import time
import zlib
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pillow_heif
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageDraw

from common import photos
from common.photos import Photo, PhotoRefused, take_in

METADATA = (b"Exif", b"EXIF", b"GPS", b"XMP", b"xmp", b"ICCP", b"Photoshop", b"Kamera")
SECRET_PLACE = b"51.8358 12.2457"


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def upload(content: bytes, name: str = "foto.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=kind)


def scene(width: int = 1600, height: int = 1200, mode: str = "RGB") -> Image.Image:
    """Red in the upper left corner, blue everywhere else."""
    picture = Image.new("RGB", (width, height), (0, 0, 255))
    ImageDraw.Draw(picture).rectangle((0, 0, width // 4, height // 4), fill=(255, 0, 0))
    return picture.convert(mode)


def opened(photo: Photo, width: int = 320) -> Image.Image:
    return Image.open(BytesIO(photo.renditions[width].data))


def colour(photo: Photo, x: float, y: float) -> tuple[int, ...]:
    """The colour at a place given in shares of the smallest rendition, in steps of 64."""
    picture = opened(photo).convert("RGB")
    pixel = picture.getpixel((int(picture.width * x), int(picture.height * y)))
    assert isinstance(pixel, tuple)
    return tuple(round(part / 64) for part in pixel)


RED, BLUE, WHITE, GREY = (4, 0, 0), (0, 0, 4), (4, 4, 4), (2, 2, 2)


def sizes(photo: Photo) -> dict[int, tuple[int, int]]:
    real = {width: opened(photo, width).size for width in photo.renditions}
    assert real == {width: (one.width, one.height) for width, one in photo.renditions.items()}
    return real


def refusal(content: bytes, name: str = "foto.jpg") -> str:
    with pytest.raises(PhotoRefused) as refused:
        take_in(upload(content, name))
    assert str(refused.value.message)
    assert refused.value.field == "photo"
    return refused.value.code


# --- what is taken in ------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_photo_of_each_kind_becomes_three_webp_renditions(kind: str) -> None:
    pillow_heif.register_heif_opener()

    photo = take_in(upload(encoded(scene(), kind), name="foto.txt", kind="text/plain"))

    assert sizes(photo) == {320: (320, 240), 640: (640, 480), 1280: (1280, 960)}
    assert (photo.width, photo.height) == (1280, 960)
    assert {opened(photo, width).format for width in photo.renditions} == {"WEBP"}
    assert (colour(photo, 0.1, 0.1), colour(photo, 0.9, 0.9)) == (RED, BLUE)


def test_photo_smaller_than_a_rendition_is_not_enlarged() -> None:
    photo = take_in(upload(encoded(scene(500, 250), "JPEG")))

    assert sizes(photo) == {320: (320, 160), 640: (500, 250), 1280: (500, 250)}
    assert (photo.width, photo.height) == (500, 250)


def test_photo_of_one_pixel_is_taken_in() -> None:
    assert sizes(take_in(upload(encoded(scene(1, 1), "PNG")))) == {320: (1, 1), 640: (1, 1), 1280: (1, 1)}


@pytest.mark.parametrize(
    ("size", "largest"), [((100, 20_000), (19, 3840)), ((20_000, 100), (1280, 6)), ((20_000, 1), (1280, 1))]
)
def test_photo_of_an_odd_shape_keeps_it_within_bounds(size: tuple[int, int], largest: tuple[int, int]) -> None:
    assert sizes(take_in(upload(encoded(scene(*size), "PNG"))))[1280] == largest


def with_place_and_turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: its right side is the picture's top
    exif[0x010F] = "Kamera GmbH"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (51.0, 50.0, 8.9), "E", (12.0, 14.0, 44.5)
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>' + SECRET_PLACE + b"</place></x:xmpmeta>"
    return encoded(scene(), "JPEG", exif=exif.tobytes(), xmp=xmp, comment=SECRET_PLACE)


def test_photo_with_a_place_keeps_none_of_its_metadata() -> None:
    raw = with_place_and_turned()
    assert b"Exif" in raw
    assert SECRET_PLACE in raw
    assert Image.open(BytesIO(raw)).getexif().get_ifd(0x8825)[1] == "N"

    photo = take_in(upload(raw))

    for rendition in photo.renditions.values():
        assert [mark for mark in (*METADATA, SECRET_PLACE) if mark in rendition.data] == []
        picture = Image.open(BytesIO(rendition.data))
        assert dict(picture.getexif()) == {}
        assert {"exif", "xmp", "icc_profile", "comment"} & set(picture.info) == set()


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "HEIF"])
def test_photo_of_other_kinds_keeps_none_of_its_metadata(kind: str) -> None:
    pillow_heif.register_heif_opener()
    exif = Image.Exif()
    exif[0x010F] = "Kamera GmbH"
    raw = encoded(scene(), kind, exif=exif.tobytes())
    assert b"Kamera" in raw

    for rendition in take_in(upload(raw)).renditions.values():
        assert [mark for mark in METADATA if mark in rendition.data] == []


def test_photo_from_a_turned_camera_stands_upright() -> None:
    photo = take_in(upload(with_place_and_turned()))

    assert (photo.width, photo.height) == (1200, 1600)
    assert (colour(photo, 0.9, 0.1), colour(photo, 0.1, 0.1)) == (RED, BLUE)


def test_photo_in_another_colour_space_is_converted() -> None:
    swapped = Image.new("RGB", (400, 300), (255, 255, 255))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    broken = take_in(upload(encoded(swapped, "JPEG", icc_profile=b"no profile at all")))
    foreign = take_in(upload(encoded(swapped, "JPEG", icc_profile=lab.tobytes())))
    usual = take_in(upload(encoded(swapped, "JPEG", icc_profile=srgb.tobytes())))

    assert [colour(photo, 0.5, 0.5) for photo in (broken, foreign, usual)] == [WHITE, WHITE, WHITE]
    assert b"ICCP" not in usual.renditions[320].data


def test_photo_with_a_wide_gamut_looks_the_same_in_srgb() -> None:
    raw = encoded(Image.new("RGB", (400, 300), (0, 200, 0)), "PNG", icc_profile=linear_profile())

    # A linear 200 is a much lighter 228 in sRGB: the numbers change so that the colour does not.
    pixel = opened(take_in(upload(raw))).convert("RGB").getpixel((100, 100))
    assert isinstance(pixel, tuple)
    assert pixel[1] == pytest.approx(228, abs=4)


def linear_profile() -> bytes:
    """sRGB's own profile with a straight line in place of its curve."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack_from(">I", profile, 128)[0]
    for index in range(count):
        name, offset, size = struct.unpack_from(">4sII", profile, 132 + 12 * index)
        if name in {b"rTRC", b"gTRC", b"bTRC"}:
            profile[offset : offset + size] = b"curv".ljust(size, b"\0")
    return bytes(profile)


def test_cmyk_photo_gets_its_colours() -> None:
    photo = take_in(upload(encoded(scene(mode="CMYK"), "JPEG")))

    assert (colour(photo, 0.1, 0.1), colour(photo, 0.9, 0.9)) == (RED, BLUE)


def test_transparent_photo_is_laid_on_white() -> None:
    cut_out = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    ImageDraw.Draw(cut_out).rectangle((0, 0, 100, 100), fill=(255, 0, 0, 255))
    palette = cut_out.convert("RGB").quantize(4)
    transparent = palette.getpixel((300, 200))

    for raw in (encoded(cut_out, "PNG"), encoded(palette, "PNG", transparency=transparent)):
        photo = take_in(upload(raw))
        assert opened(photo).mode == "RGB"
        assert (colour(photo, 0.1, 0.1), colour(photo, 0.9, 0.9)) == (RED, WHITE)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16"])
def test_photo_of_every_depth_is_taken_in(mode: str) -> None:
    if mode == "I;16":
        picture = Image.new("I;16", (400, 300), 32_768)
    else:
        picture = Image.new("L", (400, 300), 255 if mode == "1" else 128).convert(mode)

    photo = take_in(upload(encoded(picture, "PNG")))

    assert colour(photo, 0.5, 0.5) == (WHITE if mode == "1" else GREY)


def test_animation_gives_its_first_picture() -> None:
    frames = [Image.new("RGB", (400, 300), tone) for tone in ((255, 0, 0), (0, 0, 255))]

    for kind in ("PNG", "WEBP"):
        photo = take_in(upload(encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)))
        assert colour(photo, 0.5, 0.5) == RED
        assert getattr(opened(photo), "n_frames", 1) == 1


def test_photo_of_24_megapixels_is_taken_in_and_one_more_line_is_not() -> None:
    assert take_in(upload(encoded(Image.new("L", (6000, 4000)), "JPEG"))).width == 1280
    assert refusal(encoded(Image.new("L", (6000, 4001)), "JPEG")) == "photo_too_many_pixels"


# --- what is refused -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "content",
    [
        b"Das ist nur ein Text.",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b"%PDF-1.7\n",
        b"GIF89a" + b"\0" * 40,
        b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf",
        b"\0\0\0\x1cftypisom\0\0\0\0isomiso2mp41",
        b"\x89PN",
    ],
    ids=["text", "svg", "xml", "pdf", "gif", "avif", "mp4", "three bytes"],
)
def test_file_of_another_kind_is_refused_whatever_its_name(content: bytes) -> None:
    assert refusal(content, "foto.jpg") == "photo_kind"


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "GIF", "ICO", "PPM"])
def test_pictures_of_other_kinds_are_refused(kind: str) -> None:
    assert refusal(encoded(scene(64, 64), kind)) == "photo_kind"


def test_empty_file_is_refused() -> None:
    assert refusal(b"") == "photo_unreadable"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("kept", [0.02, 0.5, 0.9])
def test_truncated_photo_is_refused(kind: str, kept: float) -> None:
    pillow_heif.register_heif_opener()
    noise = Image.frombytes("RGB", (400, 300), Random(7).randbytes(400 * 300 * 3))
    raw = encoded(noise, kind)

    assert refusal(raw[: int(len(raw) * kept)]) == "photo_unreadable"


@pytest.mark.parametrize(
    "head", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x20\0\0\0WEBPVP8X", b"\0\0\0\x18ftypheic"]
)
def test_noise_behind_a_good_beginning_is_refused(head: bytes) -> None:
    for seed in range(12):
        random = Random(seed)
        code = refusal(head + random.randbytes(random.randint(0, 4000)))
        assert code in {"photo_unreadable", "photo_too_many_pixels"}


def test_flipped_bytes_never_raise_anything_but_a_refusal() -> None:
    random = Random(3)
    sources = [encoded(scene(200, 150), kind) for kind in ("JPEG", "PNG", "WEBP")]
    outcomes = set()
    for _ in range(150):
        raw = bytearray(random.choice(sources))
        for _ in range(8):
            raw[random.randrange(12, len(raw))] = random.randrange(256)
        try:
            take_in(upload(bytes(raw)))
            outcomes.add("taken in")
        except PhotoRefused:
            outcomes.add("refused")
    assert outcomes == {"taken in", "refused"}


def png_claiming(width: int, height: int) -> bytes:
    """A well-formed PNG of one bit a pixel, whose zeros shrink to next to nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    packer = zlib.compressobj(9)
    row = b"\0" * (1 + (width + 7) // 8)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [50_000, 11_000, 5_000])
def test_png_bomb_is_refused_before_it_is_decoded(side: int) -> None:
    raw = png_claiming(side, side)
    assert len(raw) < photos.MAX_BYTES

    started = time.process_time()
    assert refusal(raw) == "photo_too_many_pixels"
    assert time.process_time() - started < 2


def test_webp_header_that_claims_a_huge_canvas_is_refused() -> None:
    body = b"VP8X" + struct.pack("<I", 10) + bytes(4) + (65_000 - 1).to_bytes(3, "little") * 2
    raw = b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body

    assert refusal(raw) == "photo_too_many_pixels"


@pytest.mark.parametrize("options", [{}, {"lossless": True}, {"exif": b"Exif\0\0"}])
def test_webp_of_each_layout_is_measured_from_its_header(options: dict[str, Any]) -> None:
    raw = encoded(scene(6001, 4001, "RGB"), "WEBP", method=0, **options)

    assert refusal(raw) == "photo_too_many_pixels"


def test_jpeg_of_endless_scans_is_refused() -> None:
    raw = encoded(scene(1600, 1200), "JPEG", progressive=True)
    scan = raw.rindex(b"\xff\xda")
    bomb = raw[:-2] + raw[scan:-2] * 5000 + raw[-2:]
    assert len(bomb) < photos.MAX_BYTES

    started = time.process_time()
    assert refusal(bomb) == "photo_unreadable"
    assert time.process_time() - started < 2


def test_file_over_ten_megabytes_is_refused_without_being_read_to_its_end() -> None:
    raw = encoded(scene(), "JPEG")
    file = upload(raw + b"\0" * (photos.MAX_BYTES - len(raw) + 1))

    with pytest.raises(PhotoRefused) as refused:
        take_in(file)
    assert refused.value.code == "photo_too_large"

    endless = upload(raw + b"\0" * (photos.MAX_BYTES * 2))
    endless.size = 10  # what a client says about itself counts for nothing
    with pytest.raises(PhotoRefused):
        take_in(endless)
    assert endless.tell() == photos.MAX_BYTES + 1


def test_file_of_exactly_ten_megabytes_is_taken_in() -> None:
    raw = encoded(scene(), "JPEG")

    assert take_in(upload(raw + b"\0" * (photos.MAX_BYTES - len(raw)))).width == 1280


def test_file_that_was_read_before_is_read_from_its_start() -> None:
    file = upload(encoded(scene(), "JPEG"))
    file.read()

    assert take_in(file).width == 1280


# --- where they are kept ---------------------------------------------------------------------------------
@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_URL = "/media/"
    return tmp_path / "media"


def test_stored_photo_has_three_files_and_a_key_that_tells_nothing(media: Path) -> None:
    photo = take_in(upload(encoded(scene(), "JPEG"), name="ich-vor-meiner-schule.jpg"))

    key = photos.store(photo, "ideas")

    prefix, name = key.split("/")
    token, size = name.split("-")
    assert (prefix, size, len(token)) == ("ideas", "1280x960", 32)
    assert sorted(path.name for path in (media / "ideas").iterdir()) == sorted(
        f"{token}-1280x960-{width}.webp" for width in (320, 640, 1280)
    )
    assert (media / f"{key}-640.webp").read_bytes() == photo.renditions[640].data
    assert photos.size(key) == (1280, 960)


def test_two_stored_photos_have_different_keys(media: Path) -> None:
    photo = take_in(upload(encoded(scene(40, 30), "PNG")))

    assert photos.store(photo, "ideas") != photos.store(photo, "ideas")


def test_addresses_name_each_width_once(media: Path) -> None:
    key = photos.store(take_in(upload(encoded(scene(500, 250), "JPEG"))), "ideas")

    assert photos.urls(key) == {width: f"/media/{key}-{width}.webp" for width in (320, 640, 1280)}
    assert photos.srcset(key) == f"/media/{key}-320.webp 320w, /media/{key}-640.webp 500w"


def test_discarded_photo_leaves_nothing_and_may_be_discarded_again(media: Path) -> None:
    key = photos.store(take_in(upload(encoded(scene(40, 30), "PNG"))), "ideas")

    photos.discard(key)
    photos.discard(key)

    assert list((media / "ideas").iterdir()) == []


def test_disk_that_takes_nothing_is_a_refusal_and_leaves_nothing(media: Path) -> None:
    media.parent.mkdir(exist_ok=True)
    media.write_text("a file where the folder should be")

    with pytest.raises(PhotoRefused) as refused:
        photos.store(take_in(upload(encoded(scene(40, 30), "PNG"))), "ideas")

    assert refused.value.code == "photo_not_stored"
    assert media.read_text() == "a file where the folder should be"


@pytest.mark.parametrize("key", ["", "ideas", "../../etc/passwd", "ideas/../x-1x1", "/ideas/" + "a" * 32 + "-1x1"])
def test_what_is_no_key_reaches_no_file(key: str) -> None:
    for ask in (photos.urls, photos.srcset, photos.size, photos.discard):
        with pytest.raises(ValueError, match="not the key of a photo"):
            ask(key)
    assert not default_storage.exists("etc")

"""The intake of every photo that a resident uploads.

A photo is accepted by what it contains, never by its name or declared type, and what is kept is made anew:
three WebP renditions without any metadata. The original is never stored, because phones write the place where
a picture was taken into it. Limits hold before a pixel is decoded (guard.md, uploads).

`store` returns a key such as `ideas/5f0c…-1280x960`: a random token, and the size of the largest rendition so
that a page can reserve the room for it without opening the file. A photo that is withheld from the public has a key
that begins with `withheld/` and lies in a storage of its own (common/withheld.py).
"""

import functools
import logging
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pillow_heif
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from common.errors import Refused
from common.photo_keys import WIDTHS, names, size, storage_of

__all__ = [
    "MAX_BYTES", "MAX_PIXELS", "WIDTHS", "Photo", "PhotoRefused", "Rendition",
    "content", "discard", "names", "size", "srcset", "store", "take_in", "urls",
]  # fmt: skip

log = logging.getLogger(__name__)

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 24_000_000
# A rendition is at most this many times as high as its width is meant to be; WebP itself ends at 16,383.
MAX_TALLNESS = 3
QUALITY = 76
# A progressive JPEG has about ten scans. Each one makes the decoder walk over every pixel once more, so
# that a small file with thousands of scans would keep a processor busy for minutes.
MAX_JPEG_SCANS = 60

_HEIF_BRANDS = frozenset(b"heic heix heim heis hevc hevx hevm hevs mif1 msf1".split())
# Two pictures of 24 megapixels at a time need about 400 MB; a third one waits.
_decoders = threading.BoundedSemaphore(2)


class PhotoRefused(Refused):
    """A photo that is not taken in; the form field `photo` is where a page says so.

    Codes: photo_too_large, photo_too_many_pixels, photo_unreadable, photo_kind, photo_not_stored.
    """

    def __init__(self, code: str, message: str | Promise) -> None:
        super().__init__(code, message, field="photo")


@dataclass(frozen=True, slots=True)
class Rendition:
    """One WebP picture: its bytes and its real size in pixels."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo after the intake: `renditions` by meant width (320, 640, 1280), size of the largest in pixels.

    A smaller original is not enlarged: each rendition says how large it really is.
    """

    renditions: dict[int, Rendition]
    width: int
    height: int


def take_in(upload: UploadedFile) -> Photo:
    """Check and re-encode one upload.

    Transparency is laid on white; of an animation the first picture is kept. Raises `PhotoRefused`.
    """
    raw = _read(upload)
    kind = _kind_of(raw)
    if kind == "JPEG" and raw.count(b"\xff\xda") > MAX_JPEG_SCANS:
        raise _unreadable()
    if kind == "WEBP":
        # Pillow hands the file to libwebp at once, which reserves memory for whatever size the header claims.
        _check_pixels(*_webp_size(raw))
    with _decoders, _faults_of_the_file():
        with Image.open(BytesIO(raw), formats=[kind]) as picture:
            _check_pixels(*picture.size)
            upright = _upright_rgb(picture)
        return _renditions(upright)


def store(photo: Photo, prefix: str) -> str:
    """Write the three files below `prefix` (such as `ideas`) and return the photo's key.

    Raises `PhotoRefused` (photo_not_stored) when the disk does not take them; nothing is left behind then.
    """
    key = f"{prefix}/{secrets.token_hex(16)}-{photo.width}x{photo.height}"
    try:
        for width, name in names(key).items():
            default_storage.save(name, ContentFile(photo.renditions[width].data))
    except OSError as fault:
        log.exception("A photo could not be stored")
        discard(key)
        raise PhotoRefused(
            "photo_not_stored",
            _("Dein Foto konnte nicht gespeichert werden. Schick alles ohne Foto ab oder versuch es später."),
        ) from fault
    return key


def urls(key: str) -> dict[int, str]:
    """The addresses of a stored photo by meant width. Raises `ValueError` for what is no key."""
    storage = storage_of(key)
    return {width: storage.url(name) for width, name in names(key).items()}


def srcset(key: str) -> str:
    """The value of an image's `srcset` attribute, with real widths; a small photo is named once."""
    by_real_width: dict[int, str] = {}
    for meant, url in urls(key).items():
        by_real_width.setdefault(_fit(*size(key), meant)[0], url)
    return ", ".join(f"{url} {width}w" for width, url in by_real_width.items())


def content(key: str, meant: int) -> bytes:
    """The WebP itself, to lay it into a paper; empty when the file is gone."""
    try:
        with storage_of(key).open(names(key)[meant]) as file:
            data: bytes = file.read()
    except OSError:
        log.exception("A photo's file could not be read: %s", key)
        return b""
    return data


def discard(key: str) -> None:
    """Delete the files of a photo; files that are already gone are no fault."""
    storage = storage_of(key)
    for name in names(key).values():
        try:
            storage.delete(name)
        except OSError:
            log.exception("A photo's file could not be deleted: %s", name)


def _read(upload: UploadedFile) -> bytes:
    """The upload's bytes; one more than allowed is read at most, whatever size was declared."""
    upload.seek(0)
    raw: bytes = upload.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise PhotoRefused(
            "photo_too_large",
            _("Dein Foto ist größer als 10 MB. Nimm ein kleineres oder mach einen Screenshot davon."),
        )
    if not raw:
        raise _unreadable()
    return raw


def _kind_of(raw: bytes) -> str:
    """Pillow's name of the format that the first bytes show. Raises `PhotoRefused` (photo_kind)."""
    if raw.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if raw.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "WEBP"
    if raw[4:8] == b"ftyp" and raw[8:12] in _HEIF_BRANDS:
        _register_heif()
        return "HEIF"
    raise PhotoRefused(
        "photo_kind",
        _("Das ist kein Foto, das wir lesen können. Nimm ein JPEG, PNG, WebP oder ein iPhone-Foto (HEIC)."),
    )


@functools.cache
def _register_heif() -> None:
    # Only the picture itself is decoded: no thumbnails, depth maps or side images from a stranger's file.
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


def _webp_size(raw: bytes) -> tuple[int, int]:
    """Width and height from the first chunk of a WebP file (RFC 9649, sections 2.5 to 2.7)."""
    chunk, head = raw[12:16], raw[20:30]
    if len(head) < 10:
        raise _unreadable()
    if chunk == b"VP8X":
        return 1 + int.from_bytes(head[4:7], "little"), 1 + int.from_bytes(head[7:10], "little")
    if chunk == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF


def _check_pixels(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> PhotoRefused:
    return PhotoRefused(
        "photo_too_many_pixels",
        _("Dein Foto hat mehr als 24 Megapixel. Stell die Kamera kleiner oder mach einen Screenshot davon."),
    )


def _unreadable() -> PhotoRefused:
    return PhotoRefused(
        "photo_unreadable",
        _("Dein Foto lässt sich nicht öffnen, vielleicht kam es nicht ganz an. Wähl es noch mal aus."),
    )


@contextmanager
def _faults_of_the_file() -> Iterator[None]:
    """Turn whatever a decoder raises into the refusal that names the cause."""
    try:
        yield
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise _too_many_pixels() from fault
    except Exception as fault:  # decoders raise nearly anything over a broken file
        log.info("A photo could not be decoded: %r", fault)
        raise _unreadable() from fault


def _upright_rgb(picture: Image.Image) -> Image.Image:
    """The picture as a person sees it: turned upright, on white, in sRGB, no wider than needed."""
    profile = picture.info.get("icc_profile")
    # A JPEG decoder can leave out pixels while it reads; a phone's photo then takes a quarter of the time.
    picture.draft(None, (max(WIDTHS), max(WIDTHS)))
    picture.load()
    flat = _flat(ImageOps.exif_transpose(picture))
    small = flat.resize(_fit(*flat.size, max(WIDTHS)), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return _srgb(small, profile)


def _flat(picture: Image.Image) -> Image.Image:
    """One of the modes L, RGB and CMYK, without transparency."""
    if picture.mode.startswith("I"):  # 16 bits of grey, which Pillow would cut off instead of scaling
        return picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if picture.has_transparency_data:
        cut_out = picture.convert("RGBA")
        white = Image.new("RGB", cut_out.size, "white")
        white.paste(cut_out, mask=cut_out.getchannel("A"))
        return white
    if picture.mode in {"L", "RGB", "CMYK"}:
        return picture
    return picture.convert("RGB")


def _srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The same colours in sRGB; a profile that is broken or of another kind is left aside."""
    if profile:
        try:
            converted = ImageCms.profileToProfile(
                picture, ImageCms.ImageCmsProfile(BytesIO(profile)), _srgb_profile(), outputMode="RGB"
            )
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError, ValueError) as fault:
            log.info("A photo's colour profile was left aside: %s", fault)
    return picture.convert("RGB")


@functools.cache
def _srgb_profile() -> Any:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _fit(width: int, height: int, meant: int) -> tuple[int, int]:
    """The size that a picture gets when `meant` pixels is the width to reach; never larger than it is."""
    factor = min(1.0, meant / width, MAX_TALLNESS * meant / height)
    return max(1, round(width * factor)), max(1, round(height * factor))


def _renditions(largest: Image.Image) -> Photo:
    renditions = {width: _webp(largest, width) for width in WIDTHS}
    return Photo(renditions=renditions, width=largest.width, height=largest.height)


def _webp(picture: Image.Image, meant: int) -> Rendition:
    """One rendition of nothing but pixels: what the original carried along is dropped by name."""
    scaled = picture.resize(_fit(*picture.size, meant), Image.Resampling.LANCZOS)
    scaled.info = {}
    out = BytesIO()
    scaled.save(out, "WEBP", quality=QUALITY, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return Rendition(data=out.getvalue(), width=scaled.width, height=scaled.height)

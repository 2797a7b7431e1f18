"""Paper: a typst template and data become a tagged PDF (docs/decisions/0008-pdf-by-typst.md).

Whoever writes text never writes markup: it travels as JSON, and the templates in `templates/papers/` place it as it
is. Rendering takes milliseconds, lets other threads run, and asks no other machine for anything.
"""

import functools
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import font_source_sans_pro
import typst
from django.conf import settings
from django.utils.translation import get_language

log = logging.getLogger(__name__)

PAPERS = Path(settings.BASE_DIR) / "templates" / "papers"


def render(template: str, data: Mapping[str, Any], *, title: str, lang: str = "") -> bytes:
    """The PDF of `templates/papers/<template>.typ` with this data (what JSON can carry, translated already).

    `lang` is the language of the words, by default the one that is spoken now. The PDF is tagged and keeps to
    PDF/UA-1, unless a letter has no font on this machine: then the paper comes out with an empty box for it.
    """
    language, _, region = (lang or get_language() or settings.LANGUAGE_CODE).partition("-")
    words = {**data, "title": title, "lang": language, "region": region or None}
    inputs = {"data": json.dumps(words, ensure_ascii=False, default=str)}
    try:
        return _compile(template, inputs, ["ua-1"])
    except typst.TypstError as error:
        if not error.message.startswith("PDF/UA-1 error"):
            raise
        log.warning("%s is not PDF/UA-1: %s", template, error.message)
        return _compile(template, inputs, [])


def _compile(template: str, inputs: dict[str, str], standards: list[Any]) -> bytes:
    """One document; `root` keeps templates from reading anything but each other."""
    pdf = typst.compile(
        PAPERS / f"{template}.typ",
        root=PAPERS,
        font_paths=_fonts(),
        sys_inputs=inputs,
        format="pdf",
        pdf_standards=standards,
    )
    if not isinstance(pdf, bytes):
        raise TypeError(f"{template} gave no single document")
    return pdf


@functools.cache
def _fonts() -> typst.Fonts:
    """Our own font, which comes with the package, and the machine's for letters that it lacks (Arabic, emoji)."""
    return typst.Fonts(
        include_system_fonts=True, include_embedded_fonts=True, font_paths=[font_source_sans_pro.font_directory]
    )

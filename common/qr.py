"""QR codes: as SVG for pages, posters and the projector, as text for a terminal."""

from io import BytesIO, StringIO

import segno
from django.utils.safestring import SafeString, mark_safe


def svg(text: str, *, scale: int = 4, border: int = 4, title: str = "") -> SafeString:
    """The QR code of `text` as an SVG element, black on white, without a style attribute.

    `scale` is the width of one square in pixels, `border` the quiet zone in squares (readers ask for four).
    With a `title` the picture is announced by it; without one it is hidden from screen readers, because
    the address then stands beside it as text.
    """
    code = segno.make(text, error="m", micro=False)
    width, height = code.symbol_size(scale=scale, border=border)
    out = BytesIO()
    code.save(
        out,
        kind="svg",
        scale=scale,
        border=border,
        dark="#000",
        light="#fff",
        title=title or None,
        xmldecl=False,
        svgclass="qr",
        lineclass=None,
        omitsize=True,
        nl=False,
    )
    voice = 'role="img"' if title else 'aria-hidden="true"'
    drawing = out.getvalue().decode().removeprefix("<svg ")
    return mark_safe(f'<svg {voice} width="{width}" height="{height}" {drawing}')  # noqa: S308 - segno escapes


def terminal(text: str) -> str:
    """The QR code of `text` in half blocks, white on black whatever the terminal's colours are."""
    out = StringIO()
    segno.make(text, error="l", micro=False).terminal(out, border=2, compact=True)
    return "\n".join(f"\x1b[97;40m{line}\x1b[0m" for line in out.getvalue().splitlines())

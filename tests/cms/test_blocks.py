"""Building blocks: each shows in the picker, and pictures need a description."""

import pytest
from django.template.loader import render_to_string
from wagtail.blocks import StreamBlockValidationError
from wagtail.images.blocks import ImageBlock

from accounts.models import Quartier
from cms.blocks import FEATURES, Body, Logos, Steps
from cms.services import add_picture
from tests.cms.conftest import photo_with_gps

# Wagtail leaves the temporary file of a rendition to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")

BLOCKS = [(stream, name) for stream in (Body, Steps, Logos) for name in stream().child_blocks]


@pytest.mark.parametrize(("stream", "name"), BLOCKS, ids=lambda part: getattr(part, "__name__", part))
def test_block_has_a_preview_and_a_description(stream: type, name: str) -> None:
    block = stream().child_blocks[name]
    value = block.get_preview_value()
    context = block.get_preview_context(value)
    html = render_to_string(block.get_preview_template(value, context), context)
    assert (block.is_previewable, bool(block.get_description()), "<main" in html) == (True, True, True)


def test_rich_text_offers_no_headings_and_no_pictures() -> None:
    assert set(FEATURES) == {"bold", "italic", "link", "document-link", "ol", "ul"}


def test_picture_without_description_is_refused(quartier: Quartier) -> None:
    picture = add_picture(quartier=quartier, upload=photo_with_gps(), title="Beet", alt="Ein Beet", by=None)
    body = Body()
    value = body.to_python(
        [{"type": "picture", "value": {"picture": {"image": picture.pk, "alt_text": "", "decorative": False}}}]
    )
    with pytest.raises(StreamBlockValidationError):
        body.clean(value)


def test_picture_block_shows_its_description(quartier: Quartier) -> None:
    picture = add_picture(quartier=quartier, upload=photo_with_gps(), title="Beet", alt="Ein Beet", by=None)
    block = Body().child_blocks["picture"]
    assert isinstance(block.child_blocks["picture"], ImageBlock)
    value = block.to_python({"picture": {"image": picture.pk, "alt_text": "Sechs Beete", "decorative": False}})
    html = block.render(value)
    assert ('alt="Sechs Beete"' in html, ".webp" in html) == (True, True)

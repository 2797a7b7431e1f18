"""Empty pieces of the page that the script fills in: the same for the whole hall, so they are rendered once."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString

from participation.models import Topic

from . import ballot


@lru_cache(maxsize=64)
def samples_for(join_code: str, language: str) -> SafeString:
    """The pieces for one event in one language, without a token: the script sends them through its queue."""
    context = {
        "event": {"join_code": join_code},
        "action": reverse("events:phone", args=[join_code]),
        "samples": ballot.samples(),
        "sample_topic": {"topic": Topic(number=0), "mine": False},
        "csrf_token": "-",
    }
    with translation.override(language):
        return render_to_string("events/phone/samples.html", context)

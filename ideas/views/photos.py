"""Photos of ideas that are hidden or withdrawn: only for who may still see the idea."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from common import withheld
from ideas import selectors
from ideas.models import Idea


@require_safe
def withheld_photo(request: HttpRequest, name: str) -> HttpResponseBase:
    """`/zurueckgehalten/ideas/<file>`: what common.photos names as the address of a withheld photo."""
    key = withheld.key_of("ideas", name)
    try:
        selectors.idea_of_photo_or_404(request.user, key)
    except Http404:
        if not Idea.objects.filter(photo=withheld.free(key)).exists():  # let go in this moment
            raise
    return withheld.answer(key, name)

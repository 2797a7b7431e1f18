"""Photos of ideas that are hidden or withdrawn: only for who may still see the idea."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from common import withheld
from ideas import selectors


@require_safe
def withheld_photo(request: HttpRequest, name: str) -> HttpResponse:
    """`/zurueckgehalten/ideas/<file>`: what common.photos names as the address of a withheld photo."""
    key = withheld.key_of("ideas", name)
    if address := withheld.public_address(key, name):
        return redirect(address)
    return withheld.answer(selectors.idea_of_photo_or_404(request.user, key).photo, name)

"""Words to ideas and projects, through the search index of the database (modelsearch)."""

import re

from django.db.models import Model, Q
from modelsearch.backends import get_search_backend

MOST_LETTERS = 100
MOST_FOUND = 500


def matching(model: type[Model], text: str) -> Q:
    """Rows with all the words of `text`.

    The index knows whole words and, for titles, beginnings of words; German glues words together, so a title that
    merely contains the text counts too: "Garten" finds "Gemeinschaftsgarten".
    """
    text = text.replace("\x00", "")[:MOST_LETTERS].strip()
    words = re.findall(r"\w+", text)
    if not words:
        return Q()
    line = " ".join(words)
    backend = get_search_backend()
    # The index is asked for all rows and the answer cut down by the caller: it knows nothing of what is public.
    whole = backend.search(line, model, operator="and")
    begun = backend.autocomplete(line, model, operator="and")
    found = {row.pk for row in [*whole[:MOST_FOUND], *begun[:MOST_FOUND]]}
    return Q(pk__in=found) | Q(title__icontains=text)

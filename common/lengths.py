"""How long a text may be: said once, by the model."""

from django.db import models


def longest(model: type[models.Model], name: str) -> int:
    """How many characters this field of the model takes. Raises TypeError for a field without a limit."""
    limit: int | None = getattr(model._meta.get_field(name), "max_length", None)
    if limit is None:
        raise TypeError(f"{model.__name__}.{name} has no limit")
    return limit

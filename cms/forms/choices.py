"""Narrowing what can be chosen to what this person may choose."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet


def choose_from(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> forms.ModelChoiceField:
    """Offers only `rows` in the field `name`; anything else is refused as unknown. Returns the field."""
    field = cast(forms.ModelChoiceField, form.fields[name])
    field.queryset = rows
    return field

"""What a project costs and what a Quartier can give."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Quartier, User
from accounts.rules import is_staff_of
from participation.models import BudgetLine, FundingYear, Project
from participation.rules import projects as rules
from participation.services.projects.common import first_mistake, forbidden, locked


@transaction.atomic
def set_budget(*, project: Project, by: User, lines: Iterable[Mapping[str, Any]]) -> list[BudgetLine]:
    """Replaces the budget; each line has `title`, `planned`, `committed`, `spent` in euro. Raises Refused."""
    current = locked(project)
    if not rules.can_run(by, current):
        raise forbidden()
    rows = [BudgetLine(project=current, **line) for line in lines]
    for row in rows:
        _checked_sums(row)
    current.budget_lines.all().delete()
    return BudgetLine.objects.bulk_create(rows)


@transaction.atomic
def set_envelope(*, quartier: Quartier, by: User, year: int, envelope: Decimal) -> FundingYear:
    """What a Quartier can give its projects in a year, in euro. Raises Refused."""
    if not is_staff_of(by, quartier):
        raise forbidden()
    _checked_sums(FundingYear(quartier=quartier, year=year, envelope=envelope))
    frame, _made = FundingYear.objects.update_or_create(quartier=quartier, year=year, defaults={"envelope": envelope})
    return frame


def _checked_sums(row: BudgetLine | FundingYear) -> None:
    try:
        row.clean_fields(exclude={"project", "quartier"})
    except ValidationError as error:
        raise first_mistake(error) from None

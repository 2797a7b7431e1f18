"""Rows without models, for the batches of a hall.

`bulk_create` makes a model of each row and takes each of its values through four layers, and a query set builds its
SQL anew each time; in a batch of votes these two are most of the processor time. Defaults and checks of the model
are left out: the caller gives every column.
"""

import functools
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model


def insert_rows(
    model: type[Model], names: tuple[str, ...], rows: Sequence[tuple[Any, ...]], *, replace: tuple[str, ...] = ()
) -> None:
    """Insert rows of values in the order of the fields `names`.

    `replace` names the fields of a unique constraint: a row that has the same values in them takes over the rest.
    """
    fields = [_field(model, name) for name in names]
    most = (connection.features.max_query_params or 30_000) // len(names)
    with connection.cursor() as cursor:
        for begin in range(0, len(rows), most):
            part = rows[begin : begin + most]
            cursor.execute(_statement(model, names, replace, len(part)), list(_values(fields, part)))


def fetch_rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a query written by hand, as the database gives them."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def execute(sql: str, values: Sequence[Any]) -> None:
    """A statement written by hand that gives no rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def places(count: int) -> str:
    """`%s, %s, %s`: the places of so many values in a statement."""
    return ", ".join(["%s"] * count)


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    field = model._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101 (not the other end of somebody's foreign key)
    return field


def _values(fields: "Sequence[Field[Any, Any]]", rows: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
    """All values as the database takes them; what is the same in every row is prepared once."""
    known: list[tuple[Any, Any]] = [(object(), None)] * len(fields)
    for row in rows:
        for place, value in enumerate(row):
            if known[place][0] is not value:
                known[place] = (value, fields[place].get_db_prep_save(value, connection))
            yield known[place][1]


@functools.lru_cache(maxsize=512)
def _statement(model: type[Model], names: tuple[str, ...], replace: tuple[str, ...], count: int) -> str:
    columns = {name: connection.ops.quote_name(str(_field(model, name).column)) for name in names}
    table = connection.ops.quote_name(model._meta.db_table)
    row = f"({places(len(names))})"
    head = f"INSERT INTO {table} ({', '.join(columns.values())}) VALUES {', '.join([row] * count)}"  # noqa: S608
    if not replace:
        return head
    taken = ", ".join(f"{column} = EXCLUDED.{column}" for name, column in columns.items() if name not in replace)
    return f"{head} ON CONFLICT ({', '.join(columns[name] for name in replace)}) DO UPDATE SET {taken}"

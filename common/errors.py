"""The one error of our own: an act that was understood and refused."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818 (it is an answer, not a fault)
    """A service refuses an act. Every door translates this once: page, API, socket, admin.

    `code` is stable and for programs (`closed`, `full`, `not_yours`); `message` is a translated sentence for the
    person, saying what to do next; `field` names the form field that it is about, if there is one; `facts` help a
    program to offer what would go instead (`{"free": [[2, 1]]}`).
    """

    def __init__(
        self,
        code: str,
        message: str | Promise,
        field: str | None = None,
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field
        self.facts = dict(facts or {})

    def __str__(self) -> str:
        return str(self.message)

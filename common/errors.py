"""The one error of our own: an act that was understood and refused."""

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818 (it is an answer, not a fault)
    """A service refuses an act. Every door translates this once: page, API, socket, admin.

    `code` is stable and for programs (`closed`, `full`, `not_yours`); `message` is a translated sentence for the
    person, saying what to do next; `field` names the form field that it is about, if there is one.
    """

    def __init__(self, code: str, message: str | Promise, field: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)

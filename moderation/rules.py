"""Who looks at reports, and when a thing disappears before anybody has looked. Pure questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from accounts.models import Quartier, User
from accounts.rules import is_staff_of

# So many different people hide a thing until the team has looked.
REPORTERS_THAT_HIDE = 2


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who sent a report, as far as we know: an account or none, a mark of the device or none.

    `age` is how old the account was when it reported; None without an account.
    """

    account: int | None = None
    device: str = ""
    is_staff: bool = False
    age: timedelta | None = None

    @property
    def is_known(self) -> bool:
        """Somebody on a team, or an account that was not made for this report."""
        return self.is_staff or (self.age is not None and self.age >= settings.REPORTER_KNOWN_AFTER)

    @property
    def marks(self) -> frozenset[tuple[str, int | str]]:
        account = {("account", self.account)} if self.account is not None else set()
        return frozenset(account | ({("device", self.device)} if self.device else set()))


def can_moderate(user: User | AnonymousUser, quartier: Quartier) -> bool:
    """The team of the Quartier, its coordinator, administrators."""
    return is_staff_of(user, quartier)


def hides(reporters: Iterable[Reporter]) -> bool:
    """Are these reports enough to hide a thing at once?

    From so many different people, and at least one of them known: a nickname or a private window is made in seconds.
    Other reports are kept all the same and wait for the team.
    """
    reporters = list(reporters)
    return people(reporters) >= REPORTERS_THAT_HIDE and any(reporter.is_known for reporter in reporters)


def people(reporters: Iterable[Reporter]) -> int:
    """How many different people these are at least.

    One account is one person, and so are all accounts of one device. Everybody without an account counts as one
    person together, because nobody can be told apart there; on a device whose account has reported, as that one.
    """
    found: list[frozenset[tuple[str, int | str]]] = []
    strangers = []
    for reporter in reporters:
        if reporter.account is None:
            strangers.append(reporter)
            continue
        same = [marks for marks in found if marks & reporter.marks]
        found = [marks for marks in found if marks not in same] + [reporter.marks.union(*same)]
    known_marks = frozenset().union(*found)
    return len(found) + any(not stranger.marks & known_marks for stranger in strangers)

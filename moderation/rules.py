"""Who looks at reports, and when a thing disappears before anybody has looked. Pure questions."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import Quartier, User
from accounts.rules import is_staff_of

# So many different people hide a thing until the team has looked. Everybody without an account counts as one
# person together: nobody can be told apart there, and nobody shall hide a thing alone by reporting it twice.
REPORTERS_THAT_HIDE = 2


def can_moderate(user: User | AnonymousUser, quartier: Quartier) -> bool:
    """The team of the Quartier, its coordinator, administrators."""
    return is_staff_of(user, quartier)


def hides(reporters: set[int | None]) -> bool:
    """Are these (account ids, None for people without one) enough to hide a thing at once?"""
    return len(reporters) >= REPORTERS_THAT_HIDE

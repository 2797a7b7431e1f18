from .cards import ReentryCard
from .people import AgeBand, ContactPerson, Role, User
from .places import Carrier, Partner, Programme, Publish, Quartier

__all__ = [
    "AgeBand",
    "Carrier",
    "ContactPerson",
    "Partner",
    "Programme",
    "Publish",
    "Quartier",
    "ReentryCard",
    "Role",
    "User",
]

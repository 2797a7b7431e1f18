"""Acts on the harvest of an open space: notes and photos of its groups, and what comes out of them.

Whatever screens must learn of is numbered under the event's lock, as everywhere (services.events.log).
"""

from .growing import grow_idea, grow_project
from .notes import hide_note, remove_note, show_note, write_note
from .outcomes import (
    JoinMark,
    edit_outcome,
    hide_outcome,
    join_outcomes,
    make_outcome,
    propose_outcome,
    show_outcome,
)
from .photos import add_photo, conceal_photo, reject_photo, release_photo

__all__ = [
    "JoinMark",
    "add_photo",
    "conceal_photo",
    "edit_outcome",
    "grow_idea",
    "grow_project",
    "hide_note",
    "hide_outcome",
    "join_outcomes",
    "make_outcome",
    "propose_outcome",
    "reject_photo",
    "release_photo",
    "remove_note",
    "show_note",
    "show_outcome",
    "write_note",
]

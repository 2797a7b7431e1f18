"""Acts on open spaces: their states, the seats in them, and the topics on the wall."""

from .lifecycle import (
    change_state,
    create_event,
    set_phase,
    set_scene,
    set_switches,
    update_event,
)
from .seats import take_seat
from .topics import (
    InterestMark,
    hide_topic,
    mark_interests,
    move_topic,
    propose_topic,
    show_interest,
    withdraw_interest,
)

__all__ = [
    "InterestMark",
    "change_state",
    "create_event",
    "hide_topic",
    "mark_interests",
    "move_topic",
    "propose_topic",
    "set_phase",
    "set_scene",
    "set_switches",
    "show_interest",
    "take_seat",
    "update_event",
    "withdraw_interest",
]

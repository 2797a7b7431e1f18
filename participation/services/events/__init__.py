"""Acts on open spaces: their states, scenes and doors, the seats in them, the topics on the wall, and help calls."""

from .calls import call_help, cancel_help, finish_help, take_help
from .doors import rotate_code
from .lifecycle import change_state, create_event, set_phase, set_switches, update_event
from .merging import merge_topic
from .moving import hide_topic, move_topic, restore_topic, withdraw_topic
from .pitching import order_pitches, pitch_next, pitch_topic
from .scenes import prepare_scene, set_scene, take_scene
from .seats import take_seat
from .topics import (
    InterestMark,
    mark_interests,
    propose_topic,
    scribe_topic,
    show_interest,
    withdraw_interest,
)

__all__ = [
    "InterestMark",
    "call_help",
    "cancel_help",
    "change_state",
    "create_event",
    "finish_help",
    "hide_topic",
    "mark_interests",
    "merge_topic",
    "move_topic",
    "order_pitches",
    "pitch_next",
    "pitch_topic",
    "prepare_scene",
    "propose_topic",
    "restore_topic",
    "rotate_code",
    "scribe_topic",
    "set_phase",
    "set_scene",
    "set_switches",
    "show_interest",
    "take_help",
    "take_scene",
    "take_seat",
    "update_event",
    "withdraw_interest",
    "withdraw_topic",
]

"""Acts on the grid: its rooms and slots, topics in its cells, and who means to go where."""

from .attending import HereMark, PlanMark, mark_plans, mark_whereabouts
from .placing import Placed, accept_plan, place_topic, run_topic, unplace_topic
from .rooms import add_room, change_room, remove_room
from .slots import add_slots, change_slot, remove_slot

__all__ = [
    "HereMark",
    "Placed",
    "PlanMark",
    "accept_plan",
    "add_room",
    "add_slots",
    "change_room",
    "change_slot",
    "mark_plans",
    "mark_whereabouts",
    "place_topic",
    "remove_room",
    "remove_slot",
    "run_topic",
    "unplace_topic",
]

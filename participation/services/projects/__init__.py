"""Acts on projects: setting up, announcing, joining, tasks, money.

All take the project's row first, so that capacity and tasks hold when many act at once; all may be repeated.
"""

from .joining import bring_in, join_project, leave_project
from .money import set_budget, set_envelope
from .setting_up import announce_project, conceal_project, create_project, turn_into_project, update_project
from .tasks import add_task, change_task, release_task, remove_task, take_task

__all__ = [
    "add_task",
    "announce_project",
    "bring_in",
    "change_task",
    "conceal_project",
    "create_project",
    "join_project",
    "leave_project",
    "release_task",
    "remove_task",
    "set_budget",
    "set_envelope",
    "take_task",
    "turn_into_project",
    "update_project",
]

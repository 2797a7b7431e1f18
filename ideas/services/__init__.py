"""Acts on ideas: each enforces its rule, locks the idea's row, writes, and may be repeated harmlessly."""

from .comments import delete_comment, hide_comment, unhide_comment, write_comment
from .decisions import decide_idea, hide_idea, set_contact, unhide_idea, withdraw_idea
from .submission import MOST_FIELDS, publish_idea, submit_idea
from .votes import cast_vote, take_back_vote

__all__ = [
    "MOST_FIELDS",
    "cast_vote",
    "decide_idea",
    "delete_comment",
    "hide_comment",
    "hide_idea",
    "publish_idea",
    "set_contact",
    "submit_idea",
    "take_back_vote",
    "unhide_comment",
    "unhide_idea",
    "withdraw_idea",
    "write_comment",
]

"""Names of a room's topic, of the people in it, and of what happens there."""

from typing import Final

POSTED: Final = "message.posted"
CHANGED: Final = "message.changed"
EPOCH: Final = "1"  # a room's numbers never begin anew


def topic_of(room_id: int) -> str:
    """The hub topic of one room."""
    return f"chat.{room_id}"


def room_id_of(topic: str) -> int:
    """The room of a topic."""
    return int(topic.partition(".")[2])


def who_of(user_id: int) -> str:
    """The name that the hub knows a person by."""
    return f"user.{user_id}"


def user_id_of(who: str) -> int:
    """The person of such a name."""
    return int(who.partition(".")[2])

"""Reading ideas for somebody. Forbidden and absent are the same 404."""

from .comments import CommentPage, comment_number, comment_or_404, comments_of, looked_at
from .ideas import (
    SORTS,
    any_idea_or_404,
    arrived_before,
    cards,
    fields,
    held_ideas,
    hot_ideas,
    idea_of_photo_or_404,
    idea_or_404,
    ideas_for,
    own_ideas,
    searched,
    sorted_ideas,
    staff_idea_or_404,
    staff_ideas,
    waiting_ideas,
)
from .story import Step, story_of

__all__ = [
    "SORTS",
    "CommentPage",
    "Step",
    "any_idea_or_404",
    "arrived_before",
    "cards",
    "comment_number",
    "comment_or_404",
    "comments_of",
    "fields",
    "held_ideas",
    "hot_ideas",
    "idea_of_photo_or_404",
    "idea_or_404",
    "ideas_for",
    "looked_at",
    "own_ideas",
    "searched",
    "sorted_ideas",
    "staff_idea_or_404",
    "staff_ideas",
    "story_of",
    "waiting_ideas",
]

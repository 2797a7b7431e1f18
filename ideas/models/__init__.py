from .fields import Field, TaggedIdea
from .ideas import Comment, Idea, Vote
from .story import Entry

__all__ = ["Comment", "Entry", "Field", "Idea", "TaggedIdea", "Vote"]

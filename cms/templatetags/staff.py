"""Small words for the team's screens."""

from django import template

from ideas.models import Idea

register = template.Library()


@register.filter
def days_over(idea: Idea) -> int:
    """How many days an answer is late; 0 when it is not."""
    return max(0, -(idea.days_left or 0))

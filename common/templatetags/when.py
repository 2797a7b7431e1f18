"""Times as people say them, as filters: `{{ idea.published_at|ago }}`, `{{ idea.answer_by|day }}`."""

from django import template

from common import when

register = template.Library()
register.filter("ago", when.ago)
register.filter("day", when.day)
register.filter("weekday_and_day", when.weekday_and_day)

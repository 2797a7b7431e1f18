"""What the API's list of ideas can be narrowed to."""

import django_filters
from django.db.models import QuerySet

from ideas import selectors
from ideas.models import Idea


class IdeaFilter(django_filters.FilterSet):
    """`?state=&field=&q=&sort=`; `sort` narrows too: hot and waiting are undecided."""

    field = django_filters.CharFilter(field_name="fields__slug", help_text="slug of a field of action")
    q = django_filters.CharFilter(method="search", help_text="words; the last one may be a beginning")
    sort = django_filters.ChoiceFilter(method="sort_by", choices=[(name, name) for name in selectors.SORTS])

    class Meta:
        model = Idea
        fields = ["state"]

    def search(self, ideas: QuerySet[Idea], name: str, text: str) -> QuerySet[Idea]:
        return selectors.searched(ideas, self.request.parser_context["view"].quartier, text)

    def sort_by(self, ideas: QuerySet[Idea], name: str, sort: str) -> QuerySet[Idea]:
        return selectors.sorted_ideas(ideas, sort)

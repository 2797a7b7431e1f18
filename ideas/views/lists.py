"""The list of a Quartier's ideas: sorted, filtered, searched, in pages."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import Quartier
from accounts.pages import set_quartier
from accounts.selectors import quartier_or_404
from ideas import selectors
from ideas.models import Field, Idea

PER_PAGE = 12
LONGEST_SEARCH = 80
SORTS = [("hot", _("Heiß")), ("new", _("Neu")), ("waiting", _("Wartet")), ("answered", _("Beantwortet"))]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address asks for; a value that makes no sense is left aside, never refused."""

    sort: str
    field: Field | None
    text: str
    own: bool

    def address(self, **changes: str) -> str:
        """The query string of this wish with some changes; empty values are left out."""
        values = {
            "sort": self.sort if self.sort != "hot" else "",
            "feld": self.field.slug if self.field else "",
            "q": self.text,
            "meine": "1" if self.own else "",
            **changes,
        }
        return "?" + urlencode({name: value for name, value in values.items() if value})


def _wish(request: HttpRequest, fields: list[Field]) -> Wish:
    sort, slug = request.GET.get("sort", ""), request.GET.get("feld")
    return Wish(
        sort=sort if sort in dict(SORTS) else "hot",
        field=next((field for field in fields if field.slug == slug), None),
        text=request.GET.get("q", "").strip()[:LONGEST_SEARCH],
        own=bool(request.GET.get("meine")) and request.user.is_authenticated,
    )


@require_safe
def idea_list(request: HttpRequest, quartier: str) -> HttpResponse:
    """`/<q>/ideen/`: `?sort=hot|new|waiting|answered&feld=<slug>&q=<words>&meine=1&page=2`."""
    place = quartier_or_404(quartier)
    set_quartier(request, place, "ideas")
    fields = list(selectors.fields())
    wish = _wish(request, fields)
    page = Paginator(_wished(request, place, wish), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "wish": wish,
        # They stand for what everybody wrote: whoever looks at the own ideas comes back to all of them.
        "sorts": [(name, label, wish.address(sort=name, meine="")) for name, label in SORTS],
        "chips": [(field, wish.address(feld="" if field == wish.field else field.slug)) for field in fields],
        "own_address": wish.address(meine="" if wish.own else "1"),
        "same_address": wish.address(),
        # "Hot" leaves out what is decided: only the newest first are really all of them.
        "all_address": "?sort=new",
        "others": not page.object_list and selectors.ideas_for(request.user, place).exists(),
    }
    return render(request, "ideas/list.html", context)


def _wished(request: HttpRequest, quartier: Quartier, wish: Wish) -> QuerySet[Idea]:
    mine, everybodys = selectors.own_ideas, selectors.ideas_for
    ideas = (mine if wish.own else everybodys)(request.user, quartier)
    if wish.field is not None:
        ideas = ideas.filter(fields=wish.field)
    if wish.text:
        ideas = selectors.searched(ideas, quartier, wish.text)
    # "Hot" shows what is undecided; who looks for something or for the own ideas wants to see all of them.
    everything = wish.sort == "hot" and (wish.text or wish.own)
    return selectors.sorted_ideas(ideas, "new" if everything else wish.sort)

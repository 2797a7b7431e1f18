"""Writing a new idea: one form, a newcomer's three facts included."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.entry import enter_with, entry_form
from accounts.forms import EntryForm
from accounts.models import Quartier, User
from accounts.pages import set_quartier
from accounts.rules import may_act
from accounts.selectors import quartier_or_404
from accounts.services import ENTRY_REPEATS_FOR
from common.errors import Refused
from ideas import limits, rules, selectors, services
from ideas.forms import IdeaForm
from ideas.models import Idea
from ideas.views.answers import acting, wants_json


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, quartier: str) -> HttpResponse:
    """`/<q>/ideen/neu/`: the form; with `Accept: application/json` the answer is `{url}` or `{errors}`."""
    place = quartier_or_404(quartier)
    set_quartier(request, place, "new")
    if may_act(request.user) and not rules.can_submit(request.user, place):
        return render(request, "ideas/new_forbidden.html", status=403 if request.method == "POST" else 200)
    form = IdeaForm()
    entry = None if may_act(request.user) else entry_form(request, quartier)
    if request.method == "POST":
        form = IdeaForm(request.POST, request.FILES)
        answer = _arrived_before(request, place) if entry else None
        answer = answer or _submit(request, place, form, entry)
        if answer is not None:
            return answer
    return _page(request, form, None if may_act(request.user) else entry)


def _submit(request: HttpRequest, place: Quartier, form: IdeaForm, entry: EntryForm | None) -> HttpResponse | None:
    """The answer to an idea that has arrived; None when the form says what is missing."""
    # Both are looked at before anybody enters, so that a person reads about all mistakes at once.
    complete = form.is_valid() and (entry is None or entry.is_valid())
    if not complete or (entry is not None and enter_with(request, entry) is None):
        return None
    facts = form.cleaned_data.copy()
    facts["fields"] = facts.pop("fields_of_action")
    try:
        limits.SUBMISSIONS.hit(str(request.user.pk))
        idea = services.submit_idea(author=acting(request), quartier=place, **facts)
    except Refused as refusal:
        form.add_error("fields_of_action" if refusal.field == "fields" else _field(refusal, form), str(refusal))
        return None
    _say_thanks(request, idea)
    return _lead_to(request, idea.get_absolute_url())


def _field(refusal: Refused, form: IdeaForm) -> str | None:
    """The field a refusal belongs to: its own, the photo for what the intake says, else the whole form."""
    if refusal.code.startswith("photo"):
        return "photo"
    return refusal.field if refusal.field in form.fields else None


def _say_thanks(request: HttpRequest, idea: Idea) -> None:
    if rules.is_public(idea):
        messages.success(request, _("Deine Idee ist da! Jetzt können alle dafür stimmen."))
    else:
        messages.info(request, _("Danke! Jemand vom Team schaut kurz drauf, dann erscheint deine Idee für alle."))


def _arrived_before(request: HttpRequest, place: Quartier) -> HttpResponse | None:
    """A newcomer's request whose answer got lost comes again, without the session that answer carried.

    For a while `enter` finds the same person and all goes on as usual (None). Later the idea must still not
    be doubled, and nobody is let in by an old form.
    """
    idea = selectors.arrived_before(place, client_id=request.POST.get("client_id", ""))
    if idea is None or (idea.author and _enters_again(idea.author, request.POST.get("entry-entry_id", ""))):
        return None
    messages.success(request, _("Deine Idee ist schon angekommen. Du musst nichts mehr tun."))
    seen = rules.is_public(idea)
    return _lead_to(request, idea.get_absolute_url() if seen else reverse("ideas:list", args=[place.slug]))


def _enters_again(author: User, entry_id: str) -> bool:
    """Will `enter` take this form for the person who wrote the idea?"""
    lately = author.date_joined >= timezone.now() - ENTRY_REPEATS_FOR
    return author.is_active and lately and str(author.entry_id) == entry_id


def _lead_to(request: HttpRequest, url: str) -> HttpResponse:
    return JsonResponse({"url": url}, status=201) if wants_json(request) else redirect(url)


def _page(request: HttpRequest, form: IdeaForm, entry: EntryForm | None) -> HttpResponse:
    forms = [form] if entry is None else [form, entry]
    wrong = any(one.errors for one in forms)
    if wants_json(request):
        errors = {one.add_prefix(name): texts for one in forms for name, texts in one.errors.items()}
        return JsonResponse({"errors": errors}, status=422)
    context = {"form": form, "entry": entry, "most": services.MOST_FIELDS}
    return render(request, "ideas/new.html", context, status=422 if wrong else 200)

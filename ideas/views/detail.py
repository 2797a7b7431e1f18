"""One idea: its page, and what can be done there."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.entry import resident_required
from accounts.pages import set_quartier
from accounts.rules import is_staff_of, may_act
from accounts.selectors import quartier_or_404
from common.errors import Refused
from ideas import limits, rules, selectors, services
from ideas.forms import CommentForm
from ideas.models import Idea
from ideas.views.answers import acting, refused, wants_json, way_back


def _idea(request: HttpRequest, quartier: str, pk: int) -> Idea:
    place = quartier_or_404(quartier)
    set_quartier(request, place, "ideas")
    return selectors.idea_or_404(request.user, place, pk)


@require_safe
def detail(request: HttpRequest, quartier: str, pk: int) -> HttpResponse:
    """`/<q>/ideen/<pk>/`; `?vor=<comment>` shows the comments before that one."""
    return _page(request, _idea(request, quartier, pk), CommentForm())


def _page(request: HttpRequest, idea: Idea, form: CommentForm) -> HttpResponse:
    user = request.user
    comments = selectors.comments_of(user, idea, before=selectors.comment_number(request.GET.get("vor")))
    context = {
        "idea": idea,
        "story": selectors.story_of(idea),
        "page": comments,
        "paged": "vor" in request.GET,
        "form": form,
        "takes_votes": rules.takes_votes(idea) and not (may_act(user) and user.is_staff),
        # A form that was refused is shown again with what was typed, whatever the reason.
        "takes_comments": form.is_bound
        or (rules.takes_comments(idea) and (not may_act(user) or rules.can_comment(user, idea))),
        "can_withdraw": rules.can_withdraw(user, idea),
        "is_author": rules.is_author(user, idea),
        "is_team": is_staff_of(user, idea.quartier),
        "is_public": rules.is_public(idea),
        # Where a merged idea went is told only if everybody may read it there.
        "merged_into": idea.merged_into if idea.merged_into and rules.is_public(idea.merged_into) else None,
    }
    return render(request, "ideas/detail.html", context, status=422 if form.errors else 200)


ACTS = {"cast": services.cast_vote, "take_back": services.take_back_vote}
WISHES = {"1": "cast", "0": "take_back"}


@never_cache
@resident_required
@require_http_methods(["GET", "POST"])
def vote(request: HttpRequest, quartier: str, pk: int) -> HttpResponse:
    """POST `act=cast|take_back` (or the wish `on=1|0`); answers `{count, voted}` or leads back."""
    try:
        idea = _idea(request, quartier, pk)
    except Http404:
        if wants_json(request):  # hidden or withdrawn while somebody had the list before them
            return refused(Refused("absent", _("Diese Idee gibt es nicht mehr.")))
        raise
    if request.method != "POST":  # somebody came back here by the browser's history
        return redirect(idea)
    act = request.POST.get("act") or WISHES.get(request.POST.get("on", ""), "")
    try:
        if act not in ACTS:
            raise Refused("invalid", _("Das kam nicht richtig an. Lade die Seite neu und tipp noch einmal."))
        limits.VOTES.hit(str(request.user.pk))
        count = ACTS[act](voter=acting(request), idea=idea)
    except Refused as refusal:
        if wants_json(request):
            return refused(refusal)
        messages.error(request, str(refusal))
    else:
        if wants_json(request):
            return JsonResponse({"count": count, "voted": act == "cast"})
        messages.success(request, _("Deine Stimme zählt.") if act == "cast" else _("Deine Stimme ist zurückgenommen."))
    back = way_back(request, idea.get_absolute_url())
    return redirect(back if "#" in back else f"{back}#idee-{idea.pk}")


@never_cache
@resident_required
@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest, quartier: str, pk: int) -> HttpResponse:
    """A new comment; a mistake shows the page again with what was typed."""
    idea = _idea(request, quartier, pk)
    if request.method != "POST":  # a newcomer who reloaded the entry page, or changed its language
        return redirect(f"{idea.get_absolute_url()}#kommentare")
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, idea, form)
    try:
        limits.COMMENTS.hit(str(request.user.pk))
        written = services.write_comment(author=acting(request), idea=idea, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
        return _page(request, idea, form)
    return redirect(f"{idea.get_absolute_url()}#kommentar-{written.pk}")


@never_cache
@resident_required
@require_http_methods(["GET", "POST"])
def delete_comment(request: HttpRequest, quartier: str, pk: int, comment_pk: int) -> HttpResponse:
    """One's own comment goes; pressing twice does no harm."""
    idea = _idea(request, quartier, pk)
    if request.method != "POST":
        return redirect(f"{idea.get_absolute_url()}#kommentare")
    found = selectors.comment_or_404(request.user, idea, comment_pk)
    try:
        services.delete_comment(comment=found, by=acting(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Dein Kommentar ist weg."))
    return redirect(f"{idea.get_absolute_url()}#kommentare")


@never_cache
@resident_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, quartier: str, pk: int) -> HttpResponse:
    """Asks once, then takes the own idea back. For everybody else there is no such page."""
    idea = _idea(request, quartier, pk)
    if not rules.is_author(request.user, idea):
        raise Http404
    if request.method != "POST":
        if not rules.can_withdraw(request.user, idea):  # it is withdrawn or decided already: nothing to ask
            return redirect(idea)
        return render(request, "ideas/withdraw.html", {"idea": idea})
    try:
        services.withdraw_idea(idea=idea, by=acting(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(idea)
    messages.success(request, _("Deine Idee ist zurückgezogen. Du siehst sie noch, die anderen nicht mehr."))
    return redirect(f"{reverse('ideas:list', args=[idea.quartier.slug])}?meine=1")

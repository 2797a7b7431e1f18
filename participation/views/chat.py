"""Pages of the chat: my rooms, a room, help, deleting. They work without scripts; sockets only deliver."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.entry import resident_required
from accounts.models import User
from accounts.pages import set_quartier
from common.errors import Refused
from participation.forms.chat import MessageForm
from participation.live.chat import EPOCH
from participation.models import ChatRoom, Message
from participation.rules import chat as rules
from participation.rules.help_lines import HELP_LINES
from participation.selectors import chat as selectors
from participation.services import chat as services


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """`/chat/`: my rooms."""
    request.here = "chat"  # type: ignore[attr-defined]
    return render(request, "chat/mine.html", {"rows": selectors.my_rooms(request.user)})


@never_cache
@require_http_methods(["GET", "POST"])
@resident_required
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """`/chat/<pk>/`: a room; `?vor=<seq>` shows what was said before that number."""
    try:
        found = selectors.room_or_404(request.user, pk)
    except Http404:
        return _onward(request, pk)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if form.is_bound and _posted(request, found, form):
        return redirect(f"{_address(found)}#unten")
    return render(request, "chat/room.html", _page(request, found, form), status=422 if form.errors else 200)


def _onward(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is not (or no more) in a public project is led to it; anything else is absent."""
    project = selectors.public_project_of_room_or_404(pk)
    messages.info(request, _("Der Chat ist für alle, die mitmachen. Mach mit, dann bist du drin."))
    return redirect(project)


def _posted(request: HttpRequest, found: ChatRoom, form: MessageForm) -> Message | None:
    """Writes what the form brings; None when the form then says what is wrong."""
    if not form.is_valid():
        return None
    author = cast(User, request.user)
    try:
        services.PACE.hit(str(author.pk))
        return services.post_message(author=author, room=found, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
        return None


@dataclass(frozen=True)
class Line:
    """A message as the template shows it to one person."""

    pk: int
    seq: int
    name: str
    text: str
    sent_at: Any
    is_mine: bool
    is_staff: bool
    is_gone: bool
    may_delete: bool
    delete_url: str
    report_url: str


def _page(request: HttpRequest, found: ChatRoom, form: MessageForm) -> dict[str, Any]:
    set_quartier(request, rules.quartier_of(found), "chat")
    before = _number(request.GET.get("vor"))
    rows, older = selectors.newest(found.pk, before=before)
    standing = rules.standing(request.user, found)
    return {
        "room": found,
        "epoch": EPOCH,
        "zone": timezone.get_current_timezone_name(),
        "title": selectors.title_of(found),
        "home": selectors.home_of(found),
        "people": selectors.people_in(found),
        "contacts": selectors.who_reads_along(found),
        "help_lines": HELP_LINES,
        "lines": [_line(request.user, found, message) for message in rows],
        "blanks": [_blank(found, is_mine=is_mine, is_staff=standing == "staff") for is_mine in (True, False)],
        "older": f"?vor={rows[0].seq}" if older else "",
        "is_latest": before is None,
        "form": form,
        "is_team": standing == "staff",
        "may_write": rules.may_write(standing, found),
        "modes": ChatRoom.Mode.choices,
        "closed": {mode: services.REFUSALS[mode] for mode in (ChatRoom.Mode.READ_ONLY, ChatRoom.Mode.FROZEN)},
    }


def _line(user: Any, found: ChatRoom, message: Message) -> Line:
    message.room = found
    return Line(
        pk=message.pk,
        seq=message.seq,
        name=selectors.name_of(message),
        text=message.text,
        sent_at=message.sent_at,
        is_mine=message.author_id == user.pk,
        is_staff=message.by_staff,
        is_gone=rules.is_gone(message),
        may_delete=rules.can_delete(user, message),
        delete_url=reverse("chat:delete", args=[found.pk, message.pk]),
        report_url=reverse("moderation:report", args=["message", message.pk]),
    )


def _blank(found: ChatRoom, *, is_mine: bool, is_staff: bool) -> Line:
    """The same markup for the script that adds messages; it puts the number in place of the 0."""
    return Line(
        pk=0,
        seq=0,
        name="",
        text="",
        sent_at=None,
        is_mine=is_mine,
        is_staff=is_staff or not is_mine,
        is_gone=False,
        may_delete=is_mine or is_staff,
        delete_url=reverse("chat:delete", args=[found.pk, 0]),
        report_url=reverse("moderation:report", args=["message", 0]),
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


def _address(found: ChatRoom) -> str:
    return reverse("chat:room", args=[found.pk])


@never_cache
@require_safe
@resident_required
def get_help(request: HttpRequest, pk: int) -> HttpResponse:
    """`/chat/<pk>/hilfe/`: whom to call, and when somebody of the team is there."""
    found = selectors.room_or_404(request.user, pk)
    set_quartier(request, rules.quartier_of(found), "chat")
    context = {"room": found, "contacts": selectors.who_reads_along(found), "help_lines": HELP_LINES}
    return render(request, "chat/help.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@resident_required
def delete(request: HttpRequest, pk: int, message_pk: int) -> HttpResponse:
    """`/chat/<pk>/<message>/loeschen/`: asks once, because the words are gone then."""
    message = selectors.message_or_404(request.user, pk, message_pk)
    if request.method == "POST":
        services.delete_message(message=message, by=cast(User, request.user))
        return redirect(f"{_address(message.room)}#m{message.pk}")
    if message.deleted_at is not None:  # its words are gone for the team, too
        return redirect(f"{_address(message.room)}#m{message.pk}")
    set_quartier(request, rules.quartier_of(message.room), "chat")
    return render(request, "chat/delete.html", {"message_text": message.text, "back": _address(message.room)})


@never_cache
@require_http_methods(["GET", "POST"])
@resident_required
def mode(request: HttpRequest, pk: int) -> HttpResponse:
    """`/chat/<pk>/modus/`: the team opens, closes or freezes a room."""
    found = selectors.room_or_404(request.user, pk)
    if request.method != "POST":
        return redirect("chat:room", pk=pk)
    try:
        services.set_mode(room=found, by=cast(User, request.user), mode=request.POST.get("mode", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("chat:room", pk=pk)

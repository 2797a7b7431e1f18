"""The story "Was wird draus?": what was, what is now with its promised day, and what can come."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.when import day, weekday_and_day
from ideas.models import Entry, Idea

Kind, State = Entry.Kind, Idea.State


@dataclass(frozen=True, slots=True)
class Step:
    """One step for components/story.html: `state` is done, now, next or stopped."""

    state: str
    title: "str | Promise"
    text: "str | SafeString" = ""
    date: str = ""


STOPS = frozenset({Kind.PARKED, Kind.NOT_POSSIBLE, Kind.WITHDRAWN, Kind.MERGED})


def story_of(idea: Idea) -> list[Step]:
    """The steps in their order; one query."""
    entries = list(idea.story.all())
    if not entries:
        return [Step("now", _("Wartet auf einen Blick"), _("Das Team liest deine Idee und schaltet sie dann frei."))]
    steps = [_told(entry) for entry in entries]
    if idea.state == State.UNDER_REVIEW and entries[-1].kind == Kind.UNDER_REVIEW:
        steps[-1] = Step("now", steps[-1].title, entries[-1].reason or _promise(idea), steps[-1].date)
    return steps + _ahead(idea, entries[-1].kind)


def _told(entry: Entry) -> Step:
    state = "stopped" if entry.kind in STOPS else "done"
    text = entry.reason
    if not text and entry.kind == Kind.PUBLISHED:
        text = _("alle können sie sehen und dafür stimmen")
    return Step(state, entry.get_kind_display(), text, day(entry.at))


def _ahead(idea: Idea, last: str) -> list[Step]:
    """What is still to come while nothing is decided."""
    if not idea.is_open:
        return []
    project = Step("next", _("Mikroprojekt"), _("wenn Förderung, Ort und Team feststehen"))
    if last == Kind.UNDER_REVIEW:
        return [project]
    if idea.answered_at is not None:
        return [Step("now", _("Wie geht es weiter?"), _("Das Team entscheidet noch.")), project]
    return [Step("now", _("Wartet auf Antwort"), _promise(idea)), project]


def _promise(idea: Idea) -> "str | SafeString":
    """The promised day and how far it is, said honestly when it has passed."""
    if idea.answered_at is not None or idea.answer_by is None or idea.days_left is None:
        return ""
    when = format_html("<b>{}</b>", weekday_and_day(idea.answer_by))
    if idea.days_left < 0:
        late = ngettext(
            "Antwort war versprochen bis {day} – %(count)d Tag drüber. Beim Team steht sie jetzt ganz oben.",
            "Antwort war versprochen bis {day} – %(count)d Tage drüber. Beim Team steht sie jetzt ganz oben.",
            -idea.days_left,
        ) % {"count": -idea.days_left}
        return format_html(late, day=when)
    if idea.days_left == 0:
        return format_html(_("Antwort bis heute, {day}"), day=when)
    left = ngettext(
        "Antwort bis {day} – noch %(count)d Tag", "Antwort bis {day} – noch %(count)d Tage", idea.days_left
    ) % {"count": idea.days_left}
    return format_html(left, day=when)

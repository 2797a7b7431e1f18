"""What the projector shows: prepared, looked at by the team, and then taken."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.errors import Refused
from participation.live import events as live
from participation.models import Event
from participation.rules import events as rules
from participation.selectors.events import event_facts

from .log import lock_event_for, record
from .undoing import offer_undo, too_late

Scene = dict[str, Any]


@transaction.atomic
def set_scene(*, event: Event, by: User, kind: str, **facts: Any) -> Event:
    """Choose what the projector shows at once; that can be taken back.

    `facts`: `ballot` and `topic` are numbers, `minutes` belongs to timer and break, `text` to timer, news, break
    and message. Raises Refused `forbidden`, `unknown_scene`, `empty`.
    """
    locked = lock_event_for(event=event, by=by)
    _show(locked, _prepared(locked, kind, facts))
    return locked


@transaction.atomic
def prepare_scene(*, event: Event, by: User, kind: str, **facts: Any) -> Event:
    """Prepare what comes next: the stage sees it, the projector does not. Raises Refused as `set_scene`."""
    locked = lock_event_for(event=event, by=by)
    scene = _prepared(locked, kind, facts)
    if scene != locked.next_scene:
        locked.next_scene = scene
        locked.save(update_fields=["next_scene"])
        record(event=locked, kind=live.STAGE_CHANGED, data={})
    return locked


@transaction.atomic
def take_scene(*, event: Event, by: User) -> Event:
    """Put on the projector what was prepared; without anything prepared nothing happens."""
    locked = lock_event_for(event=event, by=by)
    if locked.next_scene:
        _show(locked, locked.next_scene)
        locked.next_scene = {}
        locked.save(update_fields=["next_scene"])
    return locked


def place_scene(*, event: Event, kind: str, **facts: Any) -> None:
    """Put a scene on the projector of a locked event, as a part of another act."""
    scene = _started({"kind": kind, **{name: value for name, value in facts.items() if value not in (None, "")}})
    if scene != event.scene:
        event.scene = scene
        event.save(update_fields=["scene"])
        record_event(event=event)


def put_scene_back(event: Event, facts: dict[str, Any]) -> None:
    """Take back a change of scenes. Raises Refused `too_late` when it has changed again."""
    if event.scene != facts["now"]:
        raise too_late()
    event.scene = facts["before"]
    event.save(update_fields=["scene"])
    record_event(event=event)


def record_event(*, event: Event) -> None:
    """Tell every screen how a locked event is now."""
    record(event=event, kind=live.EVENT_CHANGED, data=event_facts(event))


def _show(event: Event, scene: Scene) -> None:
    scene, before = _started(scene), event.scene
    if scene == before:
        return
    event.scene = scene
    event.save(update_fields=["scene"])
    record_event(event=event)
    offer_undo(event=event, act="scene", before=before, now=scene)


def _started(scene: Scene) -> Scene:
    """Minutes begin to run when they are shown: `ends` in milliseconds of the server's clock."""
    if "minutes" not in scene:
        return scene
    ends = timezone.now() + timedelta(minutes=scene["minutes"])
    kept = {name: value for name, value in scene.items() if name != "minutes"}
    return {**kept, "ends": int(ends.timestamp() * 1000)}


def _prepared(event: Event, kind: str, facts: dict[str, Any]) -> Scene:
    """A scene as it is kept. Raises Refused `unknown_scene`, `empty`."""
    text = " ".join(str(facts.get("text") or "").split())[: rules.LONGEST_MESSAGE]
    if kind == "message" and not text:
        raise Refused("empty", _("Schreib, was alle lesen sollen."), field="text")
    about = _about(event, kind, facts)
    if about is None:
        raise Refused("unknown_scene", _("Das kann der Beamer gerade nicht zeigen."))
    return {"kind": kind, **about, **(_said(text) if kind in rules.SAYING_SCENES else {})}


def _about(event: Event, kind: str, facts: dict[str, Any]) -> Scene | None:
    """What belongs to a scene of that kind, or None when it lacks what it shows."""
    if kind in rules.PLAIN_SCENES or kind in {"news", "message"}:
        return {}
    if kind in {"ballot", "result"}:
        return {"ballot": facts["ballot"]} if _has_ballot(event, kind, facts.get("ballot")) else None
    if kind == "pitch":
        shown = event.topics.filter(number=facts.get("topic") or 0, state__in=rules.SHOWN_TOPICS).exists()
        return {"topic": facts["topic"], "minutes": rules.PITCH_SECONDS / 60} if shown else None
    minutes = int(facts.get("minutes") or 0)
    if kind == "break" and minutes == 0:
        return {}
    return {"minutes": minutes} if kind in {"timer", "break"} and 1 <= minutes <= rules.LONGEST_TIMER else None


def _said(text: str) -> Scene:
    return {"text": text} if text else {}


def _has_ballot(event: Event, kind: str, number: int | None) -> bool:
    """A ballot or a result needs its ballot, and a result must be revealed."""
    found = event.ballots.exclude(state__in=live.HIDDEN_BALLOTS).filter(number=number or 0).first()
    return found is not None and (kind == "ballot" or found.state in {"revealed", "filed"})

"""Ideas with their votes, comments and stories."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Publish, User
from accounts.services import update_quartier
from cms.demo.sack import Plot, Sack, backdate
from common.illustrations.photo import paint
from ideas import services
from ideas.models import Entry, Idea

# Enough for a phone, and a third of the work of a full one.
PHOTO_SIZE = (800, 600)
# Steps that are not taken from the story while it is told: they need another idea or a project.
LATER = {"becomes_project", "merged"}


def sow_ideas(sack: Sack, plot: Plot) -> None:
    """All ideas first, because a merged one names another; projects take what `becomes_project` later."""
    for number, row in enumerate(plot.texts["idea"]):
        plot.ideas.append(_sow_idea(sack, plot, number, row))
    for row, idea in zip(plot.texts["idea"], plot.ideas, strict=True):
        if row["state"] != Idea.State.SUBMITTED:
            _sow_votes(sack, row, idea)
            _sow_comments(sack, plot, row, idea)
            _sow_story(sack, plot, row, idea)


def _sow_idea(sack: Sack, plot: Plot, number: int, row: dict[str, Any]) -> Idea:
    held = row["state"] == Idea.State.SUBMITTED
    with _publishing(plot, held=held):
        idea = services.submit_idea(
            author=sack.people[row["by"]],
            quartier=plot.quartier,
            client_id=sack.id("idea", plot.quartier.slug, number),
            title=row["title"],
            text=row["text"].strip(),
            place=row["place"],
            fields=[sack.fields[row["field"]]],
            photo=_photo(row, number) if row["photo"] else None,
        )
    moment = sack.days_ago(row["days_ago"])
    backdate(idea, submitted_at=moment)
    if not held:
        if idea.state == Idea.State.SUBMITTED:
            services.publish_idea(idea=idea, by=plot.lead)
        answer_by = timezone.localdate(moment) + timedelta(days=plot.quartier.answer_days)
        backdate(idea, published_at=moment, answer_by=answer_by)
        idea.story.update(at=moment)
    idea.refresh_from_db()
    return idea


class _publishing:  # noqa: N801 (reads as a word where it is used)
    """An idea that still waits was sent in while the Quartier looked first."""

    def __init__(self, plot: Plot, *, held: bool) -> None:
        self.plot, self.held = plot, held
        self.usual = plot.quartier.publish_residents

    def __enter__(self) -> None:
        if self.held:
            self._set(Publish.AFTER_LOOK)

    def __exit__(self, *_problem: object) -> None:
        if self.held:
            self._set(self.usual)

    def _set(self, publish: str) -> None:
        update_quartier(quartier=self.plot.quartier, by=self.plot.lead, publish_residents=publish)


def _photo(row: dict[str, Any], number: int) -> SimpleUploadedFile:
    """A photo as a phone would send it, painted."""
    return SimpleUploadedFile("foto.jpg", paint(row["field"], f"{row['title']}{number}", PHOTO_SIZE), "image/jpeg")


def _sow_votes(sack: Sack, row: dict[str, Any], idea: Idea) -> None:
    for nickname in row["votes"]:
        services.cast_vote(voter=sack.people[nickname], idea=idea)
    for vote in idea.votes.all():
        backdate(vote, cast_at=sack.days_ago(sack.dice.uniform(0, row["days_ago"])))


def _sow_comments(sack: Sack, plot: Plot, row: dict[str, Any], idea: Idea) -> None:
    for number, said in enumerate(sorted(row["comments"], key=lambda said: -said["days_ago"])):
        comment = services.write_comment(
            author=who(sack, plot, said["by"]),
            idea=idea,
            client_id=sack.id("comment", idea.pk, number),
            text=said["text"].strip(),
        )
        # An hour apart at least, so that a thread reads in the order it was written.
        moment = sack.now - timedelta(days=said["days_ago"], minutes=-7 * number)
        backdate(comment, written_at=min(moment, sack.now - timedelta(minutes=3)))


def who(sack: Sack, plot: Plot, key: str) -> User:
    return plot.staff(key) if key in plot.contacts else sack.people[key]


def _sow_story(sack: Sack, plot: Plot, row: dict[str, Any], idea: Idea) -> None:
    told = sorted(row["story"], key=lambda step: -step["days_ago"])
    for step in told:
        if step["kind"] not in LATER:
            entry = services.decide_idea(
                idea=idea, by=plot.staff(step["by"]), kind=step["kind"], reason=step["reason"].strip()
            )
            move_step(sack, entry, step["days_ago"])
    if row["state"] == Idea.State.WITHDRAWN:
        services.withdraw_idea(idea=idea, by=sack.people[row["by"]])
        move_step(sack, idea.story.latest("pk"), max(0, row["days_ago"] - 2))
    elif row["state"] == Idea.State.MERGED:
        _merge(sack, plot, row, idea, told)
    idea.refresh_from_db()


def _merge(sack: Sack, plot: Plot, row: dict[str, Any], idea: Idea, told: list[dict[str, Any]]) -> None:
    other = next(other for other in plot.ideas if other.title == row["merged_into"])
    step = next((step for step in told if step["kind"] == "merged"), None)
    entry = services.decide_idea(
        idea=idea,
        by=plot.staff(step["by"]) if step else plot.lead,
        kind=Entry.Kind.MERGED,
        reason=step["reason"].strip() if step else f"Das gehört zu „{other.title}“. Zusammen seid ihr mehr.",
        into=other,
    )
    move_step(sack, entry, step["days_ago"] if step else max(0, row["days_ago"] - 3))


def move_step(sack: Sack, entry: Entry, days_ago: float) -> None:
    """A step of the story, and the answer it gave, happened some days ago."""
    moment = sack.days_ago(days_ago)
    backdate(entry, at=moment)
    if entry.kind != Entry.Kind.UNDER_REVIEW:
        Idea.objects.filter(pk=entry.idea_id, answered_at__isnull=False).update(answered_at=moment)

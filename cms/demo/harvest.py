"""What came of an open space: notes, a photographed flipchart, outcomes and who is in."""

from io import BytesIO
from pathlib import Path
from typing import Any

import font_source_sans_pro
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from cms.demo.sack import Plot, Sack
from participation.models import Event, Note, Outcome, Seat, Topic
from participation.services import harvest
from participation.services.events import set_switches

PAPER, INK, MARKER = "#f7f3e8", "#20242b", "#2b4bbf"
BOLD = Path(font_source_sans_pro.font_directory) / "SourceSansPro-Bold.otf"


def sow_harvest(sack: Sack, plot: Plot, row: dict[str, Any], event: Event, seats: list[Seat]) -> None:
    """Notes and photos of each topic as the texts tell them, then the outcomes."""
    if event.state == Event.State.LIVE and any(told.get("want") for told in row.get("topic", [])):
        set_switches(event=event, by=plot.lead, notes_open=True)
    topics = {topic.title: topic for topic in event.topics.select_related("event__quartier")}
    for told in row.get("topic", []):
        _sow_notes(sack, plot, told, topics[told["title"]], seats)
    for told in row.get("outcome", []):
        _sow_outcome(sack, plot, told, topics[told["topic"]], seats)


def _sow_notes(sack: Sack, plot: Plot, told: dict[str, Any], topic: Topic, seats: list[Seat]) -> None:
    for section in Note.Section.values:
        for number, text in enumerate(told.get(section, [])):
            op = sack.id("note", topic.pk, section, number)
            harvest.write_note(topic=topic, author=sack.dice.choice(seats), op=op, section=section, text=text)
    if "flipchart" in told:
        harvest.add_photo(
            topic=topic,
            author=plot.lead,
            client_id=sack.id("flipchart", topic.pk),
            upload=_flipchart(told["title"], told.get("want", [])),
            caption=told["flipchart"],
        )


def _sow_outcome(sack: Sack, plot: Plot, told: dict[str, Any], topic: Topic, seats: list[Seat]) -> None:
    event = topic.event
    outcome = harvest.make_outcome(
        event=event,
        by=plot.lead,
        client_id=sack.id("outcome", event.pk, told["title"]),
        title=told["title"],
        text=told["text"],
        topic=topic.number,
    )
    keen = sack.dice.sample(seats, min(told["joined"], len(seats)))
    marks = [harvest.JoinMark(seat, sack.id("join", outcome.pk, seat.pk), outcome.number, on=True) for seat in keen]
    harvest.join_outcomes(event_id=event.pk, marks=marks)
    _grow(plot, outcome, told.get("becomes", ""))


def _grow(plot: Plot, outcome: Outcome, becomes: str) -> None:
    if becomes == "idea":
        harvest.grow_idea(outcome=outcome, by=plot.lead)
    elif becomes == "project":
        harvest.grow_project(outcome=outcome, by=plot.lead)


def _flipchart(title: str, lines: list[str]) -> SimpleUploadedFile:
    """A sheet of paper with a few lines in marker, a little crooked, as phones see them."""
    sheet = Image.new("RGB", (900, 1200), PAPER)
    draw = ImageDraw.Draw(sheet)
    top = _write(draw, title, 90, size=64, fill=MARKER)
    draw.line([(70, top + 12), (830, top + 4)], fill=MARKER, width=8)
    for line in lines:
        top = _write(draw, f"– {line}", top + 46, size=44, fill=INK)
    photo = sheet.rotate(-2, resample=Image.Resampling.BICUBIC, expand=True, fillcolor="#8c8f94")
    out = BytesIO()
    photo.save(out, "JPEG", quality=82)
    return SimpleUploadedFile("flipchart.jpg", out.getvalue(), content_type="image/jpeg")


def _write(draw: ImageDraw.ImageDraw, text: str, top: int, *, size: int, fill: str) -> int:
    """The text in lines that fit the sheet; returns where it ends."""
    font = ImageFont.truetype(str(BOLD), size)
    line = ""
    for word in [*text.split(), ""]:
        longer = f"{line} {word}".strip()
        if word and draw.textlength(longer, font=font) <= 760:
            line = longer
            continue
        draw.text((70, top), line, font=font, fill=fill)
        top, line = top + size + 10, word
    return top

"""Projects with members, tasks, budget and talk."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from cms.demo.ideas import move_step, who
from cms.demo.places import paragraphs
from cms.demo.sack import Plot, Sack, backdate
from cms.services import draft_page_for, publish_page
from ideas.models import Idea
from participation.models import BudgetLine, Project, Task
from participation.selectors.projects import is_member
from participation.services.chat import open_room, post_message
from participation.services.projects import (
    create_project,
    join_project,
    take_task,
    turn_into_project,
    update_project,
)

STEPS = ("planned", "running", "finished", "exhibited")


def sow_projects(sack: Sack, plot: Plot) -> None:
    for row in plot.texts["project"]:
        project = _create(sack, plot, row)
        plot.projects.append(project)
        page = draft_page_for(project=project, by=plot.lead, body_html_paragraphs=paragraphs(row["body"]))
        publish_page(page, plot.lead)
        project.refresh_from_db()
        _fill(sack, plot, row, project)
        _walk_to(plot, project, row["state"])
        backdate(project, announced_at=sack.days_ago(max(1, -row["starts_in_days"] + 14)))


def _create(sack: Sack, plot: Plot, row: dict[str, Any]) -> Project:
    facts: dict[str, Any] = {
        "title": row["title"],
        "slug": row["slug"],
        "summary": row["summary"],
        "easy": row.get("easy", "").strip(),
        "results": row.get("results", "").strip(),
        "format": row["format"],
        "capacity": row["capacity"] or None,
        "age_min": row["age_min"],
        "age_max": row["age_max"],
        "place": row["place"],
        "starts_on": sack.day(row.get("starts_in_days")),
        "ends_on": sack.day(row.get("ends_in_days")),
        "guardian_consent": row["guardian_consent"],
        "fields": [sack.fields[row["field"]]],
        "contacts": [plot.contacts[key] for key in row["contacts"]],
        "partners": [plot.partners[key] for key in row["partners"]],
    }
    if "grew_from" not in row:
        return create_project(quartier=plot.quartier, by=plot.lead, **facts)
    return _grow(sack, plot, plot.texts["idea"][row["grew_from"]], plot.ideas[row["grew_from"]], facts)


def _grow(sack: Sack, plot: Plot, told: dict[str, Any], idea: Idea, facts: dict[str, Any]) -> Project:
    step = next((step for step in told["story"] if step["kind"] == "becomes_project"), None)
    project = turn_into_project(
        idea=idea,
        by=plot.staff(step["by"]) if step else plot.lead,
        reason=step["reason"].strip() if step else "Viele wollen es, und ein Platz dafür ist gefunden.",
        **facts,
    )
    move_step(sack, idea.story.latest("pk"), step["days_ago"] if step else max(0, told["days_ago"] - 5))
    return project


def _fill(sack: Sack, plot: Plot, row: dict[str, Any], project: Project) -> None:
    for nickname in row["members"]:
        membership = join_project(resident=sack.people[nickname], project=project)
        backdate(membership, joined_at=sack.days_ago(sack.dice.uniform(1, 60)))
    for task in row.get("tasks", []):
        made = Task.objects.create(project=project, title=task["title"], due_on=sack.day(task["due_in_days"]))
        if task["taken_by"]:
            take_task(resident=sack.people[task["taken_by"]], task=made)
    for line in row.get("budget", []):
        amounts = {name: Decimal(line[name]) for name in ("planned", "committed", "spent")}
        BudgetLine.objects.create(project=project, title=line["title"], **amounts)
    if row.get("chat"):
        _talk(sack, plot, row["chat"], project)


def _talk(sack: Sack, plot: Plot, lines: list[dict[str, Any]], project: Project) -> None:
    room = open_room(project=project)
    for number, line in enumerate(sorted(lines, key=lambda line: -line["minutes_ago"])):
        author = who(sack, plot, line["by"])
        if not author.is_staff and not is_member(author, project):
            join_project(resident=author, project=project)
        message = post_message(
            author=author, room=room, client_id=sack.id("talk", project.pk, number), text=line["text"].strip()
        )
        backdate(message, sent_at=sack.now - timedelta(minutes=line["minutes_ago"]))


def _walk_to(plot: Plot, project: Project, state: str) -> None:
    for step in STEPS[1 : STEPS.index(state) + 1]:
        update_project(project=project, by=plot.lead, state=step)

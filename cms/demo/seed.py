"""The order of sowing: site, Quartiere, ideas, projects, events, administration."""

from collections.abc import Iterator

from django.db import transaction

from cms.demo.events import sow_events
from cms.demo.ideas import sow_ideas
from cms.demo.places import sow_administration, sow_quartier, sow_site
from cms.demo.projects import sow_projects
from cms.demo.sack import Sack, quartier_names
from ideas.models import Comment, Idea, Vote
from participation.models import Project


def sow(seed: int) -> Iterator[str]:
    """Puts the whole demo in place, all or nothing, and says how far it is."""
    with transaction.atomic():
        sack = Sack(seed)
        sow_site(sack)
        plots = []
        for name in quartier_names():
            plot = sow_quartier(sack, name)
            sow_ideas(sack, plot)
            sow_projects(sack, plot)
            sow_events(sack, plot)
            plots.append(plot)
            yield f"{plot.quartier}: {len(plot.ideas)} ideas, {len(plot.projects)} projects"
        sow_administration(plots)
    counts = (Project, Idea, Vote, Comment)
    yield ", ".join(f"{model.objects.count()} {model._meta.model_name}s" for model in counts)

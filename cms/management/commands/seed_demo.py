"""`manage.py seed_demo --seed 7`: five Quartiere with everything in them, made through the services."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.selectors import all_quartiere
from cms.demo.seed import sow


class Command(BaseCommand):
    help = "Fills an empty database with the demo: five Quartiere, projects, ideas, votes, chats, an open space."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=7, help="the same number draws the same demo")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there is a Quartier")

    def handle(self, *args: Any, **options: Any) -> None:
        if all_quartiere().exists():
            if options["if_empty"]:
                return
            raise CommandError("There are Quartiere already; the demo goes into an empty database only.")
        for line in sow(options["seed"]):
            self.stdout.write(line)

"""`manage.py recount [JOINCODE [NUMBER]]`: count every paper again and compare with what is kept."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from participation.models import Ballot
from participation.selectors.events import clean_code
from participation.selectors.sheets import counted_ballots, differences

WRONG = {
    "result": "the result is not the sum of the papers",
    "papers": "the number of papers is not the one that was counted",
    "receipts": "there are not as many receipts as papers",
    "checksum": "the checksum is not that of the sheet",
}


class Command(BaseCommand):
    """Ends with 1 when anything differs. Without arguments it counts every ballot of every event."""

    help = "Counts ballots again from their papers and checks results and checksums."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("join_code", nargs="?", default="", help="only this event")
        parser.add_argument("number", nargs="?", type=int, help="only this ballot of the event")

    def handle(self, *args: Any, join_code: str, number: int | None, **options: Any) -> None:
        ballots = counted_ballots(clean_code(join_code), number)
        if not ballots and join_code:
            raise CommandError("There is no counted ballot of this name.")
        different = [ballot for ballot in ballots if self._differs(ballot)]
        told = f"{len(ballots)} counted again, {len(different)} different"
        if different:
            raise CommandError(told)
        self.stdout.write(told)

    def _differs(self, ballot: Ballot) -> bool:
        wrong = differences(ballot)
        name = f"{ballot.event.join_code} {ballot.number}"
        if not wrong:
            self.stdout.write(f"{name}: {ballot.paper_count} papers, as kept, {ballot.checksum}")
        for what in wrong:
            self.stdout.write(f"{name}: DIFFERENT, {WRONG[what]}")
        return bool(wrong)

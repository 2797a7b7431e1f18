"""Pages of an open space: its door, the phone, the projector and the stage."""

from .door import door, join, new
from .helper import helped, helper
from .papers import poster, tickets, wall_paper
from .phone import phone
from .plan import plan
from .proceedings import outcome, proceedings, proceedings_file
from .report import report
from .screen import screen, wall
from .scribe import scribe
from .sheet import sheet, sheet_csv, sheet_json
from .stage import stage
from .ticket import ticket
from .topic import topic, withheld_photo

__all__ = [
    "door",
    "helped",
    "helper",
    "join",
    "new",
    "outcome",
    "phone",
    "plan",
    "poster",
    "proceedings",
    "proceedings_file",
    "report",
    "screen",
    "scribe",
    "sheet",
    "sheet_csv",
    "sheet_json",
    "stage",
    "ticket",
    "tickets",
    "topic",
    "wall",
    "wall_paper",
    "withheld_photo",
]

from .ballots import Ballot, BallotOption, BallotPaper, RollEntry
from .chat import ChatRoom, Message
from .events import Event, Interest, LogEntry, Operation, Seat, Topic
from .projects import BudgetLine, FundingYear, Membership, Project, TaggedProject, Task

__all__ = [
    "Ballot",
    "BallotOption",
    "BallotPaper",
    "BudgetLine",
    "ChatRoom",
    "Event",
    "FundingYear",
    "Interest",
    "LogEntry",
    "Membership",
    "Message",
    "Operation",
    "Project",
    "RollEntry",
    "Seat",
    "TaggedProject",
    "Task",
    "Topic",
]

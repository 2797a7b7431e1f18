from .ballots import Ballot, BallotOption, BallotPaper, Extension, RollEntry, Ticket
from .chat import ChatRoom, Message
from .events import Event, FormerCode, HelpCall, LogEntry, Operation, Seat, StageAct, Undo
from .grid import Room, Session, SignUp, Slot, Whereabouts
from .harvest import Note, NotePhoto, Outcome, OutcomeJoin
from .projects import BudgetLine, FundingYear, Membership, Project, TaggedProject, Task
from .topics import Interest, Topic

__all__ = [
    "Ballot",
    "BallotOption",
    "BallotPaper",
    "BudgetLine",
    "ChatRoom",
    "Event",
    "Extension",
    "FormerCode",
    "FundingYear",
    "HelpCall",
    "Interest",
    "LogEntry",
    "Membership",
    "Message",
    "Note",
    "NotePhoto",
    "Operation",
    "Outcome",
    "OutcomeJoin",
    "Project",
    "RollEntry",
    "Room",
    "Seat",
    "Session",
    "SignUp",
    "Slot",
    "StageAct",
    "TaggedProject",
    "Task",
    "Ticket",
    "Topic",
    "Undo",
    "Whereabouts",
]

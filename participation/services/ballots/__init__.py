"""Acts on ballots: prepare, open, cast, close, count, reveal."""

from .casting import REFUSALS, Paper, cast_papers
from .counting import count_ballot, settle_due
from .preparing import create_ballot, ready_ballot
from .running import (
    close_ballot,
    file_ballot,
    open_ballot,
    pause_ballot,
    resume_ballot,
    reveal_ballot,
    void_ballot,
)

__all__ = [
    "REFUSALS",
    "Paper",
    "cast_papers",
    "close_ballot",
    "count_ballot",
    "create_ballot",
    "file_ballot",
    "open_ballot",
    "pause_ballot",
    "ready_ballot",
    "resume_ballot",
    "reveal_ballot",
    "settle_due",
    "void_ballot",
]

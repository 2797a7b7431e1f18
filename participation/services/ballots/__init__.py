"""Acts on ballots: prepare, open, cast, close, count, reveal; more time, sums from paper, words let go."""

from .casting import REFUSALS, Paper, cast_papers
from .counting import count_ballot, settle_due
from .extending import ask_for_time, extend_ballot, wait_for_the_hall
from .outages import make_up_at_first
from .preparing import create_ballot, ready_ballot
from .running import close_ballot, open_ballot, pause_ballot, resume_ballot
from .showing import file_ballot, release_words, rerun_ballot, reveal_ballot, void_ballot
from .totals import enter_totals

__all__ = [
    "REFUSALS",
    "Paper",
    "ask_for_time",
    "cast_papers",
    "close_ballot",
    "count_ballot",
    "create_ballot",
    "enter_totals",
    "extend_ballot",
    "file_ballot",
    "make_up_at_first",
    "open_ballot",
    "pause_ballot",
    "ready_ballot",
    "release_words",
    "rerun_ballot",
    "resume_ballot",
    "reveal_ballot",
    "settle_due",
    "void_ballot",
    "wait_for_the_hall",
]

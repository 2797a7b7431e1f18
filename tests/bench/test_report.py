"""The live bench's figures: rounds become one line, bars are judged, a textbook that never finishes is a bound."""

from typing import Any

from bench.live import report


def a_round(**changes: Any) -> dict[str, Any]:
    figures = {"ack_p95_ms": 50.0, "last_screen_ms": 100.0, "acked": 300, "lost": 0, "double": 0}
    return figures | {"cpu_s": 0.6, "frames": 15_000} | changes


def test_rounds_become_medians_but_the_worst_of_what_was_counted() -> None:
    rounds = [a_round(), a_round(ack_p95_ms=70.0, acked=299, lost=1), a_round(ack_p95_ms=60.0, cpu_s=0.9)]
    assert report.summed_up(rounds) == {
        "ack_p95_ms": 60.0,
        "last_screen_ms": 100.0,
        "acked": 299,
        "lost": 1,
        "double": 0,
        "cpu_s": 0.6,
        "frames": 15_000,
        "cpu_us_per_frame": 46.7,
    }


def test_a_round_whose_last_screen_never_came_makes_the_figure_never() -> None:
    assert report.summed_up([a_round(), a_round(last_screen_ms=None)])["last_screen_ms"] is None


def test_ratios_compare_with_the_floor_and_a_textbook_that_did_not_finish_is_a_lower_bound() -> None:
    ours = report.summed_up([a_round()])
    floor = report.summed_up([a_round(cpu_s=0.3)]) | {"screens_p95_ms": 90.0}
    naive = ours | {"last_screen_ms": None, "waited_ms": 75_000.0, "papers": 300, "screens_complete": 12}
    figures = report.compared(ours, floor, naive, 300, report.summed_up([a_round(cpu_s=0.4)]))
    assert (figures["ratio_floor"], figures["ratio_shared_floor"]) == (2.0, 1.5)
    assert (figures["naive_finished"], figures["ratio_naive"]) == (False, 750.0)
    shown = {**figures, "seats": 300, "window_s": 5.0, "store": "sqlite", "processes": 1, "rounds": [1]}
    lines = {line.split()[0]: line for line in report.table(shown).splitlines()[2:]}
    assert lines["ratio_naive"].split()[1:6] == [">", "750.0", "≥", "20", "held"]
    assert lines["ratio_floor"].split()[1:5] == ["2.0", "≤", "2", "held"]


def test_bars_are_held_up_to_the_limit_and_never_is_no_time() -> None:
    assert [report.verdict(value, "≤ 250") for value in (250, 250.1, None)] == ["held", "MISSED", "MISSED"]
    assert [report.verdict(value, "≥ 20") for value in (20, 19.9)] == ["held", "MISSED"]
    assert report.verdict(7, "") == ""

"""From the figures of rounds to one line of JSON and one table for people."""

from statistics import median
from typing import Any

BARS: dict[tuple[int, float], dict[str, str]] = {
    (300, 5.0): {"ratio_naive": "≥ 20"},
    (1000, 2.0): {"ack_p95_ms": "≤ 250", "last_screen_ms": "≤ 500"},
    (2000, 10.0): {"ack_p95_ms": "≤ 100", "screens_p95_ms": "≤ 250"},
}
EVERYWHERE = {"lost": "0", "double": "0", "ratio_floor": "≤ 2"}
MUST_BE_NONE = ("lost", "double", "unanswered")
"""A run in which one of these is not zero has failed, however quick it was."""

MEANINGS = {
    "ack_p50_ms": "from the tap to “counted”, half of the phones",
    "ack_p95_ms": "… 95 of 100",
    "ack_p99_ms": "… 99 of 100",
    "screens_p95_ms": "from a vote's commit to its number on every screen",
    "last_screen_ms": "from the last vote to the last screen with the final number",
    "acked": "votes acknowledged",
    "papers": "papers in the table",
    "unanswered": "votes without an answer",
    "lost": "acknowledged, but not in the table",
    "double": "papers beyond one for each seat",
    "cpu_s": "processor time of the server's processes",
    "store_cpu_s": "… of PostgreSQL and Redis",
    "frames": "frames sent to phones",
    "cpu_us_per_frame": "the server's processor time for each frame, commits and all",
    "floor_cpu_us_per_frame": "… of a bare broadcast without Django, database and rules",
    "ratio_floor": "ours to the floor's",
    "shared_floor_cpu_us_per_frame": "… of the same broadcast in as many processes as ours, with Redis between them",
    "ratio_shared_floor": "ours to that",
    "floor_ack_p95_ms": "the bare broadcast's answers",
    "floor_last_screen_ms": "the bare broadcast's last screen",
    "naive_seats": "seats of the textbook's run (one commit and one group message a vote)",
    "naive_ack_p95_ms": "the textbook's answers",
    "naive_last_screen_ms": "the textbook's last screen",
    "naive_screens_complete": "the textbook's phones that ever saw the final number",
    "ratio_naive": "the textbook's last screen to ours",
    "rss_kb_per_socket": "memory for each phone",
    "connect_s": "all phones in, one after the other",
    "load": "processes that wanted a core before the run",
    "others_cores": "cores that strangers used meanwhile",
}


def summed_up(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    """One product's rounds: the median of each figure, but the worst of what was counted."""
    figures: dict[str, Any] = {}
    for name in rounds[0]:
        values = [one[name] for one in rounds]
        if name in {"acked", "papers", "screens_complete"}:
            figures[name] = min(values)
        elif name in {"lost", "double", "unanswered", "lost_lines", "repeated_acks"}:
            figures[name] = sum(values)
        elif any(value is None for value in values):
            figures[name] = None
        elif isinstance(values[0], int | float):
            figures[name] = round(median(values), 3)
        else:
            figures[name] = values[-1]
    per_frame = 1e6 * sum(one["cpu_s"] for one in rounds) / max(1, sum(one["frames"] for one in rounds))
    return figures | {"cpu_us_per_frame": round(per_frame, 1)}


def compared(
    ours: dict[str, Any],
    floor: dict[str, Any] | None,
    naive: dict[str, Any] | None,
    naive_seats: int,
    shared_floor: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Ours beside the bare broadcast and the textbook. A textbook that never finished gives a lower bound.

    `shared_floor` is the bare broadcast in as many processes as ours, if these are several.
    """
    figures: dict[str, Any] = dict(ours)
    if floor:
        kept = ("ack_p95_ms", "screens_p95_ms", "last_screen_ms", "cpu_s", "frames", "cpu_us_per_frame")
        figures |= {f"floor_{name}": floor[name] for name in kept}
        figures["ratio_floor"] = round(ours["cpu_us_per_frame"] / floor["cpu_us_per_frame"], 2)
    if shared_floor:
        figures["shared_floor_cpu_us_per_frame"] = shared_floor["cpu_us_per_frame"]
        figures["ratio_shared_floor"] = round(ours["cpu_us_per_frame"] / shared_floor["cpu_us_per_frame"], 2)
    if naive:
        kept = ("ack_p95_ms", "cpu_s", "frames", "acked", "papers", "screens_complete")
        figures |= {f"naive_{name}": naive[name] for name in kept}
        figures["naive_seats"] = naive_seats
        figures["naive_finished"] = naive["last_screen_ms"] is not None
        figures["naive_last_screen_ms"] = naive["last_screen_ms"] or naive["waited_ms"]
        if ours["last_screen_ms"]:
            figures["ratio_naive"] = round(figures["naive_last_screen_ms"] / ours["last_screen_ms"], 1)
    return figures


def table(figures: dict[str, Any]) -> str:
    """Each figure with its meaning and, where there is one, its bar."""
    bars = EVERYWHERE | BARS.get((figures["seats"], figures["window_s"]), {})
    rows = [("figure", "", "bar", "", "meaning")]
    for name, meaning in MEANINGS.items():
        if name in figures:
            bar = bars.get(name, "")
            rows.append((name, _shown(figures, name), bar, verdict(figures[name], bar), meaning))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    head = (
        f"{figures['seats']} phones vote once within {figures['window_s']:g} s: {figures['store']}, "
        f"{figures['processes']} server process{'es' if figures['processes'] > 1 else ''}, "
        f"{len(figures['rounds'])} rounds (medians; lost and double are sums)"
    )
    lines = [
        f"  {name:<{widths[0]}}  {value:>{widths[1]}}  {bar:<{widths[2]}}  {held:<{widths[3]}}  {meaning}".rstrip()
        for name, value, bar, held, meaning in rows
    ]
    return "\n".join([head, *lines])


def _shown(figures: dict[str, Any], name: str) -> str:
    value = figures[name]
    unfinished = name in {"naive_last_screen_ms", "ratio_naive"} and not figures["naive_finished"]
    return "never" if value is None else f"{'> ' if unfinished else ''}{value:,}"


def verdict(value: float | None, bar: str) -> str:
    """`held` or `MISSED`."""
    if not bar:
        return ""
    sign, _space, limit = bar.rpartition(" ")
    number = float("inf") if value is None else value
    held = number >= float(limit) if sign == "≥" else number <= float(limit)
    return "held" if held else "MISSED"

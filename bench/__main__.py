"""`make bench`: page times, votes a second and the live ballot on this machine, as a table.

One server process for each store; pages and stores are measured in turn. The table goes to the terminal and
to var/bench/bench.md, one JSON line for each run to var/bench/bench.jsonl.
"""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from . import machine, web
from .stores import ROOT, initdb, served

ONE_BY_ONE, EIGHT = 200, 400
OUT = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "bench"


def main() -> None:
    figures: dict[str, Any] = {"at": datetime.now(UTC).isoformat(timespec="seconds")}
    figures |= {"machine": machine.described(), "calibration": machine.calibrate()}
    stores = ["sqlite", *(["postgres"] if initdb() else [])]
    with ExitStack() as stack:
        running = [stack.enter_context(served(store)) for store in stores]
        ground = {one.store: one.ask("ready", str(ONE_BY_ONE + EIGHT)) for one in running}
        figures["pages"] = web.pages(running, ground["sqlite"]["pages"])
        figures["votes"] = []
        for at_once, part in ((1, slice(ONE_BY_ONE)), (8, slice(ONE_BY_ONE, None))):
            for one in running:
                facts = ground[one.store]
                idea = tuple(facts["ideas"][at_once == 8])
                figures["votes"].append(web.votes(one, idea, facts["sessions"][part], at_once))
    report = _report(figures, stores)
    print(report, flush=True)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "bench.md").write_text(report)
    with (OUT / "bench.jsonl").open("a") as out:
        out.write(json.dumps(figures) + "\n")
    subprocess.run([sys.executable, "-m", "bench.live", "--seats", "300", "--window", "5"], cwd=ROOT, check=True)


def _report(figures: dict[str, Any], stores: list[str]) -> str:
    gauge = figures["calibration"]
    parts = [
        f"# Bench, {figures['at']}",
        f"{figures['machine']}; calibration: {gauge['python_ms']} ms Python, {gauge['sha256_ms']} ms hash.",
        "One server process; processor time is the server's own, without PostgreSQL's.",
        _table(figures["pages"]),
        "Votes over HTTP, each by a resident of their own, all for one idea:",
        _table(figures["votes"]),
    ]
    if "postgres" not in stores:
        parts.append("NOT MEASURED: PostgreSQL (no initdb on this machine; it comes with postgresql)")
    return "\n\n".join(parts) + "\n"


def _table(rows: list[dict[str, Any]]) -> str:
    names = list(rows[0])
    body = [[str(row[name]) for name in names] for row in rows]
    width = [max(len(cell) for cell in column) for column in zip(names, *body, strict=True)]
    ruled = [names, ["-" * size for size in width], *body]
    return "\n".join(
        "| " + " | ".join(cell.ljust(size) for cell, size in zip(line, width, strict=True)) + " |" for line in ruled
    )


if __name__ == "__main__":
    main()

"""Many acts at the same moment, each in a thread with its own connection."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from common.errors import Refused


def all_at_once(acts: list[Callable[[], object]]) -> list[str]:
    """Starts everything at once, each on its own connection; "" for done, else the refusal's code."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            ready.wait(timeout=20)
            act()
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


def wait_for_somebody_who_waits() -> None:
    """Until another connection waits for a row that this one has locked."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            # For us: other workers of the suite have databases of their own on the same server, and wait as well.
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise TimeoutError("nobody waits")

"""How often one seat, device or account may do a thing.

Counting is never done per network address: a youth centre or a hall is one address (guard.md, finding 3).
"""

import logging
import math
import time
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache
from django.utils.translation import ngettext
from redis.exceptions import RedisError

from common.errors import Refused

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """At most `count` times in a window of `minutes` and `seconds`: `Limit("idea", 5, minutes=10)`.

    Windows follow each other on the clock, so that a refusal can say exactly how long to wait.
    """

    name: str
    count: int
    minutes: int = 0
    seconds: int = 0

    def __post_init__(self) -> None:
        if self.window < 1 or self.count < 1:
            raise ValueError(f"a limit needs a count and a window: {self}")

    @property
    def window(self) -> int:
        """The window's length in seconds."""
        return self.minutes * 60 + self.seconds

    def hit(self, key: str) -> None:
        """Count one act of the seat, device or account `key`.

        Raises `Refused` (rate), with the time to wait, when there were too many. A cache that is gone stops
        nobody from working.
        """
        number, elapsed = divmod(time.time(), self.window)
        # Hashed, so that no token of a device lies readable in the cache.
        who = sha256(f"{self.name}:{key}".encode()).hexdigest()[:32]
        if self._count(f"limit:{who}:{number:.0f}") > self.count:
            raise Refused("rate", _wait(math.ceil(self.window - elapsed)))

    def _count(self, entry: str) -> int:
        try:
            # Kept for two windows: the entry must not vanish between `add` and `incr`.
            if cache.add(entry, 1, timeout=2 * self.window):
                return 1
            return cache.incr(entry)
        except ValueError:  # dropped by a full cache in this very moment
            return 1
        except (RedisError, OSError):
            log.warning("The limit %s was not counted: the cache does not answer", self.name)
            return 0


def _wait(seconds: int) -> str:
    if seconds < 60:
        return ngettext(
            "Das war gerade ziemlich oft. Warte noch %(count)d Sekunde und versuch es dann wieder.",
            "Das war gerade ziemlich oft. Warte noch %(count)d Sekunden und versuch es dann wieder.",
            seconds,
        ) % {"count": seconds}
    minutes = math.ceil(seconds / 60)
    return ngettext(
        "Das war gerade ziemlich oft. Warte noch %(count)d Minute und versuch es dann wieder.",
        "Das war gerade ziemlich oft. Warte noch %(count)d Minuten und versuch es dann wieder.",
        minutes,
    ) % {"count": minutes}

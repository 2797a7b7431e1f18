"""How often one account may act; the doors count, so that services stay free for imports and the demo."""

from common.throttles import Limit

SUBMISSIONS = Limit("idea", 5, minutes=10)
VOTES = Limit("vote", 60, minutes=1)
COMMENTS = Limit("comment", 10, minutes=5)

"""How often one public link may be posted to: counted in memory, since a stored moment could betray a respondent."""

from collections import defaultdict, deque
from threading import Lock
from time import monotonic

# A meeting of parents answers together within a few minutes; a robot goes much faster.
MOST_SENDINGS, WINDOW_SECONDS = 300, 900.0


class Throttle:
    """Counts of the last quarter of an hour, by link, over the threads of the one web process."""

    def __init__(self, most: int = MOST_SENDINGS, seconds: float = WINDOW_SECONDS) -> None:
        self.most, self.seconds = most, seconds
        self._sent: defaultdict[int, deque[float]] = defaultdict(deque)
        self._lock = Lock()

    def admits(self, subject: str) -> bool:
        """Count one sending to this link, and say whether it is within bounds."""
        now = monotonic()
        with self._lock:
            moments = self._sent[hash(subject)]
            while moments and now - moments[0] > self.seconds:
                moments.popleft()
            if len(moments) >= self.most:
                return False
            moments.append(now)
            return True

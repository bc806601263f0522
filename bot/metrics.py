"""What is counted, for `/metrics`. One object, handed to who counts; nothing global."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.turns = Histogram(
            "casemate_turn_seconds",
            "From an activity's arrival to its answer",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._refused = Counter(
            "casemate_refused_total", "Requests answered with an error", ["status"], registry=self.registry
        )
        self._sends = Counter(
            "casemate_sends_total", "Calls to the channel by how they ended", ["result"], registry=self.registry
        )

        self._deliveries = Counter(
            "casemate_deliveries_total", "Tries of deliveries by how they ended", ["result"], registry=self.registry
        )
        self._credentials = Gauge(
            "casemate_credentials_refused", "1 while the channel refuses our own credentials", registry=self.registry
        )

    def refused(self, status: int) -> None:
        self._refused.labels(str(status)).inc()

    def sent(self, result: str) -> None:
        """`result`: "sent", or the name of a `bot.connector.SendError`."""
        self._sends.labels(result).inc()

    def delivered(self, result: str) -> None:
        """`result`: "sent", "dropped", "waits" or "undelivered"."""
        self._deliveries.labels(result).inc()

    def credentials(self, refused: bool) -> None:
        """Whether the channel refuses our own credentials now."""
        self._credentials.set(refused)

    def text(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self.registry)

"""Prometheus metrics. Labels are templates and codes, never a value of a request."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

REGISTRY = CollectorRegistry()

REQUESTS = Counter(
    "gongyou_requests_total", "Answers by operation and status.", ["operation", "status"],
    registry=REGISTRY,
)  # fmt: skip
SECONDS = Histogram(
    "gongyou_request_seconds", "Time to answer by operation.", ["operation"], registry=REGISTRY
)
LIMITED = Counter("gongyou_limited_total", "Refusals by a limit.", ["limit"], registry=REGISTRY)
REVEALS = Counter(
    "gongyou_reveals_total", "Personal values opened, by kind and purpose.", ["kind", "purpose"],
    registry=REGISTRY,
)  # fmt: skip
JOBS = Counter(
    "gongyou_jobs_total", "Jobs by name and result.", ["job", "result"], registry=REGISTRY
)
UPSTREAM = Counter(
    "gongyou_upstream_total", "Calls to outside systems by result.", ["system", "result"],
    registry=REGISTRY,
)  # fmt: skip
FACE_PERSONS = Gauge(
    "gongyou_face_persons", "Distinct persons whose face image is stored.", registry=REGISTRY
)


def exposition() -> bytes:
    """All metrics in Prometheus' text format."""
    return generate_latest(REGISTRY)

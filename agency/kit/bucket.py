"""Where AGENCY_STORAGE_URL points when the files lie in S3-compatible storage."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

LIKE = "s3://bucket/prefix?region=eu-central-1"


@dataclass(frozen=True)
class Bucket:
    """A bucket and the place in it; the credentials stay in the environment."""

    name: str
    prefix: str
    endpoint: str
    region: str


def bucket(url: str) -> Bucket:
    """The parts of s3://bucket/prefix?endpoint=…&region=…; raises ValueError with a sentence."""
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise ValueError("AGENCY_STORAGE_URL holds a password; put it into AWS_SECRET_ACCESS_KEY instead.")
    if len(parts.netloc) < 3 or ":" in parts.netloc:
        raise ValueError(f"AGENCY_STORAGE_URL must name a bucket, like {LIKE}.")
    asked = parse_qs(parts.query, keep_blank_values=True)
    if unknown := sorted(set(asked) - {"endpoint", "region"}):
        raise ValueError(f"AGENCY_STORAGE_URL knows endpoint and region, not {unknown[0]}.")
    endpoint, region = (asked.get(name, [""])[0] for name in ("endpoint", "region"))
    if not endpoint and not region:
        raise ValueError(f"AGENCY_STORAGE_URL needs an endpoint or a region, like {LIKE}.")
    if endpoint and not _is_address(endpoint):
        raise ValueError("The endpoint in AGENCY_STORAGE_URL must be an address like https://s3.example.")
    return Bucket(parts.netloc, unquote(parts.path).strip("/"), endpoint.rstrip("/"), region or "us-east-1")


def _is_address(endpoint: str) -> bool:
    parts = urlsplit(endpoint)
    return parts.scheme in ("http", "https") and bool(parts.hostname)

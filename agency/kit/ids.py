"""Unguessable tokens, and the digests of them that the database keeps."""

import hashlib
import hmac
import secrets


def token() -> str:
    """A random 256-bit token, safe in an address."""
    return secrets.token_urlsafe(32)


def short() -> str:
    """A random 64-bit name for one request or lease, hexadecimal."""
    return secrets.token_hex(8)


def digest(value: str | bytes) -> str:
    """The SHA-256 of a token or of content, hexadecimal."""
    return hashlib.sha256(value.encode() if isinstance(value, str) else value).hexdigest()


def sign(secret: str, purpose: str, value: str) -> str:
    """A keyed digest of `value` for one purpose, hexadecimal (HMAC-SHA-256)."""
    return hmac.new(secret.encode(), f"{purpose}:{value}".encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())

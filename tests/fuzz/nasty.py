"""What nobody should type, and somebody will."""

WORDS = {
    "markup": "'\"><script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{ 7 * 7 }}{% raw %}%(who)s %s {0} ${7*7}",
    "lines": "a\r\nBcc: x@evil.example\r\n\r\n\u2028\u2029\x0b\x1f\x7f",
    "nul": "a\x00b",
    "signs": "👩‍👩‍👧 \u202eright to left\u2066 \ufeff e\u0301\u0301 \U0010ffff",
    "half a pair": "\udcff\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "blank": " \u00a0\u3000 ",
    "long": "Я" * 40_000,
    "path": "../../../../etc/passwd\\..\\win.ini",
    "json": '{"a": [1, {"b": null}]}',
}
NUMBERS = {
    "negative": "-5", "huge": "9" * 30, "endless": "9" * 5000, "too wide": "9223372036854775808",
    "power": "1e999999999", "no number": "NaN", "boundless": "-Infinity", "square": "²", "far": "٣",
    "tiny": "0." + "0" * 60 + "1",
}  # fmt: skip
DAYS = {
    "first": "0001-01-01", "last": "9999-12-31", "beyond": "275760-09-13", "never": "2026-02-30", "week": "2026-W99-9",
}  # fmt: skip
ALL = list((WORDS | NUMBERS | DAYS).values())


def some(name: str, many: int) -> list[str]:
    """Some of all, others for another name, the same ones every time."""
    start = sum(name.encode()) * 7
    return [ALL[(start + n * 11) % len(ALL)] for n in range(many)]

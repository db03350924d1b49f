"""What a person calls a browser, out of what the browser calls itself; pure."""

BROWSERS = (
    ("Edg/", "Edge"), ("YaBrowser/", "Yandex"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


def called(agent: str) -> str:
    """Browser and system, as in "Firefox, Windows"; the beginning of an unknown one, empty when nothing is known."""
    known = [next((name for sign, name in table if sign in agent), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, known)) or agent[:40]

"""How the states of a mail are called and shown; the table itself is the kit's, for it knows no agency word."""

from agency.kit import journal
from agency.kit.words import lazy

journal.declare(
    {
        "mail.sent_again": lazy("%(who)s sent the mail “%(subject)s” to %(to)s again"),
        "mail.confirmed": lazy("%(who)s said that the mail “%(subject)s” reached %(to)s"),
    }
)

# What a person may do, and from which states. The rest of a mail's life is the machine's.
CAN_BE_SENT_AGAIN = ("unknown", "failed", "bounced")
CAN_BE_CONFIRMED = ("unknown",)

NAMES = {
    "ready": lazy("Waiting to go out"),
    "handing_over": lazy("Being handed over"),
    "sent": lazy("Handed to the mail server"),
    "bounced": lazy("Came back"),
    "failed": lazy("Not sent"),
    "unknown": lazy("Not certain"),
}
TONES = {"sent": "green", "bounced": "red", "failed": "red", "unknown": "amber"}
ICONS = {"sent": "ok", "bounced": "stop", "failed": "stop", "unknown": "warn", "ready": "clock", "handing_over": "sync"}

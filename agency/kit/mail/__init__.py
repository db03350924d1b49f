"""Mail: frozen when it is posted, handed over once, and shown to a person when that is not certain."""

from agency.kit.mail.letter import Letter
from agency.kit.mail.models import STATES, Mail, MailContent
from agency.kit.mail.posting import of, post
from agency.kit.mail.sign import setup, usual_name

__all__ = ["STATES", "Letter", "Mail", "MailContent", "of", "post", "setup", "usual_name"]

"""The short-message gateway: `SmsSender.send`, and the table of its error codes.

The protocol (signed JSON over HTTPS, approved templates) is written down in `sender`; a gateway of
another vendor gets a folder of its own beside this one, with the same `send`.
"""

from api.integrations.sms.outcomes import words
from api.integrations.sms.sender import Receipt, SmsConfig, SmsSender

__all__ = ["Receipt", "SmsConfig", "SmsSender", "words"]

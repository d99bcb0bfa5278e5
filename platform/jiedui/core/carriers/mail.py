"""Letters by e-mail: plain text in UTF-8, handed to the county's mail server by SMTP."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from jiedui.core import clock
from jiedui.core.carriers.ways import NotCarried, Posted, Why
from jiedui.settings import Outward, Security

SECONDS = 20
TEMPORARY = range(400, 500)  # RFC 5321, 4.2.1: a 4yz answer may be another one later


class Mail:
    """The mail server of the settings."""

    def __init__(self, outward: Outward) -> None:
        self.outward = outward
        self.domain = outward.mail_from.rpartition("@")[2].strip("> ")

    def carry(self, posted: Posted) -> None:
        """See Carrier. What the server refused for good (5yz) is not tried again; a wrong
        password is: it is the county's mistake and can be put right."""
        message = self.message(posted)
        try:
            with self._server() as server:
                if self.outward.smtp_user:
                    server.login(self.outward.smtp_user, self.outward.smtp_password)
                server.send_message(message, self.outward.mail_from, [posted.to])
        except smtplib.SMTPException as error:
            raise _told(error) from error
        except (OSError, ssl.SSLError) as error:
            raise NotCarried(Why.unreachable, again=True) from error

    def message(self, posted: Posted) -> EmailMessage:
        """The message as it is sent."""
        message = EmailMessage(policy=SMTP)
        message["From"] = self.outward.mail_from
        message["To"] = posted.to
        message["Subject"] = posted.subject
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = f"<{posted.reference}@{self.domain}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine answers it
        message.set_content(posted.text, charset="utf-8", cte="base64")  # for any server
        return message

    def _server(self) -> smtplib.SMTP:
        host, port = self.outward.smtp_host, self.outward.smtp_port
        # Said to the server instead of this machine's own name.
        name = self.domain or "localhost"
        if self.outward.smtp_security is Security.ssl:
            safe = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port, name, timeout=SECONDS, context=safe)
        server = smtplib.SMTP(host, port, name, timeout=SECONDS)
        if self.outward.smtp_security is Security.starttls:
            try:
                server.starttls(context=ssl.create_default_context())
            except BaseException:
                server.close()
                raise
        return server


def _told(error: smtplib.SMTPException) -> NotCarried:
    """What an answer of the server means; its words are not kept, they may name the address."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return NotCarried(Why.sign_in, again=True)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
    elif isinstance(error, smtplib.SMTPResponseException):
        codes = [error.smtp_code]
    else:  # cut off in the middle, or no such service there
        return NotCarried(Why.unreachable, again=True)
    if all(code in TEMPORARY for code in codes):
        return NotCarried(Why.busy, again=True)
    return NotCarried(Why.refused, again=False)

"""Whether e-mails can go: the server answers, the way to it is secret, our login is taken."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from smtplib import SMTPAuthenticationError, SMTPException

from django.conf import settings
from django.core.mail import get_connection
from django.utils.translation import gettext as _

from wiadukt.contract.checkup import Finding
from wiadukt.shop.doctor.subject import Subject


def look_at_mail(_subject: Subject) -> Iterator[Finding]:
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    is_secret = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    server = get_connection()
    try:
        server.open()
    except SMTPAuthenticationError:
        what = _("%(where)s does not take our login") % {"where": where}
        yield Finding(False, what, _("Mend SMTP_USER and SMTP_PASSWORD; e-mails wait meanwhile."))
    except ssl.SSLError as error:
        what = _("%(where)s: no secret way to it: %(error)s") % {"where": where, "error": error}
        remedy = _("Mend SMTP_SECURITY and SMTP_PORT, or the server's certificate; e-mails wait meanwhile.")
        yield Finding(False, what, remedy)
    except (OSError, SMTPException) as error:
        what = _("%(where)s does not answer: %(error)s") % {"where": where, "error": error}
        yield Finding(False, what, _("Start the mail server, or mend SMTP_HOST and SMTP_PORT; e-mails wait meanwhile."))
    else:
        in_clear = settings.EMAIL_HOST_USER and not is_secret
        remedy = _("The password goes unencrypted: set SMTP_SECURITY to starttls or tls.") if in_clear else ""
        yield Finding(True, _("%(where)s answers") % {"where": where}, remedy)
    finally:
        server.close()

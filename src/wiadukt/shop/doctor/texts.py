"""What the shop's own checks are called, what a fault of each means and whom it touches."""

from __future__ import annotations

from django.utils.translation import gettext_noop

_EVERYBODY = gettext_noop("Everybody: nothing is carried between the shop and the others.")
_WAPRO = gettext_noop("Everybody: between WAPRO and the shop nothing is carried; the shop goes on selling.")
_PRODUCTION = gettext_noop("Whoever orders what is made: job orders wait in the shop.")
_BUYERS = gettext_noop("Buyers: they see what was true before.")

CONNECTOR = {
    "address": (
        gettext_noop("Address of the connector"),
        gettext_noop("The shop does not know where WAPRO's connector is."),
        _WAPRO,
    ),
    "port": (
        gettext_noop("Connection to the connector (TCP)"),
        gettext_noop("Nobody answers at the connector's address: it is off, or a firewall stands between."),
        _WAPRO,
    ),
    "certificate": (
        gettext_noop("Certificate of the connector (TLS)"),
        gettext_noop("The connector can't prove that it is who it says, so the shop does not talk to it."),
        _WAPRO,
    ),
    "key": (
        gettext_noop("The shop's key at the connector"),
        gettext_noop("The connector does not take the shop's key."),
        _WAPRO,
    ),
    "clock": (
        gettext_noop("Clocks of the shop and the connector"),
        gettext_noop("The clocks differ: signed events are refused from five minutes on."),
        _WAPRO,
    ),
}
PRODUCTION = {
    "address": (
        gettext_noop("Address of production"),
        gettext_noop("The shop does not know where production is."),
        _PRODUCTION,
    ),
    "port": (
        gettext_noop("Connection to production (TCP)"),
        gettext_noop("Nobody answers at production's address: it is off, or a firewall stands between."),
        _PRODUCTION,
    ),
    "certificate": (
        gettext_noop("Certificate of production (TLS)"),
        gettext_noop("Production can't prove that it is who it says, so the shop does not talk to it."),
        _PRODUCTION,
    ),
    "key": (
        gettext_noop("The shop's key at production"),
        gettext_noop("Production does not take the shop's key."),
        _PRODUCTION,
    ),
    "clock": (
        gettext_noop("Clocks of the shop and production"),
        gettext_noop("The clocks differ: times of jobs mislead."),
        _PRODUCTION,
    ),
}
OWN = {
    "database": (
        gettext_noop("The shop's database"),
        gettext_noop("The shop's tables are not those of this version."),
        gettext_noop("Everybody: some pages fail."),
    ),
    "workers": (
        gettext_noop("Workers of the shop"),
        gettext_noop("Nobody carries messages, sends e-mails or compares."),
        _EVERYBODY,
    ),
    "neighbours": (
        gettext_noop("Signs of life"),
        gettext_noop("Somebody at the road has been silent."),
        _EVERYBODY,
    ),
    "roads": (
        gettext_noop("Messages that wait, are late or were refused"),
        gettext_noop("Something does not arrive within the agreed time, or needs a person."),
        gettext_noop("Whoever the messages are about; the list names each."),
    ),
    "batches": (
        gettext_noop("Objects from WAPRO go in whole batches"),
        gettext_noop("A batch can't be applied whole though each of its objects can: a fault of the shop."),
        gettext_noop("Everybody a little: what comes from WAPRO takes longer to be seen."),
    ),
    "comparison": (
        gettext_noop("Comparison with WAPRO"),
        gettext_noop("The shop and WAPRO differ, or nobody compared them lately."),
        _BUYERS,
    ),
    "data_age": (
        gettext_noop("Age of what came from WAPRO"),
        gettext_noop("Nothing has come from WAPRO for long."),
        _BUYERS,
    ),
    "mail": (
        gettext_noop("Mail server"),
        gettext_noop("E-mails wait: invitations, confirmations, alarms."),
        gettext_noop("Whoever waits for an e-mail."),
    ),
    "disk": (
        gettext_noop("The shop's disk"),
        gettext_noop("The disk is full: photos and attachments can't be kept, and the base may stop."),
        gettext_noop("Everybody."),
    ),
}

"""Who can log in to the demo shop, and with which password."""

PASSWORD = "wiadukt-demo"

LOGINS: dict[str, str] = {
    "staff": "admin@wiadukt.example",
    "supervisor": "kierownik@wiadukt.example",
    "salesman": "katarzyna.zielinska@wiadukt.example",
    "colleague": "michal.kaczmarek@wiadukt.example",
    "goods": "towary@wiadukt.example",
    "manager": "jan.nowak@meblenowak.example",
    "buyer": "ewa.krol@meblenowak.example",
    "approver": "marek.wojcik@meblenowak.example",
    "neighbour": "lukasz.zielinski@meblenowak.example",
    "outsider": "biuro@stolmar.example",
}

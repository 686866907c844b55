"""Who can log in to the demo shop, and with which password."""

PASSWORD = "wiadukt-demo"

LOGINS: dict[str, str] = {
    "staff": "admin@wiadukt.example",
}

"""Who the demo's seller is, and on which terms he sells: short examples, not a lawyer's."""

from __future__ import annotations

from datetime import date

from wiadukt.demo.accounts import LOGINS
from wiadukt.shop.about import keeping
from wiadukt.shop.about.models import Page
from wiadukt.shop.accounts.models import User

CARD = {"phone": "+48 61 555 01 00", "email": "biuro@wiadukt.example", "hours": "pon.–pt. 7.00–15.00"}
VALID_FROM = date(2025, 1, 1)
TERMS = """
To przykład z wersji pokazowej, a nie wzór prawny.

## 1. Kto sprzedaje i komu

1. Sklep jest dla przedsiębiorców, których dział handlowy zaprosił do zakupów.
2. Konto należy do osoby. Za jej zamówienia odpowiada firma, w której imieniu kupuje.

## 2. Zamówienia

1. Ceny są umówione z Państwa firmą; obowiązuje cena z chwili złożenia zamówienia.
2. Zamówienie przyjmujemy do realizacji z chwilą nadania mu numeru, który widać na jego stronie.
3. Zmienić lub anulować je można, dopóki nie zaczęła go produkcja; później proszę zapytać opiekuna.
4. Fronty na wymiar robimy według wymiarów podanych w zamówieniu. Nie przyjmujemy ich z powrotem, jeśli są z nim zgodne.

## 3. Płatność i dostawa

1. Termin i formę płatności określa umowa. Po terminie przyjmowanie zamówień może zostać wstrzymane.
2. Dostarczamy pod wskazany adres albo wydajemy w magazynie w Poznaniu.

## 4. Reklamacje

Braki ilościowe i uszkodzenia proszę zgłosić w ciągu 3 dni, wady ukryte w ciągu 14 dni od ich wykrycia: przez *Pytania* przy zamówieniu. Odpowiadamy w 14 dni.
"""
TERMS_EN = """
An example of the demo, no lawyer's text.

## 1. Who sells, and to whom

1. The shop is for businesses that our sales department invited.
2. A login is one person's. The company in whose name he buys answers for his orders.

## 2. Orders

1. Prices are agreed with your company; the price at the moment of the order holds.
2. An order is accepted when it gets its number, which stands on its page.
3. It can be changed or cancelled until production has begun it; later please ask your salesman.
4. Fronts made to size follow the sizes of the order. We do not take them back when they agree with it.

## 3. Payment and delivery

1. Term and form of payment are as agreed. When invoices are overdue, orders may be held.
2. We deliver to the place you choose, or hand out in our warehouse in Poznań.

## 4. Complaints

Please tell us of missing or damaged goods within 3 days, of hidden faults within 14 days after finding them: by *Questions* at the order. We answer within 14 days.
"""
PRIVACY = """
To przykład z wersji pokazowej, a nie wzór prawny.

## Jakie dane i po co

Imię, nazwisko, służbowy e-mail i telefon osób, które zamawiają lub odbierają towar: po to, by przyjąć, wykonać i rozliczyć zamówienie (art. 6 ust. 1 lit. f RODO).

## Jak długo

Dopóki osoba ma konto, a w dokumentach sprzedaży tak długo, jak wymagają przepisy podatkowe.

## Komu

Przewoźnikom w zakresie potrzebnym do dostawy. Dane stoją na naszych serwerach; strona niczego nie ładuje z obcych serwerów, a ciasteczka służą tylko logowaniu i językowi.

## Państwa prawa

Dostęp, sprostowanie, usunięcie, ograniczenie, sprzeciw i skarga do Prezesa UODO. Proszę pisać na adres podany w stopce.
"""
PAGES = (
    (
        {"title": "Regulamin", "title_en": "Terms of sale", "slug": "regulamin", "position": 1, "is_agreed": True},
        TERMS,
        TERMS_EN,
    ),
    (
        {
            "title": "Polityka prywatności",
            "title_en": "Privacy",
            "slug": "prywatnosc",
            "position": 2,
            "is_agreed": False,
        },
        PRIVACY,
        "",
    ),
)


def write_about() -> None:
    """Repeatable: what is there is left alone."""
    author = User.objects.get(email=LOGINS["staff"])
    if not keeping.card().phone:
        keeping.keep_card(CARD, author.email)
    for values, text, text_en in PAGES:
        if Page.objects.filter(slug=values["slug"]).exists():
            continue
        page = Page()
        keeping.keep_page(page, values, author.email)
        keeping.write(page, text.strip(), text_en.strip(), VALID_FROM, author)

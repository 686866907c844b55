import oscar.apps.basket.apps as apps


class BasketConfig(apps.BasketConfig):
    name = "wiadukt.shop.forks.basket"

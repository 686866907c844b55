"""Which apps and middleware make the shop: Oscar's, with four of them forked, and ours."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wiadukt.shop.accounts.staff import may_see, may_see_intake

OURS = (
    "wiadukt.shop.accounts",
    "wiadukt.shop.history",
    "wiadukt.shop.roads",
    "wiadukt.shop.outbox",
    "wiadukt.shop.organisations",
    "wiadukt.shop.addresses",
    "wiadukt.shop.sellers",
    "wiadukt.shop.invoices",
    "wiadukt.shop.questions",
    "wiadukt.shop.terms",
    "wiadukt.shop.stock",
    "wiadukt.shop.sizes",
    "wiadukt.shop.intake",
    "wiadukt.shop.ordering",
    "wiadukt.shop.lists",
    "wiadukt.shop.sync",
    "wiadukt.shop.health",
    "wiadukt.shop.doctor",
    "wiadukt.shop.alarms",
    "wiadukt.shop.panel",
    "wiadukt.shop.storefront",
)
FORKS = (
    "wiadukt.shop.forks.basket.apps.BasketConfig",
    "wiadukt.shop.forks.catalogue.apps.CatalogueConfig",
    "wiadukt.shop.forks.partner.apps.PartnerConfig",
    "wiadukt.shop.forks.order.apps.OrderConfig",
)

INSTALLED_APPS = [
    *OURS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.flatpages",
    "oscar.config.Shop",
    "oscar.apps.analytics.apps.AnalyticsConfig",
    "oscar.apps.checkout.apps.CheckoutConfig",
    "oscar.apps.address.apps.AddressConfig",
    "oscar.apps.shipping.apps.ShippingConfig",
    "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig",
    "oscar.apps.communication.apps.CommunicationConfig",
    *FORKS,
    "oscar.apps.payment.apps.PaymentConfig",
    "oscar.apps.offer.apps.OfferConfig",
    "oscar.apps.customer.apps.CustomerConfig",
    "oscar.apps.search.apps.SearchConfig",
    "oscar.apps.voucher.apps.VoucherConfig",
    "oscar.apps.wishlists.apps.WishlistsConfig",
    "oscar.apps.dashboard.apps.DashboardConfig",
    "oscar.apps.dashboard.reports.apps.ReportsDashboardConfig",
    "oscar.apps.dashboard.users.apps.UsersDashboardConfig",
    "oscar.apps.dashboard.orders.apps.OrdersDashboardConfig",
    "oscar.apps.dashboard.catalogue.apps.CatalogueDashboardConfig",
    "oscar.apps.dashboard.offers.apps.OffersDashboardConfig",
    "oscar.apps.dashboard.partners.apps.PartnersDashboardConfig",
    "oscar.apps.dashboard.pages.apps.PagesDashboardConfig",
    "oscar.apps.dashboard.ranges.apps.RangesDashboardConfig",
    "oscar.apps.dashboard.reviews.apps.ReviewsDashboardConfig",
    "oscar.apps.dashboard.vouchers.apps.VouchersDashboardConfig",
    "oscar.apps.dashboard.communications.apps.CommunicationsDashboardConfig",
    "oscar.apps.dashboard.shipping.apps.ShippingDashboardConfig",
    "widget_tweaks",
    "haystack",
    "treebeard",
    "sorl.thumbnail",
    "django_tables2",
    "django_htmx",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # A B2B shop shows a stranger nothing but the door.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "wiadukt.shop.accounts.second_factor.Middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wiadukt.shop.sellers.acting.OnlyForOwnBuyers",
    "wiadukt.shop.organisations.acting.ActingMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "oscar.apps.basket.middleware.BasketMiddleware",
    "axes.middleware.AxesMiddleware",
]

OSCAR_DASHBOARD_NAVIGATION = [
    {"label": _("Goods to verify"), "icon": "fas fa-inbox", "url_name": "intake:board", "access_fn": may_see_intake},
    {
        "label": _("Goods"),
        "icon": "fas fa-sitemap",
        "children": [
            {"label": _("Products"), "url_name": "dashboard:catalogue-product-list"},
            {"label": _("Product types"), "url_name": "dashboard:catalogue-class-list"},
            {"label": _("Categories"), "url_name": "dashboard:catalogue-category-list"},
        ],
    },
    {"label": _("Orders"), "icon": "fas fa-shopping-cart", "url_name": "panel:orders", "access_fn": may_see},
    {"label": _("Buyers"), "icon": "fas fa-building", "url_name": "panel:organisations", "access_fn": may_see},
    {"label": _("Synchronisation"), "icon": "fas fa-exchange-alt", "url_name": "panel:sync", "access_fn": may_see},
]

"""The signs of currencies and the ways people type them."""

SIGNS = {"RUB": "₽", "CZK": "Kč", "PLN": "zł", "EUR": "€", "USD": "$", "GBP": "£"}
TYPED = r"₽|руб\.?|р\.|Kč|zł|€|\$|£"
BEFORE_IN_ENGLISH = ("EUR", "USD", "GBP")

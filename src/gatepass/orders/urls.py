from django.urls import path

from gatepass.orders import book_views, sending_views, views

urlpatterns = [
    path("", views.listed, name="orders"),
    path("book/", book_views.book, name="plan_book"),
    path("<uuid:uid>/check.pdf", book_views.checked, name="account_check_pdf"),
    path("<uuid:uid>/book.pdf", book_views.printed, name="plan_book_pdf"),
    path("new/", views.new, name="new_order"),
    path("new/sums", views.sums, name="new_order_sums"),
    path("new/products", views.products, name="new_order_products"),
    path("new/caller", views.caller, name="new_order_caller"),
    path("<uuid:uid>/change/", views.change, name="change_order"),
    path("<uuid:uid>/send/", sending_views.send, name="send_order"),
    path("<uuid:uid>/send/preview", sending_views.preview, name="send_preview"),
    path("<uuid:uid>/link/", sending_views.link, name="order_link"),
    path("<uuid:uid>/parts/<slug:what>/entries", views.part, name="part_entries"),
]

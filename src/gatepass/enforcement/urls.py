"""Two addresses of one module: the book, and how it is enforced."""

from django.urls import path

from gatepass.enforcement.views import amend, book, fines, reminding

rulebook = (
    [
        path("", book.whole, name="book"),
        path("book.pdf", book.pdf, name="pdf"),
        path("proposals/<uuid:uid>/", amend.proposal, name="proposal"),
        path("<str:number>/amend/", amend.amend, name="amend"),
        path("<str:number>/", book.article, name="article"),
        path("<str:number>/card", book.card, name="card"),
        path("<str:number>/book.pdf", book.pdf, name="article_pdf"),
    ],
    "rulebook",
)
enforcement = (
    [
        path("", fines.overview, name="overview"),
        path("own/", fines.own, name="own"),
        path("entries/", fines.opened, name="entries"),
        path("fines/<uuid:uid>/", fines.fine, name="fine"),
        path("findings/<uuid:uid>/", fines.finding, name="finding"),
        path("duties/<uuid:uid>/why", fines.why, name="why"),
        path("duties/<uuid:uid>/remind", reminding.remind_holder, name="remind"),
    ],
    "enforcement",
)

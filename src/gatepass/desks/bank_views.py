"""The company's bank accounts with their history: what papers name, what is asked to change, and who signs it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gatepass.journal.visits import SignedIn
from gatepass.people.visits import names_of, need
from gatepass.receivables.banks import ACTS
from gatepass.receivables.paying_to import account_changes, accounts
from gatepass.roles import Power


@login_required
@require_GET
def bank_accounts(request: SignedIn) -> HttpResponse:
    """Accounts in force and ended, and every change with its state."""
    sight = need(request, Power.SEE_MONEY)
    changes = account_changes(sight)
    names = names_of({row.prepared_by for row in changes})
    context = {
        "accounts": accounts(sight),
        "changes": [(row, ACTS[row.act], names.get(row.prepared_by, "")) for row in changes],
        "may_change": sight.may(Power.CHECK_ACCOUNT),
    }
    return render(request, "desks/bank_accounts.html", context)

"""What the clauses brought about: obligations with their clocks, fines, and the dated parameters of the law."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gatepass.identity import new_id

TO_RUN_OUT = Q(closed_at=None) | Q(closed_how__in=["late", "ended", "waived"], closed_at__gte=F("due_at"))


class Obligation(models.Model):
    """Somebody owes something by a moment. At most one open per clause and subject; a due moment once fixed does not move,
    unless it was provisional: then it moves once, later only, when the holiday notice of its year is entered.

    closed_how: kept, late, ended (no longer owed), moved (another clock replaced it), breach (recorded upon an event, no clock), waived.
    superior: the position that sees it when it ran out, as the law stood when it opened.
    revision: of the calendar by which it was counted; noticed_revision: of the one whose holiday notice moved it.
    breached_at: the moment that was missed.
    """

    uid = models.UUIDField(unique=True, default=new_id)
    clause = models.CharField(max_length=12)
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24)
    subject = models.UUIDField()
    customer = models.UUIDField(null=True)
    order = models.UUIDField(null=True)
    carrier = models.UUIDField(null=True)
    holder_position = models.CharField(max_length=24, blank=True)
    holder_kind = models.CharField(max_length=12, blank=True)
    holder = models.UUIDField(null=True)
    superior = models.CharField(max_length=24, blank=True, db_default="")
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    parameters = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    provisional = models.BooleanField(default=False)
    noticed_revision = models.PositiveIntegerField(null=True)
    breached_at = models.DateTimeField(null=True)
    breached_holder = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    closed_how = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clause", "subject"], condition=Q(closed_at=None), name="one_open_obligation"),
            models.CheckConstraint(condition=Q(closed_at=None) | ~Q(closed_how=""), name="closed_somehow"),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(breached_at=None) & TO_RUN_OUT, name="running_clocks"),
            models.Index(fields=["due_at", "id"], condition=Q(closed_at=None), name="open_obligations"),
            models.Index(  # the menu of every page counts one's duties by it alone
                fields=["holder_position", "due_at"], include=["holder", "holder_kind"], condition=Q(closed_at=None), name="open_by_position"
            ),
            models.Index(fields=["order"], name="obligations_of_order"),
            models.Index(fields=["clause", "opened_at"], name="obligations_of_clause"),
        ]


class Fine(models.Model):
    """A proposed fine with its arithmetic; confirmed by a manager or waived by the head. One per clause and subject."""

    uid = models.UUIDField(unique=True, default=new_id)
    obligation = models.OneToOneField(Obligation, models.PROTECT, related_name="fine")
    clause = models.CharField(max_length=12)
    subject = models.UUIDField()
    holder_kind = models.CharField(max_length=12)
    holder = models.UUIDField(null=True)
    base_fen = models.BigIntegerField()
    percent = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    fen = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    waiver_reason = models.CharField(max_length=300, blank=True)
    waiver_proposed_at = models.DateTimeField(null=True)
    waiver_declined_at = models.DateTimeField(null=True)
    waived_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "subject"], condition=Q(withdrawn_at=None), name="one_fine_per_clause_and_subject"
            ),
            models.CheckConstraint(condition=Q(fen__gte=0), name="fine_not_negative"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(waived_at=None), name="fine_confirmed_or_waived"
            ),
        ]
        indexes = [
            models.Index(
                fields=["proposed_at"], condition=Q(confirmed_at=None, waived_at=None, withdrawn_at=None), name="fines_to_decide"
            )
        ]


class Finding(models.Model):
    """What a superior found, in his words: facts that no clock sees (C16, C24). Its fine hangs on the obligation about it."""

    append_only = True
    uid = models.UUIDField(unique=True, default=new_id)
    clause = models.CharField(max_length=12)
    person = models.UUIDField()
    order = models.UUIDField(null=True)
    facts = models.CharField(max_length=500)
    fen = models.BigIntegerField()
    found_by = models.UUIDField()
    found_for = models.UUIDField(null=True)
    at = models.DateTimeField()
    entry = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clause", "person", "facts"], name="found_once"),
            models.CheckConstraint(condition=~Q(person=F("found_by")), name="nobody_finds_himself"),
        ]


class DetailedRule(models.Model):
    """A rule of a department's own under an article: it details, it never amends (D18)."""

    append_only = True
    uid = models.UUIDField(unique=True, default=new_id)
    article = models.CharField(max_length=12, db_index=True)
    department = models.CharField(max_length=80)
    text = models.TextField()
    since = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField()
    entry = models.UUIDField()


class DetailedRuleEnd(models.Model):
    """A detailed rule holds no more, from this moment on; once."""

    append_only = True
    rule = models.OneToOneField(DetailedRule, models.PROTECT, related_name="ended")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.UUIDField()
    entry = models.UUIDField()


class TidyUp(models.Model):
    """Somebody went through his desk: the checklist item of every day (A17), once."""

    append_only = True
    person = models.UUIDField()
    day = models.DateField()
    left = models.PositiveIntegerField()
    overdue = models.PositiveIntegerField()
    at = models.DateTimeField()
    entry = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "person"], name="tidied_once")]


class Amendment(models.Model):
    """What the head of the company set of a sentence (a number, its dates, who owes it ...) from a moment on, with a reason.

    item: of `enforcement.items`; name: which number; value: as text; until: the first moment at which it holds no more.
    instead_of: the announced amendment that it replaces; with item "" it only withdraws it. set_by: the position that may set this item.
    """

    append_only = True
    uid = models.UUIDField(unique=True, default=new_id)
    clause = models.CharField(max_length=12, blank=True)
    item = models.CharField(max_length=16, blank=True)
    name = models.CharField(max_length=24, blank=True)
    value = models.CharField(max_length=2000, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300)
    instead_of = models.OneToOneField("self", models.PROTECT, null=True, to_field="uid", related_name="+")
    proposal = models.UUIDField(null=True)
    set_by = models.CharField(max_length=24)
    at = models.DateTimeField()
    by = models.UUIDField()
    acting_for = models.UUIDField(null=True)
    entry = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="amendment_ends_after_it_begins")]
        indexes = [models.Index(fields=["clause", "id"])]


class Reminder(models.Model):
    """Somebody asked the holder of an obligation to get on with it."""

    append_only = True
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.UUIDField()
    entry = models.UUIDField()


class Proposal(models.Model):
    """An amendment that a department proposes to an article."""

    append_only = True
    uid = models.UUIDField(unique=True, default=new_id)
    article = models.CharField(max_length=12, db_index=True)
    text = models.TextField()
    position = models.CharField(max_length=24, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    entry = models.UUIDField()


class ProposalAnswer(models.Model):
    """The head's answer to a proposal, given once."""

    append_only = True
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    accepted = models.BooleanField()
    words = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField()
    entry = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal"], name="proposal_answered_once")]

"""People, departments, posts, who holds them and who deputises; the company itself."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from gatepass.identity import new_id
from gatepass.roles import Position

POSITIONS = [(p.value, p.text.zh) for p in Position]


class Company(models.Model):
    """The one company of this database."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    demo = models.BooleanField(default=False)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_company")]


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(username=username)


class Person(AbstractBaseUser):
    """Somebody who can sign in, or only stands on papers. Deactivated, never deleted.

    proven: his password was set with a code that the administrator did not know, so that nobody else can be he. blanked_at: when name,
    sign-in name and phone were blanked for good (blanking.py).
    """

    uid = models.UUIDField(unique=True, default=new_id)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    pinyin = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    extension = models.CharField(max_length=20, blank=True)
    active = models.BooleanField(default=True)
    proven = models.BooleanField(default=False)
    blanked_at = models.DateTimeField(null=True)
    carrier = models.UUIDField(null=True)
    language = models.CharField(max_length=2, default="zh")
    theme = models.CharField(max_length=5, default="auto")
    last_login = None  # sign-ins stand in the journal; no row changes outside of an act
    is_staff = False
    is_superuser = False
    USERNAME_FIELD = "username"
    objects = PersonManager()

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.active

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    uid = models.UUIDField(unique=True, default=new_id)
    name = models.CharField(max_length=60, unique=True)
    name_en = models.CharField(max_length=60)


class Post(models.Model):
    """A position in the organisation: its kind gives the powers, its region narrows what is seen."""

    uid = models.UUIDField(unique=True, default=new_id)
    kind = models.CharField(max_length=24, choices=POSITIONS)
    title = models.CharField(max_length=60)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    reports_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    region = models.CharField(max_length=40, blank=True)


class Holding(models.Model):
    """Who holds a post, from a day through a day."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person", "since"], name="one_holding")]


class Deputy(models.Model):
    """Who acts for the holder of a post while he is away: rank gives the order of deputies; powers end by themselves."""

    uid = models.UUIDField(unique=True, default=new_id)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    represented = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField(default=1)
    since = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gt=models.F("since")), name="deputy_for_a_period"),
            models.UniqueConstraint(fields=["post", "person", "since"], name="one_deputy"),
        ]


class Appointment(models.Model):
    """A post, or a deputy, that one person entered and another has to confirm before it counts. represented: of a deputy alone."""

    uid = models.UUIDField(unique=True, default=new_id)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    deputy = models.BooleanField(default=False)
    stands_for = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    rank = models.PositiveSmallIntegerField(default=1)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    entered_by = models.UUIDField()
    entered_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    declined_by = models.UUIDField(null=True)
    declined_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("entered_by")), name="confirmed_by_another"
            ),
            models.CheckConstraint(condition=models.Q(confirmed_at=None) | models.Q(declined_at=None), name="confirmed_or_declined"),
            models.UniqueConstraint(
                fields=["post", "person", "deputy", "since"], condition=models.Q(confirmed_at=None, declined_at=None), name="one_open_appointment"
            ),
        ]


class Invitation(models.Model):
    """A one-time link with which a person sets his own password; only hashes are kept. Where his posts have weight it takes a code, too,
    which is shown to the head alone when he confirms it.
    """

    uid = models.UUIDField(unique=True, default=new_id)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    needs_code = models.BooleanField(default=False)
    code_digest = models.CharField(max_length=64, blank=True)
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(used_at=None, withdrawn_at=None), name="one_open_invitation"),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("made_by")), name="link_confirmed_by_another"
            ),
        ]


class Token(models.Model):
    """A person's key for the API; only its hash is kept. It ends by itself. reads, acts: whether it may read, and do anything;
    commands: what alone it may do (empty: whatever its owner may).
    """

    uid = models.UUIDField(unique=True, default=new_id)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    commands = models.JSONField(default=list)
    reads = models.BooleanField(default=True)
    acts = models.BooleanField(default=True)
    revoked_at = models.DateTimeField(null=True)


class TokenUse(models.Model):
    """When a token was last used, to ten minutes: no act of anybody's, so not in the token's row."""

    token = models.OneToOneField(Token, models.PROTECT, primary_key=True, related_name="+")
    at = models.DateTimeField()


class Attempt(models.Model):
    """An attempt to come in (attempts.py). subject: the person, or a hash of what was tried; device: SHA-256 of its cookie; known: a
    device from which this person came in before.
    """

    uid = models.UUIDField(unique=True)
    at = models.DateTimeField(db_index=True)
    way = models.CharField(max_length=12)
    subject = models.CharField(max_length=64)
    person = models.UUIDField(null=True, db_index=True)
    address = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=64, blank=True)
    known = models.BooleanField(default=False)
    good = models.BooleanField(default=False)
    browser = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "at"]), models.Index(fields=["address", "at"])]

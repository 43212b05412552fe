import django.db.models.deletion
import gatepass.identity
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Balance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.CharField(max_length=20)),
                ("party", models.UUIDField()),
                ("fen", models.BigIntegerField(default=0)),
                ("rests_fen", models.BigIntegerField(db_default=0, default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("account", "party"), name="one_balance")],
            },
        ),
        migrations.CreateModel(
            name="BankAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ("bank", models.CharField(max_length=80)),
                ("holder", models.CharField(max_length=80)),
                ("number", models.CharField(max_length=34)),
                ("since", models.DateTimeField(null=True)),
                ("until", models.DateTimeField(null=True)),
                ("named", models.BooleanField(db_default=False, default=False)),
                ("named_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("named", True)), fields=("named",), name="papers_name_one_account"),
                    models.UniqueConstraint(
                        condition=models.Q(("since__isnull", False), ("until", None)), fields=("number",), name="one_account_of_a_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("named", False), models.Q(("named_at__isnull", False), ("since__isnull", False), ("until", None)), _connector="OR"
                        ),
                        name="named_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("since__isnull", False), _connector="OR"), name="ended_after_it_counted"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.UUIDField(unique=True)),
                ("customer", models.UUIDField(db_index=True)),
                ("fen", models.BigIntegerField()),
                ("off_fen", models.BigIntegerField(default=0)),
                ("gone_fen", models.BigIntegerField(default=0)),
                ("remit_fen", models.BigIntegerField()),
                ("received_fen", models.BigIntegerField(default=0)),
                ("sent_at", models.DateTimeField()),
                ("covered_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("gone_fen__gte", 0), ("received_fen__gte", 0)), name="commitment_not_negative")
                ],
            },
        ),
        migrations.CreateModel(
            name="CutOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ("only", models.BooleanField(default=True, unique=True)),
                ("ended_at", models.DateTimeField()),
                ("ended_by", models.UUIDField()),
                ("owed_fen", models.BigIntegerField()),
                ("credit_fen", models.BigIntegerField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("only", True)), name="one_cut_over")],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ("entry", models.UUIDField()),
                ("customer", models.UUIDField()),
                ("kind", models.CharField(max_length=20)),
                ("fen", models.BigIntegerField()),
                ("rest_fen", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("day", models.DateField()),
                ("aged", models.DateTimeField()),
                ("label", models.CharField(max_length=160)),
                ("document_kind", models.CharField(max_length=20)),
                ("document", models.UUIDField(db_index=True)),
                ("order", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("rest_fen", 0), _negated=True), fields=["customer"], name="items_with_a_rest"),
                    models.Index(condition=models.Q(("rest_fen", 0), _negated=True), fields=["order"], name="rests_of_an_order"),
                    models.Index(fields=["customer", "id"], name="receivables_custome_38424d_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fen__gt", 0), ("rest_fen__gte", 0), ("rest_fen__lte", models.F("fen"))),
                            models.Q(("fen__lt", 0), ("rest_fen__gte", models.F("fen")), ("rest_fen__lte", 0)),
                            _connector="OR",
                        ),
                        name="rest_within_the_item",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OpeningList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ("number", models.CharField(max_length=20, unique=True)),
                ("prepared_by", models.UUIDField()),
                ("prepared_for", models.UUIDField(null=True)),
                ("prepared_at", models.DateTimeField()),
                ("booked_at", models.DateTimeField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("booked_at", None), ("returned_at", None), _connector="OR"), name="openings_booked_or_returned"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ("entry", models.UUIDField(db_index=True)),
                ("at", models.DateTimeField()),
                ("day", models.DateField(db_index=True)),
                ("debit", models.CharField(max_length=20)),
                ("debit_party", models.UUIDField(null=True)),
                ("credit", models.CharField(max_length=20)),
                ("credit_party", models.UUIDField(null=True)),
                ("fen", models.BigIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("document_kind", models.CharField(max_length=20)),
                ("document", models.UUIDField()),
                ("label", models.CharField(max_length=160)),
                ("reverses", models.UUIDField(null=True, unique=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["debit_party", "at"], name="receivables_debit_p_6d897e_idx"),
                    models.Index(fields=["credit_party", "at"], name="receivables_credit__dfc43d_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("fen__gt", 0)), name="posting_above_zero"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("debit", models.F("credit")), _negated=True),
                            models.Q(("debit_party", models.F("credit_party")), _negated=True),
                            _connector="OR",
                        ),
                        name="posting_between_two",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "freight_credit"), ("reverses", None)), fields=("kind", "document"), name="freight_credited_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ("number", models.CharField(max_length=20, unique=True)),
                ("customer", models.UUIDField(db_index=True)),
                ("fen", models.BigIntegerField()),
                ("account", models.CharField(max_length=20)),
                ("payer", models.CharField(blank=True, max_length=80)),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("paid_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
                ("matched_fen", models.BigIntegerField(default=0)),
                ("difference_fen", models.BigIntegerField(default=0)),
                ("explained_at", models.DateTimeField(null=True)),
                ("explained_by", models.UUIDField(null=True)),
                ("explanation", models.CharField(blank=True, max_length=300)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("reversed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["customer", "paid_on"], name="receivables_custome_1fec14_idx"),
                    models.Index(
                        condition=models.Q(("explained_at", None), models.Q(("difference_fen", 0), _negated=True)),
                        fields=["customer"],
                        name="differences_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fen__gt", 0), ("matched_fen__gte", 0), ("matched_fen__lte", models.F("fen"))), name="receipt_sane"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(models.Q(("reference", ""), _negated=True), ("reversed_at", None)),
                        fields=("account", "reference", "paid_on", "fen"),
                        name="one_receipt_of_a_reference",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reversal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ("customer", models.UUIDField(db_index=True)),
                ("document_kind", models.CharField(max_length=20)),
                ("document", models.UUIDField(db_index=True)),
                ("label", models.CharField(max_length=160)),
                ("fen", models.BigIntegerField()),
                ("reason", models.CharField(max_length=300)),
                ("prepared_by", models.UUIDField()),
                ("prepared_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None), ("returned_at", None)), fields=("document",), name="one_open_reversal"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Voucher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ("number", models.CharField(max_length=20, unique=True)),
                ("customer", models.UUIDField(db_index=True)),
                ("kind", models.CharField(max_length=20)),
                ("fen", models.BigIntegerField()),
                ("label", models.CharField(max_length=120)),
                ("papers", models.CharField(max_length=200)),
                ("prepared_by", models.UUIDField()),
                ("prepared_for", models.UUIDField(null=True)),
                ("prepared_at", models.DateTimeField()),
                ("rejected_at", models.DateTimeField(null=True)),
                ("booked_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("booked_at", None), ("rejected_at", None)), fields=["customer"], name="vouchers_open")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("fen", 0), _negated=True), name="voucher_not_zero"),
                    models.CheckConstraint(
                        condition=models.Q(("booked_at", None), ("rejected_at", None), _connector="OR"), name="voucher_booked_or_rejected"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ("act", models.CharField(max_length=4)),
                ("naming", models.BooleanField(default=False)),
                ("reason", models.CharField(max_length=300)),
                ("prepared_by", models.UUIDField()),
                ("prepared_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="receivables.bankaccount")),
                (
                    "replaces",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="receivables.bankaccount"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None), ("returned_at", None)), fields=("account",), name="one_open_change_of_an_account"
                    ),
                    models.CheckConstraint(condition=models.Q(("act__in", ["add", "name", "end"])), name="bank_change_act"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clearing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ("number", models.CharField(max_length=20, unique=True)),
                ("kind", models.CharField(max_length=10)),
                ("customer", models.UUIDField(db_index=True)),
                ("fen", models.BigIntegerField()),
                ("account", models.CharField(max_length=20)),
                ("payee", models.CharField(blank=True, max_length=120)),
                ("reason", models.CharField(max_length=300)),
                ("papers", models.CharField(max_length=200)),
                ("prepared_by", models.UUIDField()),
                ("prepared_for", models.UUIDField(null=True)),
                ("prepared_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
                ("reversed_at", models.DateTimeField(null=True)),
                ("item", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="receivables.item")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("fen__gt", 0)), name="clearing_above_zero"),
                    models.CheckConstraint(
                        condition=models.Q(("done_at", None), ("returned_at", None), _connector="OR"), name="clearing_done_or_returned"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None), ("returned_at", None)), fields=("item",), name="one_open_clearing_of_an_item"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("freed_at", models.DateTimeField(null=True)),
                ("item", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="receivables.item")),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("freed_at", None)), fields=["order"], name="open_claims_of_an_order")],
                "constraints": [models.UniqueConstraint(condition=models.Q(("freed_at", None)), fields=("item",), name="one_open_claim_of_an_item")],
            },
        ),
        migrations.CreateModel(
            name="Match",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ("fen", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("entry", models.UUIDField()),
                ("credit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="receivables.item")),
                ("debit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="receivables.item")),
                ("undoes", models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="receivables.match")),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("fen__gt", 0)), name="match_above_zero")],
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ("customer", models.UUIDField(db_index=True)),
                ("fen", models.BigIntegerField()),
                ("day", models.DateField(null=True)),
                ("label", models.CharField(max_length=120)),
                ("off_at", models.DateTimeField(null=True)),
                ("list", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="receivables.openinglist")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("fen", 0), _negated=True), name="opening_not_zero"),
                    models.UniqueConstraint(condition=models.Q(("off_at", None)), fields=("customer",), name="one_opening_of_a_customer"),
                ],
            },
        ),
    ]

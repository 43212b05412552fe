import django.db.models.deletion
import gatepass.identity
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DetailedRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('article', models.CharField(db_index=True, max_length=12)),
                ('department', models.CharField(max_length=80)),
                ('text', models.TextField()),
                ('since', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('entry', models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('article', models.CharField(db_index=True, max_length=12)),
                ('text', models.TextField()),
                ('position', models.CharField(blank=True, max_length=24)),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('entry', models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name='DetailedRuleEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('entry', models.UUIDField()),
                ('rule', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ended', to='enforcement.detailedrule')),
            ],
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('clause', models.CharField(max_length=12)),
                ('person', models.UUIDField()),
                ('order', models.UUIDField(null=True)),
                ('facts', models.CharField(max_length=500)),
                ('fen', models.BigIntegerField()),
                ('found_by', models.UUIDField()),
                ('found_for', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('entry', models.UUIDField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('clause', 'person', 'facts'), name='found_once'), models.CheckConstraint(condition=models.Q(('person', models.F('found_by')), _negated=True), name='nobody_finds_himself')],
            },
        ),
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('clause', models.CharField(max_length=12)),
                ('version', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=24)),
                ('subject', models.UUIDField()),
                ('customer', models.UUIDField(null=True)),
                ('order', models.UUIDField(null=True)),
                ('carrier', models.UUIDField(null=True)),
                ('holder_position', models.CharField(blank=True, max_length=24)),
                ('holder_kind', models.CharField(blank=True, max_length=12)),
                ('holder', models.UUIDField(null=True)),
                ('superior', models.CharField(blank=True, db_default='', max_length=24)),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.UUIDField()),
                ('started_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('parameters', models.JSONField(default=dict)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('provisional', models.BooleanField(default=False)),
                ('noticed_revision', models.PositiveIntegerField(null=True)),
                ('breached_at', models.DateTimeField(null=True)),
                ('breached_holder', models.UUIDField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.UUIDField(null=True)),
                ('closed_how', models.CharField(blank=True, max_length=8)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('breached_at', None), models.Q(('closed_at', None), models.Q(('closed_at__gte', models.F('due_at')), ('closed_how__in', ['late', 'ended', 'waived'])), _connector='OR')), fields=['due_at', 'id'], name='running_clocks'), models.Index(condition=models.Q(('closed_at', None)), fields=['due_at', 'id'], name='open_obligations'), models.Index(condition=models.Q(('closed_at', None)), fields=['holder_position', 'due_at'], include=('holder', 'holder_kind'), name='open_by_position'), models.Index(fields=['order'], name='obligations_of_order'), models.Index(fields=['clause', 'opened_at'], name='obligations_of_clause')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('clause', 'subject'), name='one_open_obligation'), models.CheckConstraint(condition=models.Q(('closed_at', None), models.Q(('closed_how', ''), _negated=True), _connector='OR'), name='closed_somehow')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('entry', models.UUIDField()),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enforcement.obligation')),
            ],
        ),
        migrations.CreateModel(
            name='TidyUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.UUIDField()),
                ('day', models.DateField()),
                ('left', models.PositiveIntegerField()),
                ('overdue', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('entry', models.UUIDField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day', 'person'), name='tidied_once')],
            },
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('clause', models.CharField(blank=True, max_length=12)),
                ('item', models.CharField(blank=True, max_length=16)),
                ('name', models.CharField(blank=True, max_length=24)),
                ('value', models.CharField(blank=True, max_length=2000)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('reason', models.CharField(max_length=300)),
                ('proposal', models.UUIDField(null=True)),
                ('set_by', models.CharField(max_length=24)),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('acting_for', models.UUIDField(null=True)),
                ('entry', models.UUIDField()),
                ('instead_of', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enforcement.amendment', to_field='uid')),
            ],
            options={
                'indexes': [models.Index(fields=['clause', 'id'], name='enforcement_clause_b11ee7_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until', None), ('until__gt', models.F('since')), _connector='OR'), name='amendment_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Fine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('clause', models.CharField(max_length=12)),
                ('subject', models.UUIDField()),
                ('holder_kind', models.CharField(max_length=12)),
                ('holder', models.UUIDField(null=True)),
                ('base_fen', models.BigIntegerField()),
                ('percent', models.DecimalField(decimal_places=3, max_digits=7, null=True)),
                ('fen', models.BigIntegerField()),
                ('proposed_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_by', models.UUIDField(null=True)),
                ('waiver_reason', models.CharField(blank=True, max_length=300)),
                ('waiver_proposed_at', models.DateTimeField(null=True)),
                ('waiver_declined_at', models.DateTimeField(null=True)),
                ('waived_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('obligation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='fine', to='enforcement.obligation')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('confirmed_at', None), ('waived_at', None), ('withdrawn_at', None)), fields=['proposed_at'], name='fines_to_decide')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('clause', 'subject'), name='one_fine_per_clause_and_subject'), models.CheckConstraint(condition=models.Q(('fen__gte', 0)), name='fine_not_negative'), models.CheckConstraint(condition=models.Q(('confirmed_at', None), ('waived_at', None), _connector='OR'), name='fine_confirmed_or_waived')],
            },
        ),
        migrations.CreateModel(
            name='ProposalAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('accepted', models.BooleanField()),
                ('words', models.TextField()),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('entry', models.UUIDField()),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enforcement.proposal')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('proposal',), name='proposal_answered_once')],
            },
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Actor',
            fields=[
                ('uid', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=6)),
            ],
        ),
        migrations.CreateModel(
            name='ClockSeen',
            fields=[
                ('boot', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('counted', models.FloatField()),
                ('at', models.DateTimeField()),
                ('forgiven', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Proof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.UUIDField(db_index=True)),
                ('op', models.CharField(max_length=1)),
                ('name', models.CharField(max_length=63)),
                ('key', models.CharField(max_length=80)),
                ('salt', models.UUIDField(null=True)),
                ('hash', models.BinaryField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Refusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True)),
                ('command', models.CharField(max_length=60)),
                ('by', models.UUIDField()),
                ('clauses', models.JSONField(default=list)),
                ('reasons', models.JSONField(default=list)),
                ('subject', models.UUIDField(db_index=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('name', models.CharField(max_length=24, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('position', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField(unique=True)),
                ('hash', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Unsealed',
            fields=[
                ('entry', models.BigIntegerField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=8)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'year'), name='one_counter_per_kind_and_year')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(unique=True)),
                ('act', models.UUIDField(db_index=True)),
                ('at', models.DateTimeField(db_index=True)),
                ('command', models.CharField(max_length=60)),
                ('event', models.CharField(max_length=60)),
                ('by', models.UUIDField()),
                ('acting_for', models.UUIDField(null=True)),
                ('payload', models.JSONField()),
                ('text', models.TextField()),
                ('wrote', models.UUIDField(db_index=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['by', 'at'], name='journal_ent_by_48b427_idx'), models.Index(fields=['event', 'at'], name='journal_ent_event_6bec79_idx')],
            },
        ),
        migrations.CreateModel(
            name='Key',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80)),
                ('command', models.CharField(max_length=60)),
                ('by', models.UUIDField()),
                ('digest', models.CharField(max_length=64)),
                ('answer', models.JSONField(null=True)),
                ('at', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'by'), name='one_key_of_a_person'), models.UniqueConstraint(condition=models.Q(('key__startswith', 'import ')), fields=('key',), name='one_file_once')],
            },
        ),
        migrations.CreateModel(
            name='Reference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24)),
                ('uid', models.UUIDField()),
                ('entry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.entry')),
            ],
            options={
                'indexes': [models.Index(fields=['uid', 'entry'], name='journal_ref_uid_8982a0_idx')],
            },
        ),
    ]

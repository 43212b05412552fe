import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('route', models.CharField(max_length=24)),
                ('subject', models.UUIDField()),
                ('number', models.CharField(max_length=120)),
                ('version', models.PositiveSmallIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('left', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=49), size=None)),
                ('waits', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=49), size=None)),
                ('since', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('returned_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at', None), ('returned_at', None)), fields=['since', 'id'], name='matters_waiting')],
                'constraints': [models.UniqueConstraint(fields=('subject', 'route'), name='one_matter')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('route', models.CharField(max_length=24)),
                ('subject', models.UUIDField()),
                ('number', models.CharField(max_length=120)),
                ('version', models.PositiveSmallIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('data', models.JSONField()),
                ('apart', models.BooleanField(default=True)),
                ('at', models.DateTimeField()),
                ('entry', models.UUIDField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('subject', 'route', 'version'), name='one_bound_version')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('route', models.CharField(max_length=24)),
                ('subject', models.UUIDField()),
                ('digest', models.CharField(max_length=64)),
                ('step', models.CharField(max_length=24)),
                ('verdict', models.CharField(max_length=10)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('entry', models.UUIDField()),
                ('acting_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, to_field='uid')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, to_field='uid')),
                ('recorder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, to_field='uid')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('verdict', 'word')), fields=['person', 'at'], name='words_given')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('verdict__in', ['signed', 'word'])), fields=('subject', 'route', 'digest', 'step'), name='one_signature_a_step'), models.UniqueConstraint(condition=models.Q(('verdict', 'returned')), fields=('subject', 'route', 'digest'), name='one_return_a_version'), models.UniqueConstraint(condition=models.Q(('verdict', 'confirmed')), fields=('subject', 'route', 'digest', 'step'), name='word_confirmed_once'), models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'returned'), _negated=True), models.Q(('why', ''), _negated=True), _connector='OR'), name='returned_with_a_reason'), models.CheckConstraint(condition=models.Q(('verdict', 'word'), ('recorder', None), _connector='OR'), name='only_a_word_is_recorded')],
            },
        ),
        migrations.CreateModel(
            name='Touched',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('route', models.CharField(max_length=24)),
                ('subject', models.UUIDField()),
                ('digest', models.CharField(max_length=64)),
                ('part', models.CharField(max_length=10)),
                ('entry', models.UUIDField()),
                ('acting_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, to_field='uid')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, to_field='uid')),
            ],
            options={
                'indexes': [models.Index(fields=['subject', 'route'], name='touched_by')],
            },
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(unique=True)),
                ('kind', models.CharField(max_length=24)),
                ('subject_kind', models.CharField(max_length=24)),
                ('subject_uid', models.UUIDField()),
                ('version', models.PositiveIntegerField()),
                ('number', models.CharField(db_index=True, max_length=40)),
                ('data', models.JSONField()),
                ('template', models.CharField(max_length=16)),
                ('sha256', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('entry', models.UUIDField(db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'subject_uid', 'version'), name='a_version_of_a_paper_is_kept_once'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='versions_of_papers_start_at_one'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='papers_carry_their_hash')],
            },
        ),
        migrations.CreateModel(
            name='Print',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.UUIDField()),
                ('name', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('copy', models.CharField(blank=True, max_length=24)),
                ('nth', models.PositiveIntegerField()),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.paper')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('paper', 'copy', 'nth'), name='prints_of_a_copy_are_counted_once'), models.CheckConstraint(condition=models.Q(('nth__gte', 1)), name='prints_are_counted_from_one')],
            },
        ),
    ]

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='OfficeWeek',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('revision', models.PositiveIntegerField(unique=True)),
                ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=7)),
                ('entry', models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='DayException',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('revision', models.PositiveIntegerField()),
                ('working', models.BooleanField(null=True)),
                ('note', models.CharField(blank=True, max_length=1000)),
                ('source', models.CharField(blank=True, max_length=120)),
                ('entry', models.UUIDField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('date', 'revision'), name='day_once_a_revision')],
            },
        ),
        migrations.CreateModel(
            name='OfficeHoursRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('revision', models.PositiveIntegerField()),
                ('intervals', django.contrib.postgres.fields.ArrayField(base_field=django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=2), size=None)),
                ('entry', models.UUIDField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('since', 'revision'), name='hours_once_a_revision')],
            },
        ),
        migrations.CreateModel(
            name='Year',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('revision', models.PositiveIntegerField()),
                ('source', models.CharField(max_length=120)),
                ('entry', models.UUIDField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('year', 'revision'), name='year_once_a_revision'), models.CheckConstraint(condition=models.Q(('year__gte', 2000), ('year__lte', 2199)), name='a_year_of_the_calendar')],
            },
        ),
    ]

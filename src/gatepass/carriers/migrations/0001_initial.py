import django.db.models.deletion
import gatepass.identity
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Carrier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('code', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=80, unique=True)),
                ('pinyin', models.CharField(blank=True, max_length=200)),
                ('company', models.BooleanField(default=True)),
                ('own', models.BooleanField(default=False)),
                ('contact', models.CharField(blank=True, max_length=60)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('destinations', models.CharField(blank=True, max_length=200)),
                ('papers', models.CharField(blank=True, max_length=200)),
                ('active', models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name='Driver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('phone', models.CharField(max_length=40)),
                ('active', models.BooleanField(default=True)),
                ('blanked_at', models.DateTimeField(null=True)),
                ('carrier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='carriers.carrier')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Vehicle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('plate', models.CharField(max_length=20, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('colour', models.CharField(blank=True, max_length=20)),
                ('load_kg', models.PositiveIntegerField()),
                ('space_dm3', models.PositiveIntegerField()),
                ('container', models.BooleanField(default=False)),
                ('active', models.BooleanField(default=True)),
                ('carrier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='carriers.carrier')),
            ],
        ),
        migrations.CreateModel(
            name='Rate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('destination', models.CharField(max_length=60)),
                ('unit', models.CharField(choices=[('carton', '件'), ('ton', '吨'), ('m3', '立方米')], max_length=8)),
                ('yuan', models.DecimalField(decimal_places=6, max_digits=18)),
                ('minimum_fen', models.BigIntegerField(default=0)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('carrier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='carriers.carrier')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('carrier', 'destination', 'unit', 'since'), name='one_rate'), models.CheckConstraint(condition=models.Q(('yuan__gte', 0), ('minimum_fen__gte', 0)), name='rate_not_negative')],
            },
        ),
    ]

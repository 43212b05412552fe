import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import gatepass.identity
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='PriceList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('grade', models.CharField(blank=True, max_length=20)),
                ('region', models.CharField(blank=True, max_length=40)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('name', 'since'), name='one_price_list_of_a_name_and_day')],
            },
        ),
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('code', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('spec', models.CharField(max_length=40)),
                ('family', models.CharField(blank=True, max_length=40)),
                ('pieces', models.PositiveIntegerField()),
                ('weight_g', models.PositiveIntegerField()),
                ('volume_cm3', models.PositiveIntegerField()),
                ('shelf_life_days', models.PositiveIntegerField()),
                ('location', models.CharField(blank=True, max_length=20)),
                ('pinyin', models.CharField(blank=True, db_index=True, max_length=300)),
                ('initials', models.CharField(blank=True, db_index=True, max_length=80)),
                ('grams', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), default=list, size=None)),
                ('active', models.BooleanField(default=True)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['grams'], name='product_grams')],
                'constraints': [models.CheckConstraint(condition=models.Q(('pieces__gt', 0), ('volume_cm3__gt', 0), ('weight_g__gt', 0)), name='product_has_size')],
            },
        ),
        migrations.CreateModel(
            name='Price',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('yuan', models.DecimalField(decimal_places=6, max_digits=18)),
                ('list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.pricelist')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.product')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('list', 'product'), name='one_price_on_a_list'), models.CheckConstraint(condition=models.Q(('yuan__gte', 0)), name='price_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Promotion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gatepass.identity.new_id, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('giveaway', '本品搭赠'), ('discount', '折扣')], max_length=10)),
                ('family', models.CharField(blank=True, max_length=40)),
                ('grade', models.CharField(blank=True, max_length=20)),
                ('region', models.CharField(blank=True, max_length=40)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('from_cartons', models.PositiveIntegerField(default=0)),
                ('buy', models.PositiveIntegerField(default=0)),
                ('get', models.PositiveIntegerField(default=0)),
                ('percent', models.DecimalField(decimal_places=3, default=0, max_digits=7)),
                ('product', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.product')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('buy__gt', 0), ('get__gt', 0), ('kind', 'giveaway')), models.Q(('kind', 'discount'), ('percent__gt', 0), ('percent__lte', 100)), _connector='OR'), name='promotion_gives_something')],
            },
        ),
    ]

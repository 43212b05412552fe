"""What a new company starts with: office week and hours of the rulebook (R9), and China's holidays of 2025 and 2026."""

from datetime import date, timedelta

from django.db import migrations

SOURCE = "chinesecalendar 1.11.0 + holidays 0.109"
FREE = {
    2025: ["01-01", "01-28/02-04", "04-04/04-06", "05-01/05-05", "05-31/06-02", "10-01/10-08"],
    2026: ["01-01/01-03", "02-15/02-23", "04-04/04-06", "05-01/05-05", "06-19/06-21", "09-25/09-27", "10-01/10-07"],
}
WORKED = {
    2025: ["01-26", "02-08", "04-27", "09-28", "10-11"],
    2026: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
}


def days(year, stretches):
    for stretch in stretches:
        first, last = (date.fromisoformat(f"{year}-{day}") for day in (stretch.split("/") * 2)[:2])
        while first <= last:
            yield first
            first += timedelta(days=1)


def begin(apps, schema_editor):
    model = {
        name: apps.get_model("workcalendar", name) for name in ("OfficeWeek", "OfficeHoursRow", "DayException", "Year")
    }
    model["OfficeWeek"].objects.create(revision=0, weekdays=[0, 1, 2, 3, 4, 5])
    model["OfficeHoursRow"].objects.create(since=date(2000, 1, 1), revision=0, intervals=[[510, 720], [810, 1080]])
    for year, free in FREE.items():
        model["Year"].objects.create(year=year, revision=0, source=SOURCE)
        for working, stretches in ((False, free), (True, WORKED[year])):
            model["DayException"].objects.bulk_create(
                model["DayException"](date=day, revision=0, working=working, source=SOURCE)
                for day in days(year, stretches)
            )


class Migration(migrations.Migration):
    dependencies = [("workcalendar", "0001_initial")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]

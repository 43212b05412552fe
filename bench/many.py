"""Many orders: copies, by SQL, of one that went all the way, spread over three years; what is under way stays as it is."""

from __future__ import annotations

from typing import Any

from psycopg import sql

ORDER = "orders_order"
CHILDREN = {
    "orders_orderline": "order_id", "orders_accountcheck": "order_id", "orders_composition": "order_id", "orders_note": "order_id",
    "dispatch_notice": "order_id",
}  # fmt: skip
BY_UID = ("receivables_commitment", "production_demand", "enforcement_obligation", "stock_reservation")
RANDOM_UID = sql.SQL("gen_random_uuid()")


def multiply(cursor: Any, template: int, copies: int) -> None:
    """Copy an order by its internal id so many times; its lines, papers, clocks and four of its entries with it."""
    cursor.execute("set statement_timeout = 0")
    cursor.execute("set session_replication_role = replica")
    cursor.execute(
        "create temporary table copy as select n, gen_random_uuid() as uid, null::bigint as id from generate_series(1, %s) n", [copies]
    )
    _copy_orders(cursor, template)
    cursor.execute("update copy c set id = o.id from orders_order o where o.uid = c.uid")
    cursor.execute("create unique index on copy (n)")
    cursor.execute("analyze copy")
    for table, column in CHILDREN.items():
        _copy(cursor, table, {column: sql.SQL("c.id")}, sql.SQL("t.{} = %s").format(sql.Identifier(column)), [template])
    cursor.execute("select uid from orders_order where id = %s", [template])
    (uid,) = cursor.fetchone()
    for table in BY_UID:
        _copy(cursor, table, {"order": sql.SQL("c.uid")}, sql.SQL('t."order" = %s'), [uid])
    _copy(cursor, "journal_entry", {}, sql.SQL("t.id in (select entry_id from journal_reference where uid = %s order by 1 limit 4)"), [uid])
    cursor.execute(
        "insert into journal_reference (entry_id, kind, uid) select e.id, 'order', c.uid from journal_entry e join copy c on "
        "c.n = (e.id % (select max(n) from copy)) + 1 where e.command = 'copied'"
    )
    cursor.execute("analyze")


def _copy_orders(cursor: Any, template: int) -> None:
    given = {"uid": sql.SQL("c.uid"), "number": sql.SQL("'MM-' || c.n")}
    customer = sql.SQL("(select id from customers_customer order by id offset c.n %% 50 limit 1)")
    _copy(cursor, ORDER, given | {"customer_id": customer}, sql.SQL("t.id = %s"), [template])


def _copy(cursor: Any, table: str, given: dict[str, sql.Composable], where: sql.Composable, params: list[Any]) -> None:
    """insert into table select, every column as it is but for those given; ids by their own sequence, other uids anew."""
    cursor.execute(
        "select column_name, data_type from information_schema.columns where table_name = %s and column_name <> 'id' order by 1", [table]
    )
    types = dict(cursor.fetchall())
    columns = list(types)
    own = {"uid": RANDOM_UID, "number": sql.SQL("t.number || '-' || c.n")}
    if table == "enforcement_obligation":
        own["subject"] = RANDOM_UID
    if table == "journal_entry":
        own["command"] = sql.SQL("'copied'")
    values = [given.get(name) or own.get(name) or _earlier(name, types[name]) for name in columns]
    statement = sql.SQL("insert into {} ({}) select {} from {} t cross join copy c where {}").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns)), sql.SQL(", ").join(values), sql.Identifier(table), where
    )
    cursor.execute(statement, params)


def _earlier(name: str, kind: str) -> sql.Composable:
    """A column as it is; moments and days seven minutes earlier with every copy."""
    column = sql.SQL("t.{}").format(sql.Identifier(name))
    if kind == "timestamp with time zone":
        return sql.SQL("{} - c.n * interval '7 minutes'").format(column)
    return sql.SQL("({} - c.n * interval '7 minutes')::date").format(column) if kind == "date" else column

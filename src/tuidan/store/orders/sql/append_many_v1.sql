-- Many orders at once, each complete in itself: the rows that still stand at their expected version are locked in
-- order of order_id, those that somebody holds are skipped (S9). Gives the orders that were written.
-- `many` = [{"id": order, "x": expected, "k": key, "i": input, "v": version, "h": head, "st": status, "t": totals,
--            "s": state, "d": told as in orders_append_v1, for orders that exist}]
CREATE OR REPLACE FUNCTION orders_append_many_v1(at timestamptz, many json)
RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY
    WITH staged AS MATERIALIZED (
        SELECT m.* FROM json_to_recordset(many) AS m(
            id uuid, x bigint, k text, i text, v bigint, h text, st text, t bigint[], s text, d json)
    ), locked AS MATERIALIZED (
        SELECT o.order_id FROM orders_order o JOIN staged m ON m.id = o.order_id AND m.x = o.version
        WHERE o.order_id IN (SELECT id FROM staged)
        ORDER BY o.order_id FOR UPDATE OF o SKIP LOCKED
    ), won AS MATERIALIZED (
        SELECT m.* FROM staged m JOIN locked ON locked.order_id = m.id
    ), moved AS (
        UPDATE orders_order o SET version = m.v, head_hash = decode(m.h, 'hex'), status = m.st,
            received_fen = m.t[1], escrow_fen = m.t[2], overpaid_fen = m.t[3], released_fen = m.t[4],
            advance_fen = m.t[5], refunding_fen = m.t[6], refunded_fen = m.t[7], suspense_fen = m.t[8], state = m.s
        FROM won m WHERE o.order_id = m.id RETURNING o.order_id
    ), written AS (
        INSERT INTO orders_event (order_id, n, kind, at, body, prev, hash, command_key, command_input, command_events)
        SELECT m.id, (r.v->>0)::bigint, r.v->>1, at, convert_to(r.v->>2, 'UTF8'), decode(r.v->>3, 'hex'),
            decode(r.v->>4, 'hex'), CASE WHEN r.i = 1 THEN m.k END, CASE WHEN r.i = 1 THEN decode(m.i, 'hex') END,
            CASE WHEN r.i = 1 THEN json_array_length(m.d->'e') END
        FROM won m, json_array_elements(m.d->'e') WITH ORDINALITY AS r(v, i)
    ), posted AS (
        INSERT INTO orders_posting (order_id, n, event_n, debit, credit, amount_fen, currency)
        SELECT m.id, (r.v->>0)::bigint, (r.v->>1)::bigint, r.v->>2, r.v->>3, (r.v->>4)::bigint, r.v->>5
        FROM won m, json_array_elements(m.d->'p') AS r(v)
    ), queued AS (
        INSERT INTO orders_outbox (order_id, n, kind, target, due_at, tries)
        SELECT m.id, (r.v->>0)::bigint, r.v->>1, (r.v->>2)::int, coalesce((r.v->>3)::timestamptz, at), 0
        FROM won m, json_array_elements(m.d->'o') AS r(v)
    ), armed AS (
        INSERT INTO orders_timer (order_id, n, kind, target, due_at)
        SELECT m.id, (r.v->>0)::bigint, r.v->>1, (r.v->>2)::int, (r.v->>3)::timestamptz
        FROM won m, json_array_elements(m.d->'t') AS r(v)
    ), closed AS (
        UPDATE orders_attempt a SET status = r.v->>1, closed_at = at
        FROM won m, json_array_elements(m.d->'c') AS r(v)
        WHERE a.order_id = m.id AND a.n = (r.v->>0)::bigint AND a.status = 'open'
    ), opened AS (
        INSERT INTO orders_attempt (order_id, n, kind, target, status, opened_at)
        SELECT m.id, (r.v->>0)::bigint, r.v->>1, (r.v->>2)::int, 'open', at
        FROM won m, json_array_elements(m.d->'a') AS r(v)
    ), noted AS (
        INSERT INTO orders_note (order_id, n, words)
        SELECT m.id, (r.v->>0)::bigint, r.v->>1 FROM won m, json_array_elements(m.d->'w') AS r(v)
    ), unqueued AS (
        DELETE FROM orders_outbox q USING won m, json_array_elements(m.d->'do') AS r(v)
        WHERE q.order_id = m.id AND q.n = r.v::text::bigint
    ), disarmed AS (
        DELETE FROM orders_timer q USING won m, json_array_elements(m.d->'dt') AS r(v)
        WHERE q.order_id = m.id AND q.n = r.v::text::bigint
    )
    SELECT moved.order_id FROM moved;
END $$;

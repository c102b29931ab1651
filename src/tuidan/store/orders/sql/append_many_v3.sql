-- Many orders at once, each complete in itself: the rows that still stand at their expected version are locked in
-- order of order_id, those that somebody holds are skipped (S9). Gives the orders that were written.
-- All arrays have one element a row: first the orders, then their events (e_*), postings (p_*) and outbox rows (o_*)
-- with the order each belongs to; for orders that exist.
-- rest = {"t": [[order, n, kind, target, due]], "a": [[order, n, kind, target]], "c": [[order, n, status]],
--         "w": [[order, n, words]], "do": [[order, n]], "dt": [[order, n]]}
CREATE OR REPLACE FUNCTION orders_append_many_v3(
    at timestamptz, ids uuid[], expected bigint[], versions bigint[], heads bytea[], statuses text[], received bigint[],
    escrow bigint[], overpaid bigint[], released bigint[], advance bigint[], refunding bigint[], refunded bigint[],
    suspense bigint[], chargeback bigint[], fees bigint[], receivable bigint[], charged bigint[],
    compensating bigint[], states text[],
    e_order uuid[], e_n bigint[], e_kind text[], e_body bytea[], e_prev bytea[], e_hash bytea[], e_key text[],
    e_input bytea[], e_count bigint[],
    p_order uuid[], p_n bigint[], p_event bigint[], p_debit text[], p_credit text[], p_fen bigint[], p_currency text[],
    o_order uuid[], o_n bigint[], o_kind text[], o_target bigint[], o_delay bigint[], rest json
) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    won uuid[];
    lost int;
BEGIN
    won := ARRAY(
        SELECT o.order_id FROM orders_order o
        JOIN unnest(ids, expected) AS m(id, x) ON m.id = o.order_id AND m.x = o.version
        WHERE o.order_id = ANY (ids)
        ORDER BY o.order_id FOR UPDATE OF o SKIP LOCKED);
    lost := cardinality(ids) - cardinality(won);
    UPDATE orders_order o SET version = m.v, head_hash = m.h, status = m.st, received_fen = m.t1, escrow_fen = m.t2,
        overpaid_fen = m.t3, released_fen = m.t4, advance_fen = m.t5, refunding_fen = m.t6, refunded_fen = m.t7,
        suspense_fen = m.t8, chargeback_fen = m.t9, fees_fen = m.t10,
        receivable_fen = m.t11, charged_fen = m.t12, compensating_fen = m.t13, state = m.s
    FROM unnest(ids, versions, heads, statuses, received, escrow, overpaid, released, advance, refunding, refunded,
        suspense, chargeback, fees, receivable, charged, compensating, states)
        AS m(id, v, h, st, t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12, t13, s)
    WHERE o.order_id = m.id AND (lost = 0 OR m.id IN (SELECT unnest(won)));
    INSERT INTO orders_event (order_id, n, kind, at, body, prev, hash, command_key, command_input, command_events)
    SELECT r.id, r.n, r.kind, at, r.body, r.prev, r.hash, r.key, r.input,
        CASE WHEN r.key IS NOT NULL THEN r.events END
    FROM unnest(e_order, e_n, e_kind, e_body, e_prev, e_hash, e_key, e_input, e_count)
        AS r(id, n, kind, body, prev, hash, key, input, events)
    WHERE lost = 0 OR r.id IN (SELECT unnest(won));
    INSERT INTO orders_posting (order_id, n, event_n, debit, credit, amount_fen, currency)
    SELECT r.id, r.n, r.event_n, r.debit, r.credit, r.fen, r.currency
    FROM unnest(p_order, p_n, p_event, p_debit, p_credit, p_fen, p_currency)
        AS r(id, n, event_n, debit, credit, fen, currency)
    WHERE lost = 0 OR r.id IN (SELECT unnest(won));
    INSERT INTO orders_outbox (order_id, n, kind, target, due_at, tries)
    SELECT r.id, r.n, r.kind, r.target, at + r.delay * interval '1 second', 0
    FROM unnest(o_order, o_n, o_kind, o_target, o_delay) AS r(id, n, kind, target, delay)
    WHERE lost = 0 OR r.id IN (SELECT unnest(won));
    IF rest IS NOT NULL THEN
        INSERT INTO orders_timer (order_id, n, kind, target, due_at)
        SELECT (v->>0)::uuid, (v->>1)::bigint, v->>2, (v->>3)::int, (v->>4)::timestamptz
        FROM json_array_elements(rest->'t') AS r(v) WHERE lost = 0 OR (v->>0)::uuid IN (SELECT unnest(won));
        UPDATE orders_attempt a SET status = v->>2, closed_at = at
        FROM json_array_elements(rest->'c') AS r(v)
        WHERE a.order_id = (v->>0)::uuid AND a.n = (v->>1)::bigint AND a.status = 'open'
            AND (lost = 0 OR (v->>0)::uuid IN (SELECT unnest(won)));
        INSERT INTO orders_attempt (order_id, n, kind, target, status, opened_at)
        SELECT (v->>0)::uuid, (v->>1)::bigint, v->>2, (v->>3)::int, 'open', at
        FROM json_array_elements(rest->'a') AS r(v) WHERE lost = 0 OR (v->>0)::uuid IN (SELECT unnest(won));
        INSERT INTO orders_note (order_id, n, words)
        SELECT (v->>0)::uuid, (v->>1)::bigint, v->>2
        FROM json_array_elements(rest->'w') AS r(v) WHERE lost = 0 OR (v->>0)::uuid IN (SELECT unnest(won));
        DELETE FROM orders_outbox q USING json_array_elements(rest->'do') AS r(v)
        WHERE q.order_id = (v->>0)::uuid AND q.n = (v->>1)::bigint AND (lost = 0 OR q.order_id IN (SELECT unnest(won)));
        DELETE FROM orders_timer q USING json_array_elements(rest->'dt') AS r(v)
        WHERE q.order_id = (v->>0)::uuid AND q.n = (v->>1)::bigint AND (lost = 0 OR q.order_id IN (SELECT unnest(won)));
    END IF;
    RETURN QUERY SELECT unnest(won);
END $$;

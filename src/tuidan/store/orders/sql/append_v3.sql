-- The only write path of an order: events, postings, effects, timers, attempts and the order row, where the
-- version still holds. Gives the new version, or 0 when somebody else was first and nothing was written.
-- What nearly every command writes comes as arrays, one element a row: kinds and bodies of the events, hashes with
-- the head before them in front; p_* the postings; o_* the outbox, due `o_delay` seconds after `at`. Postings and
-- outbox rows are numbered from `first_n`.
-- rest = {"t": [[n, kind, target, due]], "a": [[n, kind, target]], "c": [[n, status]], "w": [[n, words]], "do": [[n]],
--         "dt": [[n]], "s": [[snapshot, personal]], "id": [[buyer, seller, listing]]}
CREATE OR REPLACE FUNCTION orders_append_v3(
    the_order uuid, expected bigint, at timestamptz, key text, input bytea,
    new_version bigint, new_status text, totals bigint[], new_state text, the_currency text, first_n bigint,
    kinds text[], bodies bytea[], hashes bytea[],
    p_event bigint[], p_debit text[], p_credit text[], p_fen bigint[],
    o_kind text[], o_target bigint[], o_delay bigint[], rest json
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    events constant int := cardinality(kinds);
BEGIN
    IF expected = 0 THEN
        INSERT INTO orders_order (order_id, version, head_hash, status, buyer_id, seller_id, listing_id, currency,
            received_fen, escrow_fen, overpaid_fen, released_fen, advance_fen, refunding_fen, refunded_fen,
            suspense_fen, chargeback_fen, fees_fen, receivable_fen, charged_fen, compensating_fen, placed_at, state)
        VALUES (the_order, new_version, hashes[events + 1], new_status, (rest->'id'->0->>0)::uuid,
            (rest->'id'->0->>1)::uuid, (rest->'id'->0->>2)::uuid, the_currency, totals[1], totals[2], totals[3], totals[4],
            totals[5], totals[6], totals[7], totals[8], totals[9],
            totals[10], totals[11], totals[12], totals[13], at, new_state)
        ON CONFLICT (order_id) DO NOTHING;
        IF NOT FOUND THEN RETURN 0; END IF;
        INSERT INTO orders_snapshot (order_id, body, personal)
        VALUES (the_order, convert_to(rest->'s'->0->>0, 'UTF8'), (rest->'s'->0->>1)::jsonb);
    ELSE
        UPDATE orders_order SET version = new_version, head_hash = hashes[events + 1], status = new_status,
            received_fen = totals[1], escrow_fen = totals[2], overpaid_fen = totals[3], released_fen = totals[4],
            advance_fen = totals[5], refunding_fen = totals[6], refunded_fen = totals[7], suspense_fen = totals[8],
            chargeback_fen = totals[9], fees_fen = totals[10], receivable_fen = totals[11],
            charged_fen = totals[12], compensating_fen = totals[13],
            state = new_state
        WHERE order_id = the_order AND version = expected;
        IF NOT FOUND THEN RETURN 0; END IF;
    END IF;
    INSERT INTO orders_event (order_id, n, kind, at, body, prev, hash, command_key, command_input, command_events)
    SELECT the_order, expected + i, kinds[i], at, bodies[i], hashes[i], hashes[i + 1],
        CASE WHEN i = 1 THEN key END, CASE WHEN i = 1 THEN input END, CASE WHEN i = 1 THEN events END
    FROM generate_series(1, events) AS i;
    IF cardinality(p_fen) > 0 THEN
        INSERT INTO orders_posting (order_id, n, event_n, debit, credit, amount_fen, currency)
        SELECT the_order, first_n + i - 1, p_event[i], p_debit[i], p_credit[i], p_fen[i], the_currency
        FROM generate_series(1, cardinality(p_fen)) AS i;
    END IF;
    INSERT INTO orders_outbox (order_id, n, kind, target, due_at, tries)
    SELECT the_order, first_n + i - 1, o_kind[i], o_target[i], at + o_delay[i] * interval '1 second', 0
    FROM generate_series(1, cardinality(o_kind)) AS i;
    IF rest IS NULL THEN
        RETURN new_version;
    END IF;
    IF rest->'t' IS NOT NULL THEN
        INSERT INTO orders_timer (order_id, n, kind, target, due_at)
        SELECT the_order, (v->>0)::bigint, v->>1, (v->>2)::int, (v->>3)::timestamptz
        FROM json_array_elements(rest->'t') AS row(v);
    END IF;
    IF rest->'c' IS NOT NULL THEN
        UPDATE orders_attempt SET status = v->>1, closed_at = at
        FROM json_array_elements(rest->'c') AS row(v)
        WHERE order_id = the_order AND n = (v->>0)::bigint AND status = 'open';
    END IF;
    IF rest->'a' IS NOT NULL THEN
        INSERT INTO orders_attempt (order_id, n, kind, target, status, opened_at)
        SELECT the_order, (v->>0)::bigint, v->>1, (v->>2)::int, 'open', at
        FROM json_array_elements(rest->'a') AS row(v);
    END IF;
    IF rest->'w' IS NOT NULL THEN
        INSERT INTO orders_note (order_id, n, words)
        SELECT the_order, (v->>0)::bigint, v->>1 FROM json_array_elements(rest->'w') AS row(v);
    END IF;
    IF rest->'do' IS NOT NULL THEN
        DELETE FROM orders_outbox WHERE order_id = the_order
            AND n IN (SELECT (v->>0)::bigint FROM json_array_elements(rest->'do') AS row(v));
    END IF;
    IF rest->'dt' IS NOT NULL THEN
        DELETE FROM orders_timer WHERE order_id = the_order
            AND n IN (SELECT (v->>0)::bigint FROM json_array_elements(rest->'dt') AS row(v));
    END IF;
    RETURN new_version;
END $$;

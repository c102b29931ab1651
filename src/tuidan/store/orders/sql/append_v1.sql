-- The only write path of an order: events, postings, effects, timers, attempts and the order row, where the
-- version still holds. Gives the new version, or 0 when somebody else was first and nothing was written.
-- `told` = {"e": [[n, kind, body, prev, hash]], "p": [[n, event, debit, credit, fen]], "o": [[n, kind, target, due]],
--           "t": [[n, kind, target, due]], "a": [[n, kind, target]], "c": [[n, status]], "w": [[n, words]],
--           "do": [n], "dt": [n], "s": [snapshot, personal], "id": [buyer, seller, listing, currency]}
CREATE OR REPLACE FUNCTION orders_append_v1(
    the_order uuid, expected bigint, at timestamptz, key text, input bytea,
    new_version bigint, new_head bytea, new_status text, totals bigint[], new_state text, told json
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF expected = 0 THEN
        INSERT INTO orders_order (order_id, version, head_hash, status, buyer_id, seller_id, listing_id, currency,
            received_fen, escrow_fen, overpaid_fen, released_fen, advance_fen, refunding_fen, refunded_fen,
            suspense_fen, placed_at, state)
        VALUES (the_order, new_version, new_head, new_status, (told->'id'->>0)::uuid, (told->'id'->>1)::uuid,
            (told->'id'->>2)::uuid, told->'id'->>3, totals[1], totals[2], totals[3], totals[4], totals[5], totals[6],
            totals[7], totals[8], at, new_state)
        ON CONFLICT (order_id) DO NOTHING;
        IF NOT FOUND THEN RETURN 0; END IF;
        INSERT INTO orders_snapshot (order_id, body, personal)
        VALUES (the_order, convert_to(told->'s'->>0, 'UTF8'), (told->'s'->>1)::jsonb);
    ELSE
        UPDATE orders_order SET version = new_version, head_hash = new_head, status = new_status,
            received_fen = totals[1], escrow_fen = totals[2], overpaid_fen = totals[3], released_fen = totals[4],
            advance_fen = totals[5], refunding_fen = totals[6], refunded_fen = totals[7], suspense_fen = totals[8],
            state = new_state
        WHERE order_id = the_order AND version = expected;
        IF NOT FOUND THEN RETURN 0; END IF;
    END IF;
    INSERT INTO orders_event (order_id, n, kind, at, body, prev, hash, command_key, command_input, command_events)
    SELECT the_order, (v->>0)::bigint, v->>1, at, convert_to(v->>2, 'UTF8'), decode(v->>3, 'hex'), decode(v->>4, 'hex'),
        CASE WHEN i = 1 THEN key END, CASE WHEN i = 1 THEN input END,
        CASE WHEN i = 1 THEN json_array_length(told->'e') END
    FROM json_array_elements(told->'e') WITH ORDINALITY AS row(v, i);
    IF told->'p' IS NOT NULL THEN
        INSERT INTO orders_posting (order_id, n, event_n, debit, credit, amount_fen, currency)
        SELECT the_order, (v->>0)::bigint, (v->>1)::bigint, v->>2, v->>3, (v->>4)::bigint, v->>5
        FROM json_array_elements(told->'p') AS row(v);
    END IF;
    INSERT INTO orders_outbox (order_id, n, kind, target, due_at, tries)
    SELECT the_order, (v->>0)::bigint, v->>1, (v->>2)::int, coalesce((v->>3)::timestamptz, at), 0
    FROM json_array_elements(told->'o') AS row(v);
    IF told->'t' IS NOT NULL THEN
        INSERT INTO orders_timer (order_id, n, kind, target, due_at)
        SELECT the_order, (v->>0)::bigint, v->>1, (v->>2)::int, (v->>3)::timestamptz
        FROM json_array_elements(told->'t') AS row(v);
    END IF;
    IF told->'c' IS NOT NULL THEN
        UPDATE orders_attempt SET status = v->>1, closed_at = at
        FROM json_array_elements(told->'c') AS row(v)
        WHERE order_id = the_order AND n = (v->>0)::bigint AND status = 'open';
    END IF;
    IF told->'a' IS NOT NULL THEN
        INSERT INTO orders_attempt (order_id, n, kind, target, status, opened_at)
        SELECT the_order, (v->>0)::bigint, v->>1, (v->>2)::int, 'open', at
        FROM json_array_elements(told->'a') AS row(v);
    END IF;
    IF told->'w' IS NOT NULL THEN
        INSERT INTO orders_note (order_id, n, words)
        SELECT the_order, (v->>0)::bigint, v->>1 FROM json_array_elements(told->'w') AS row(v);
    END IF;
    IF told->'do' IS NOT NULL THEN
        DELETE FROM orders_outbox WHERE order_id = the_order
            AND n IN (SELECT v::text::bigint FROM json_array_elements(told->'do') AS row(v));
    END IF;
    IF told->'dt' IS NOT NULL THEN
        DELETE FROM orders_timer WHERE order_id = the_order
            AND n IN (SELECT v::text::bigint FROM json_array_elements(told->'dt') AS row(v));
    END IF;
    RETURN new_version;
END $$;

-- The only write path of a book: events, postings, items and the book's row, where the version still holds. Gives the
-- new version, or 0 when somebody else was first and nothing was written.
-- Arrays have one element a row: kinds and bodies of the events, hashes with the head before them in front; p_* the
-- postings; i_* the items as they stand afterwards. totals are in the order of the row's columns.
CREATE OR REPLACE FUNCTION books_append_v1(
    the_owner uuid, the_kind text, expected bigint, at timestamptz, key text, input bytea,
    totals bigint[], is_named boolean, the_order_max bigint, kinds text[], bodies bytea[], hashes bytea[],
    p_n bigint[], p_event bigint[], p_debit text[], p_credit text[], p_fen bigint[], p_order uuid[],
    i_what text[], i_order uuid[], i_n bigint[], i_given bigint[], i_open bigint[], i_borne bigint[], i_seen bigint[]
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    events constant int := cardinality(kinds);
    new_version constant bigint := expected + cardinality(kinds);
BEGIN
    IF expected = 0 THEN
        INSERT INTO books_book (owner_id, version, head_hash, kind, named, order_fen_max, taken_in_fen, brought_fen,
            owed_fen, payable_fen, held_fen, reserve_fen, deposit_fen, paid_out_fen, claimed_fen, limit_fen,
            available_fen, out_fen, borne_fen)
        VALUES (the_owner, new_version, hashes[events + 1], the_kind, is_named, the_order_max, totals[1], totals[2],
            totals[3], totals[4], totals[5], totals[6], totals[7], totals[8], totals[9], totals[10], totals[11],
            totals[12], totals[13])
        ON CONFLICT (owner_id) DO NOTHING;
        IF NOT FOUND THEN RETURN 0; END IF;
    ELSE
        UPDATE books_book SET version = new_version, head_hash = hashes[events + 1], named = is_named,
            order_fen_max = the_order_max, taken_in_fen = totals[1], brought_fen = totals[2], owed_fen = totals[3],
            payable_fen = totals[4], held_fen = totals[5], reserve_fen = totals[6], deposit_fen = totals[7],
            paid_out_fen = totals[8], claimed_fen = totals[9], limit_fen = totals[10], available_fen = totals[11],
            out_fen = totals[12], borne_fen = totals[13]
        WHERE owner_id = the_owner AND version = expected;
        IF NOT FOUND THEN RETURN 0; END IF;
    END IF;
    INSERT INTO books_event (owner_id, n, kind, at, body, prev, hash, command_key, command_input)
    SELECT the_owner, expected + i, kinds[i], at, bodies[i], hashes[i], hashes[i + 1],
        CASE WHEN i = 1 THEN key END, CASE WHEN i = 1 THEN input END
    FROM generate_series(1, events) AS i;
    INSERT INTO books_posting (owner_id, n, event_n, debit, credit, amount_fen, order_id)
    SELECT the_owner, p_n[i], p_event[i], p_debit[i], p_credit[i], p_fen[i], p_order[i]
    FROM generate_series(1, cardinality(p_fen)) AS i;
    INSERT INTO books_item AS item (owner_id, what, order_id, n, given_fen, open_fen, borne_fen, seen, at)
    SELECT the_owner, i_what[i], i_order[i], i_n[i], i_given[i], i_open[i], i_borne[i], i_seen[i], at
    FROM generate_series(1, cardinality(i_n)) AS i
    ON CONFLICT (owner_id, what, order_id, n) DO UPDATE SET given_fen = excluded.given_fen,
        open_fen = excluded.open_fen, borne_fen = excluded.borne_fen, seen = excluded.seen, at = excluded.at;
    RETURN new_version;
END $$;

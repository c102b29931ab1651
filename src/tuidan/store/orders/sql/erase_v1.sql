-- Take words, accounts and raw answers away from beside the events of one order; no event is touched. It works only
-- after an event that orders it, so that nothing can vanish without one. Gives how many rows were emptied.
CREATE OR REPLACE FUNCTION orders_erase_v1(
    the_order uuid, the_event bigint, note_ns bigint[], account boolean, attempt_kinds text[], notice_sources text[]
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    done bigint;
    also bigint;
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM orders_event WHERE order_id = the_order AND n = the_event AND kind = 'words_erased'
    ) THEN
        RAISE EXCEPTION 'event % of order % orders no erasure', the_event, the_order;
    END IF;
    DELETE FROM orders_note WHERE order_id = the_order AND n = ANY (note_ns) AND n < the_event;
    GET DIAGNOSTICS done = ROW_COUNT;
    IF account THEN
        UPDATE orders_snapshot SET personal = '{}' WHERE order_id = the_order AND personal <> '{}';
        GET DIAGNOSTICS also = ROW_COUNT;
        done = done + also;
    END IF;
    UPDATE orders_attempt SET answer = NULL
    WHERE order_id = the_order AND kind = ANY (attempt_kinds) AND answer IS NOT NULL;
    GET DIAGNOSTICS also = ROW_COUNT;
    done = done + also;
    UPDATE orders_notice SET body = ''
    WHERE order_id = the_order AND split_part(source, ':', 1) = ANY (notice_sources) AND body <> ''
        AND applied_at IS NOT NULL;
    GET DIAGNOSTICS also = ROW_COUNT;
    RETURN done + also;
END $$;

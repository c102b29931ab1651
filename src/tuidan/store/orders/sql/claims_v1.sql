-- Values unique over all orders, claimed before the order is touched; the first claim stands and is given back.
CREATE OR REPLACE FUNCTION orders_claim_key_v1(
    owner uuid, the_key text, the_order uuid, input bytea, at timestamptz, refused text,
    OUT order_id uuid, OUT input_sha256 bytea, OUT refusal text
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO orders_placing_key AS k (owner_id, key, order_id, input_sha256, claimed_at, refusal)
    VALUES (owner, the_key, the_order, input, at, refused) ON CONFLICT (owner_id, key) DO NOTHING;
    SELECT k.order_id, k.input_sha256, k.refusal INTO order_id, input_sha256, refusal
    FROM orders_placing_key k WHERE k.owner_id = owner AND k.key = the_key;
END $$;

CREATE OR REPLACE FUNCTION orders_claim_trade_v1(the_channel text, the_trade text, the_order uuid)
RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE found_order uuid;
BEGIN
    INSERT INTO orders_trade_number (channel, trade_no, order_id)
    VALUES (the_channel, the_trade, the_order) ON CONFLICT (channel, trade_no) DO NOTHING;
    SELECT k.order_id INTO found_order
    FROM orders_trade_number k WHERE k.channel = the_channel AND k.trade_no = the_trade;
    RETURN found_order;
END $$;

-- A notice as it came. Gives whether it is new; FALSE also when there is no such order.
CREATE OR REPLACE FUNCTION orders_store_notice_v1(
    the_order uuid, the_digest bytea, the_source text, the_reference text, the_body bytea, at timestamptz
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM orders_order WHERE order_id = the_order) THEN RETURN 'no_order'; END IF;
    INSERT INTO orders_notice (order_id, digest, source, reference, body, received_at, tries)
    VALUES (the_order, the_digest, the_source, the_reference, the_body, at, 0)
    ON CONFLICT (order_id, digest) DO NOTHING;
    RETURN CASE WHEN FOUND THEN 'new' ELSE 'known' END;
END $$;

CREATE OR REPLACE FUNCTION orders_claim_notice_v1(the_order uuid, the_digest bytea, at timestamptz, until timestamptz)
RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH claimed AS (
        UPDATE orders_notice SET lease_until = until, tries = tries + 1
        WHERE order_id = the_order AND digest = the_digest AND applied_at IS NULL
            AND (lease_until IS NULL OR lease_until <= at) RETURNING digest)
    SELECT EXISTS (SELECT 1 FROM claimed);
$$;

CREATE OR REPLACE FUNCTION orders_finish_notice_v1(the_order uuid, the_digest bytea, at timestamptz)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE orders_notice SET applied_at = at WHERE order_id = the_order AND digest = the_digest;
$$;

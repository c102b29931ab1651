-- Notices that name a channel's dispute and no order: stored raw before they are answered, applied later. Keyed by
-- the channel's number, because which order it belongs to is only known after asking.
CREATE OR REPLACE FUNCTION orders_store_channel_notice_v1(
    the_number text, the_digest bytea, the_channel text, the_body bytea, at timestamptz
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO orders_channel_notice (number, digest, channel, body, received_at, tries)
    VALUES (the_number, the_digest, the_channel, the_body, at, 0)
    ON CONFLICT (number, digest) DO NOTHING;
    RETURN CASE WHEN FOUND THEN 'new' ELSE 'known' END;
END $$;

CREATE OR REPLACE FUNCTION orders_claim_channel_notice_v1(
    the_number text, the_digest bytea, at timestamptz, until timestamptz
) RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH claimed AS (
        UPDATE orders_channel_notice SET lease_until = until, tries = tries + 1
        WHERE number = the_number AND digest = the_digest AND applied_at IS NULL
            AND (lease_until IS NULL OR lease_until <= at) RETURNING digest)
    SELECT EXISTS (SELECT 1 FROM claimed);
$$;

CREATE OR REPLACE FUNCTION orders_finish_channel_notice_v1(
    the_number text, the_digest bytea, at timestamptz, the_fault text
) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE orders_channel_notice SET applied_at = at, fault = the_fault
    WHERE number = the_number AND digest = the_digest;
$$;

CREATE OR REPLACE FUNCTION orders_postpone_channel_notice_v1(
    the_number text, the_digest bytea, until timestamptz, the_fault text
) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE orders_channel_notice SET lease_until = until, fault = the_fault
    WHERE number = the_number AND digest = the_digest AND applied_at IS NULL;
$$;

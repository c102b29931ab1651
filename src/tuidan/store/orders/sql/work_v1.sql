-- The worker's claims: one row, by conditional update, with a lease. Gives whether this caller has it now.
CREATE OR REPLACE FUNCTION orders_claim_outbox_v1(the_order uuid, the_n bigint, at timestamptz, until timestamptz)
RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH claimed AS (
        UPDATE orders_outbox SET lease_until = until, tries = tries + 1, last_error = NULL
        WHERE order_id = the_order AND n = the_n AND (lease_until IS NULL OR lease_until <= at) RETURNING n)
    SELECT EXISTS (SELECT 1 FROM claimed);
$$;

CREATE OR REPLACE FUNCTION orders_postpone_outbox_v1(the_order uuid, the_n bigint, until timestamptz, why text)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE orders_outbox SET lease_until = until, last_error = why WHERE order_id = the_order AND n = the_n;
$$;

-- Only a row that waits after a try (it says why) is brought forward; one that is being done has no last_error
-- of this try, because the claim clears it.
CREATE OR REPLACE FUNCTION orders_hurry_outbox_v1(the_order uuid, the_kind text, the_target int, at timestamptz)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE orders_outbox SET lease_until = at
    WHERE order_id = the_order AND kind = the_kind AND target = the_target AND last_error IS NOT NULL
        AND lease_until > at;
$$;

CREATE OR REPLACE FUNCTION orders_finish_outbox_v1(orders uuid[], ns bigint[])
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM orders_outbox q USING unnest(orders, ns) AS done(id, n) WHERE q.order_id = done.id AND q.n = done.n;
$$;

CREATE OR REPLACE FUNCTION orders_claim_timer_v1(the_order uuid, the_n bigint, at timestamptz, until timestamptz)
RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH claimed AS (
        UPDATE orders_timer SET lease_until = until
        WHERE order_id = the_order AND n = the_n AND (lease_until IS NULL OR lease_until <= at) RETURNING n)
    SELECT EXISTS (SELECT 1 FROM claimed);
$$;

CREATE OR REPLACE FUNCTION orders_finish_timer_v1(the_order uuid, the_n bigint)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM orders_timer WHERE order_id = the_order AND n = the_n;
$$;

CREATE OR REPLACE FUNCTION orders_answer_attempt_v1(the_order uuid, the_n bigint, told jsonb)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE orders_attempt SET answer = coalesce(answer, '{}'::jsonb) || told
    WHERE order_id = the_order AND n = the_n;
$$;

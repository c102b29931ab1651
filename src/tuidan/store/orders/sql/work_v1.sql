-- The worker's claims: one row, by conditional update, with a lease. Gives whether this caller has it now.
CREATE OR REPLACE FUNCTION orders_claim_outbox_v1(the_order uuid, the_n bigint, at timestamptz, until timestamptz)
RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH claimed AS (
        UPDATE orders_outbox SET lease_until = until, tries = tries + 1
        WHERE order_id = the_order AND n = the_n AND (lease_until IS NULL OR lease_until <= at) RETURNING n)
    SELECT EXISTS (SELECT 1 FROM claimed);
$$;

CREATE OR REPLACE FUNCTION orders_postpone_outbox_v1(the_order uuid, the_n bigint, until timestamptz, why text)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE orders_outbox SET lease_until = until, last_error = why WHERE order_id = the_order AND n = the_n;
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

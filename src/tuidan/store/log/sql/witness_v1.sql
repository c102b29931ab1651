-- A turn to ask a witness, for one caller until `lease_end`: the size that it cosigned last; no row while another has
-- the turn or it is too early. A witness with another key is a new witness.
CREATE OR REPLACE FUNCTION log_witness_turn_v1(
    the_name text, the_vkey text, now_at timestamptz, lease_end timestamptz
) RETURNS TABLE (seen bigint, tried int) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO log_witness (name, vkey, seen_size, due_at, tries, said, cosigned_at)
    VALUES (the_name, the_vkey, 0, now_at, 0, '', NULL) ON CONFLICT (name) DO NOTHING;
    UPDATE log_witness SET vkey = the_vkey, seen_size = 0, due_at = now_at, tries = 0, said = '', cosigned_at = NULL
    WHERE name = the_name AND vkey <> the_vkey;
    RETURN QUERY UPDATE log_witness SET due_at = lease_end
    WHERE name = the_name AND due_at <= now_at RETURNING seen_size, tries;
END $$;

-- What came of the turn: the size that it has cosigned now, what it said ("" when all is well), when to ask again.
CREATE OR REPLACE FUNCTION log_witness_said_v1(
    the_name text, the_size bigint, the_words text, next_at timestamptz, signed_at timestamptz
) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE log_witness SET seen_size = the_size, said = the_words, due_at = next_at,
        tries = CASE WHEN the_words = '' THEN 0 ELSE tries + 1 END,
        cosigned_at = coalesce(signed_at, cosigned_at)
    WHERE name = the_name;
$$;

-- A token is written once; a later one of the same authority over the same checkpoint says nothing more.
CREATE OR REPLACE FUNCTION log_token_v1(
    the_size bigint, the_authority text, the_note bytea, the_token bytea, the_ca bytea, told_at timestamptz
) RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH written AS (
        INSERT INTO log_token (size, authority, note, token, ca, at)
        VALUES (the_size, the_authority, the_note, the_token, the_ca, told_at)
        ON CONFLICT (size, authority) DO NOTHING RETURNING size)
    SELECT EXISTS (SELECT 1 FROM written);
$$;

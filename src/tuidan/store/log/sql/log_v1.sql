-- The only write path of the log. The tree grows where its size is still the one that was read; the loser of two
-- workers gets false and reads again. Tiles come whole: a longer one takes the place of a partial one.
CREATE OR REPLACE FUNCTION log_append_v1(
    expected bigint, orders uuid[], ns bigint[], hashes bytea[],
    tile_levels bigint[], tile_ns bigint[], tile_data bytea[]
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE log_tree SET size = expected + cardinality(orders) WHERE id = 1 AND size = expected;
    IF NOT FOUND THEN RETURN false; END IF;
    INSERT INTO log_leaf (index, order_id, n, hash)
    SELECT expected + i - 1, the_order, the_n, the_hash
    FROM unnest(orders, ns, hashes) WITH ORDINALITY AS leaf(the_order, the_n, the_hash, i);
    INSERT INTO log_tile (level, n, data)
    SELECT the_level, the_n, the_data FROM unnest(tile_levels, tile_ns, tile_data) AS tile(the_level, the_n, the_data)
    ON CONFLICT (level, n) DO UPDATE SET data = excluded.data;
    RETURN true;
END $$;

-- A checkpoint is written once; signature lines (ours at a change of keys, those of witnesses) are added, each once.
-- Only the newest key may sign: whoever hands over to the next one waits for those who hold its row.
CREATE OR REPLACE FUNCTION log_checkpoint_v1(
    the_key int, the_size bigint, the_root bytea, the_note bytea, signed_at timestamptz
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM log_key WHERE n = the_key AND until_size IS NULL FOR SHARE;
    IF NOT FOUND THEN RETURN false; END IF;
    INSERT INTO log_checkpoint (size, root, note, at) VALUES (the_size, the_root, the_note, signed_at)
    ON CONFLICT (size) DO NOTHING;
    RETURN FOUND;
END $$;

CREATE OR REPLACE FUNCTION log_cosign_v1(the_size bigint, line bytea)
RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH written AS (
        UPDATE log_checkpoint SET note = note || line WHERE size = the_size AND position(line IN note) = 0
        RETURNING size)
    SELECT EXISTS (SELECT 1 FROM written);
$$;

-- The next key takes over from the one before at this size, which is that of the newest checkpoint; false when
-- somebody else was first, or signed more meanwhile.
CREATE OR REPLACE FUNCTION log_key_v1(
    the_n int, the_vkey text, the_size bigint, made_at timestamptz, the_statement bytea
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM log_key WHERE n = the_n - 1 FOR UPDATE;
    IF coalesce((SELECT max(size) FROM log_checkpoint), 0) <> the_size THEN RETURN false; END IF;
    INSERT INTO log_key (n, vkey, from_size, until_size, at, statement)
    VALUES (the_n, the_vkey, the_size, NULL, made_at, the_statement) ON CONFLICT (n) DO NOTHING;
    IF NOT FOUND THEN RETURN false; END IF;
    UPDATE log_key SET until_size = the_size WHERE n = the_n - 1;
    RETURN true;
END $$;

-- What keeps the log from signing; an empty code says that it is over. It began when it was first seen.
CREATE OR REPLACE FUNCTION log_trouble_v1(the_code text, the_size bigint, the_seen_size bigint, seen_at timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM log_trouble WHERE id = 1 AND code <> the_code;
    IF the_code <> '' THEN
        INSERT INTO log_trouble (id, code, size, seen_size, since)
        VALUES (1, the_code, the_size, the_seen_size, seen_at)
        ON CONFLICT (id) DO UPDATE SET size = excluded.size, seen_size = excluded.seen_size;
    END IF;
END $$;

-- Tiles computed again from the leaves; one that has grown meanwhile, and begins like it, stays.
CREATE OR REPLACE FUNCTION log_tiles_v1(tile_levels bigint[], tile_ns bigint[], tile_data bytea[])
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO log_tile AS kept (level, n, data)
    SELECT the_level, the_n, the_data FROM unnest(tile_levels, tile_ns, tile_data) AS tile(the_level, the_n, the_data)
    ON CONFLICT (level, n) DO UPDATE SET data = excluded.data
    WHERE substring(kept.data FROM 1 FOR octet_length(excluded.data)) <> excluded.data;
$$;

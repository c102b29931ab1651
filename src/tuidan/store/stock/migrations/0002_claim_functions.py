"""The claim functions: one round trip, one statement, its version in the name."""

from django.db import migrations

# The next free code is found in order of its id, which is the order of the import, and removed from the free ones.
# `last_taken` keeps a claim for many units from walking over its own removals again and again.
# The claim's INSERT comes last: on a primary key conflict everything before it is undone with it.
CLAIM = """
CREATE FUNCTION stock_claim_v1(p_listing uuid, p_order uuid, p_units integer[], p_now timestamptz)
RETURNS TABLE (unit integer, code_id uuid, tail text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  ended text;
  last_taken uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
  FOREACH unit IN ARRAY p_units LOOP
    SELECT c.code_id, c.tail, c.ended_as INTO code_id, tail, ended FROM stock_claim c
     WHERE c.listing_id = p_listing AND c.order_id = p_order AND c.unit = stock_claim_v1.unit;
    IF FOUND THEN
      IF ended IS NULL THEN RETURN NEXT; END IF;
      CONTINUE;
    END IF;
    CONTINUE WHEN last_taken IS NULL;
    DELETE FROM stock_free f WHERE f.listing_id = p_listing AND f.code_id = (
      SELECT g.code_id FROM stock_free g WHERE g.listing_id = p_listing AND g.code_id > last_taken
       ORDER BY g.code_id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING f.code_id INTO last_taken;
    CONTINUE WHEN last_taken IS NULL;
    UPDATE stock_code k SET state = 'claimed', changed_at = p_now
     WHERE k.listing_id = p_listing AND k.code_id = last_taken AND k.state = 'free'
    RETURNING k.tail INTO tail;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'code % of listing % is among the free ones but not free', last_taken, p_listing;
    END IF;
    INSERT INTO stock_claim (listing_id, order_id, unit, code_id, shared, tail, claimed_at)
    VALUES (p_listing, p_order, unit, last_taken, false, tail, p_now);
    code_id := last_taken;
    RETURN NEXT;
  END LOOP;
END $$;
"""

# Nothing is consumed, so a conflict needs no rollback: the claim that was there first is read.
CLAIM_SHARED = """
CREATE FUNCTION stock_claim_shared_v1(p_listing uuid, p_order uuid, p_units integer[], p_now timestamptz)
RETURNS TABLE (unit integer, code_id uuid, tail text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  newest uuid;
  its_tail text;
BEGIN
  SELECT s.code_id, s.tail INTO newest, its_tail FROM stock_shared_secret s
   WHERE s.listing_id = p_listing ORDER BY s.n DESC LIMIT 1;
  IF newest IS NOT NULL THEN
    FOREACH unit IN ARRAY p_units LOOP
      INSERT INTO stock_claim (listing_id, order_id, unit, code_id, shared, tail, claimed_at)
      VALUES (p_listing, p_order, unit, newest, true, its_tail, p_now)
      ON CONFLICT (listing_id, order_id, unit) DO NOTHING;
    END LOOP;
  END IF;
  RETURN QUERY SELECT c.unit, c.code_id, c.tail FROM stock_claim c
   WHERE c.listing_id = p_listing AND c.order_id = p_order AND c.unit = ANY (p_units) AND c.ended_as IS NULL;
END $$;
"""

# Room on each page, so that a change of state stays on it and touches no index.
FILLFACTOR = "ALTER TABLE stock_code SET (fillfactor = 85)"


class Migration(migrations.Migration):
    dependencies = [("stock", "0001_initial")]

    operations = [
        migrations.RunSQL(FILLFACTOR, "ALTER TABLE stock_code RESET (fillfactor)"),
        migrations.RunSQL(CLAIM, "DROP FUNCTION stock_claim_v1(uuid, uuid, integer[], timestamptz)"),
        migrations.RunSQL(
            CLAIM_SHARED, "DROP FUNCTION stock_claim_shared_v1(uuid, uuid, integer[], timestamptz)"
        ),
    ]

-- Lays one JSON object over another: objects under the same key are merged down to `depth`, anything else, lists
-- included, is replaced. lib/core/merge-json.ts is the same in TypeScript.
CREATE FUNCTION merge_json(base jsonb, laid jsonb, depth integer) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF depth < 1 OR jsonb_typeof(base) IS DISTINCT FROM 'object' OR jsonb_typeof(laid) IS DISTINCT FROM 'object' THEN
    RETURN laid;
  END IF;
  RETURN base || COALESCE((
    SELECT jsonb_object_agg(o.key, CASE
      WHEN jsonb_typeof(o.value) = 'object' AND jsonb_typeof(base -> o.key) = 'object'
        THEN merge_json(base -> o.key, o.value, depth - 1)
      ELSE o.value END)
    FROM jsonb_each(laid) AS o), '{}');
END $$;

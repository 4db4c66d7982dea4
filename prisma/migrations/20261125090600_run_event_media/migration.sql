-- Which results have brought a blob. By itself: a transaction that held another lock as well could deadlock with runs.
CREATE INDEX "RunEvent_media_idx" ON "RunEvent"
  USING GIN ((("data" -> 'media')::jsonb) jsonb_path_ops)
  WHERE "type" = 'ToolCallCompleted' AND ("data" -> 'media') IS NOT NULL;

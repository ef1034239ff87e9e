-- concurrently: sessions_ended
CREATE INDEX IF NOT EXISTS "sessions_ended" ON "sessions" USING btree ("ended_at") WHERE ended_at is not null;
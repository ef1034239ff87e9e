-- concurrently: messages_replies
CREATE INDEX IF NOT EXISTS "messages_replies" ON "messages" USING btree ("created_at") WHERE reply_source is not null;
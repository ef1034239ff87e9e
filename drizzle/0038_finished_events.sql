-- concurrently: callback_events_finished
CREATE INDEX IF NOT EXISTS "callback_events_finished" ON "callback_events" USING btree ("application_id","finished_at") WHERE state <> 'pending';

-- Pairs of adjacent characters of a text in lower case: the keys of the search, which finds Chinese words of two characters. A pair
-- is a number, because that compares faster than a text and the same under each collation.
CREATE FUNCTION "text_bigrams"(content text) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
DECLARE
	pairs bigint[] := '{}';
	code bigint;
	previous bigint;
	letter text;
BEGIN
	FOREACH letter IN ARRAY string_to_array(lower(content), NULL) LOOP
		code := ascii(letter);
		IF previous IS NOT NULL THEN
			pairs := pairs || (previous << 21 | code);
		END IF;
		previous := code;
	END LOOP;
	RETURN pairs;
END $$;--> statement-breakpoint
SET LOCAL maintenance_work_mem = '256MB';--> statement-breakpoint
CREATE INDEX "callback_attempts_text" ON "callback_attempts" USING gin (text_bigrams(error || chr(10) || answer_excerpt)) WHERE error <> '' or answer_excerpt <> '';--> statement-breakpoint
CREATE INDEX "callback_events_text" ON "callback_events" USING gin (text_bigrams(coalesce(data ->> 'content', '') || chr(10) || coalesce(data ->> 'nickname', ''))) WHERE state <> 'pending';--> statement-breakpoint
CREATE INDEX "messages_text" ON "messages" USING gin (text_bigrams(sender_name || chr(10) || content)) WHERE state not in ('queued', 'sending');--> statement-breakpoint
-- How frequent each pair is: a frequent text is found by reading the latest rows, a rare one by its index.
CREATE STATISTICS "messages_text_frequency" ON (text_bigrams(sender_name || chr(10) || content)) FROM "messages";--> statement-breakpoint
CREATE STATISTICS "callback_events_text_frequency" ON (text_bigrams(coalesce(data ->> 'content', '') || chr(10) || coalesce(data ->> 'nickname', ''))) FROM "callback_events";--> statement-breakpoint
CREATE STATISTICS "callback_attempts_text_frequency" ON (text_bigrams(error || chr(10) || answer_excerpt)) FROM "callback_attempts";
--> statement-breakpoint
-- New rows are added to an index in batches; small ones, because the row that fills a batch waits for it.
ALTER INDEX "messages_text" SET (gin_pending_list_limit = 512);--> statement-breakpoint
ALTER INDEX "callback_events_text" SET (gin_pending_list_limit = 512);--> statement-breakpoint
ALTER INDEX "callback_attempts_text" SET (gin_pending_list_limit = 512);

CREATE TABLE "figure_changes" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"series" text NOT NULL,
	"application_id" text NOT NULL,
	"delay_step" smallint NOT NULL,
	"change" smallint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "figure_hours" (
	"hour" timestamp with time zone NOT NULL,
	"series" text NOT NULL,
	"application_id" text NOT NULL,
	"delay_step" smallint NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "figure_hours_series_application_id_hour_delay_step_pk" PRIMARY KEY("series","application_id","hour","delay_step")
);
--> statement-breakpoint
CREATE TABLE "figure_progress" (
	"id" integer PRIMARY KEY NOT NULL,
	"summed_from" timestamp with time zone NOT NULL,
	"summed_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "figure_hours_age" ON "figure_hours" USING btree ("hour");--> statement-breakpoint
-- The step of a delay: 1 up to 1.05 ms, then 5 % longer each.
CREATE FUNCTION "delay_step"(delay interval) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT greatest(1, ceil(ln(greatest(date_part('epoch', delay) * 1000, 1)) / ln(1.05::float8)))::smallint
$$;--> statement-breakpoint
-- What a row counts as, and when. Sums and the changes of sums both come from these functions, so that they cannot differ.
CREATE FUNCTION "message_figures"(message messages)
	RETURNS TABLE (series text, application_id text, at timestamptz, delay_step smallint) LANGUAGE sql IMMUTABLE AS $$
	SELECT figure.series, '', figure.at, 0::smallint FROM (VALUES
		('received', message.created_at, message.state = 'received'),
		('sent', message.created_at, message.state = 'sent'),
		('failed', message.created_at, message.state IN ('refused', 'unknown')
			OR message.state = 'cancelled' AND message.error_code IS DISTINCT FROM 'ILLEGAL_ACTION'),
		('accepted', message.created_at, message.state <> 'received'),
		('ended', message.finished_at, message.state <> 'received' AND message.finished_at IS NOT NULL)
	) AS figure (series, at, is_counted) WHERE is_counted
$$;--> statement-breakpoint
CREATE FUNCTION "event_figures"(event callback_events)
	RETURNS TABLE (series text, application_id text, at timestamptz, delay_step smallint) LANGUAGE sql IMMUTABLE AS $$
	SELECT figure.series, figure.application_id, figure.at, delay_step(event.finished_at - event.created_at) FROM (VALUES
		('event_delivered', '', event.created_at, event.state = 'delivered' AND event.type <> 'test'),
		('event_dead', '', event.created_at, event.state = 'dead' AND event.type <> 'test'),
		('endpoint_dead', event.application_id, event.finished_at,
			event.state = 'dead' AND event.lane = 'application:' || event.application_id)
	) AS figure (series, application_id, at, is_counted) WHERE is_counted
$$;--> statement-breakpoint
CREATE FUNCTION "attempt_figures"(attempt callback_attempts)
	RETURNS TABLE (series text, application_id text, at timestamptz, delay_step smallint) LANGUAGE sql STABLE AS $$
	SELECT CASE WHEN attempt.is_delivered THEN 'attempt_delivered' ELSE 'attempt_failed' END, event.application_id, attempt.started_at,
			CASE WHEN attempt.is_delivered
				THEN delay_step(attempt.started_at - event.created_at + attempt.duration_ms * interval '1 ms') ELSE 0::smallint END
		FROM callback_events AS event
		WHERE event.id = attempt.event_id AND event.lane = 'application:' || event.application_id
		-- Looks its event up by id, instead of a join with all events.
		OFFSET 0
$$;--> statement-breakpoint
-- Record how a late change of a row changes its hour's figures. A transaction is open for less than 30 minutes, and an hour is summed
-- an hour after its end: a change that is not recorded here is in the sum. New rows have the current time, so that their insertion is
-- never late.
CREATE FUNCTION "record_late_message"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO figure_changes (hour, series, application_id, delay_step, change)
		SELECT date_trunc('hour', at, 'UTC'), series, application_id, delay_step, change FROM (
			(SELECT *, -1 AS change FROM message_figures(OLD) EXCEPT ALL SELECT *, -1 FROM message_figures(NEW))
			UNION ALL (SELECT *, 1 FROM message_figures(NEW) EXCEPT ALL SELECT *, 1 FROM message_figures(OLD))) AS changed
			WHERE at < statement_timestamp() - interval '30 minutes';
	RETURN NULL;
END
$$;--> statement-breakpoint
CREATE FUNCTION "record_late_event"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO figure_changes (hour, series, application_id, delay_step, change)
		SELECT date_trunc('hour', at, 'UTC'), series, application_id, delay_step, change FROM (
			(SELECT *, -1 AS change FROM event_figures(OLD) EXCEPT ALL SELECT *, -1 FROM event_figures(NEW))
			UNION ALL (SELECT *, 1 FROM event_figures(NEW) EXCEPT ALL SELECT *, 1 FROM event_figures(OLD))) AS changed
			WHERE at < statement_timestamp() - interval '30 minutes';
	RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "messages_late_change" AFTER UPDATE OF state, error_code, finished_at ON "messages" FOR EACH ROW
	WHEN (OLD.created_at < statement_timestamp() - interval '30 minutes') EXECUTE FUNCTION record_late_message();--> statement-breakpoint
CREATE TRIGGER "callback_events_late_change" AFTER UPDATE OF state, finished_at ON "callback_events" FOR EACH ROW
	WHEN (OLD.created_at < statement_timestamp() - interval '30 minutes' AND OLD.state IS DISTINCT FROM NEW.state)
	EXECUTE FUNCTION record_late_event();

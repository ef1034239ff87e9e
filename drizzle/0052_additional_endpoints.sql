CREATE TABLE "application_endpoints" (
	"id" text PRIMARY KEY NOT NULL,
	"application_id" text NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"event_types" text[] NOT NULL,
	"room_scope" text DEFAULT 'bound' NOT NULL,
	"robot_ids" text[],
	"room_ids" text[],
	"header_names" text[] DEFAULT '{}' NOT NULL,
	"headers_sealed" text,
	"signing_secret_sealed" text NOT NULL,
	"previous_signing_secret_sealed" text,
	"previous_signing_ends_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "callback_endpoints" ADD COLUMN "endpoint_id" text;--> statement-breakpoint
ALTER TABLE "callback_events" ADD COLUMN "endpoint_id" text;--> statement-breakpoint
ALTER TABLE "application_endpoints" ADD CONSTRAINT "application_endpoints_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "application_endpoints_application" ON "application_endpoints" USING btree ("application_id","created_at");--> statement-breakpoint
ALTER TABLE "callback_endpoints" ADD CONSTRAINT "callback_endpoints_endpoint_id_application_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."application_endpoints"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
-- Attempts and dead events of an additional endpoint count under its id, which stands in the place of the application's.
CREATE OR REPLACE FUNCTION "event_figures"(event callback_events)
	RETURNS TABLE (series text, application_id text, at timestamptz, delay_step smallint) LANGUAGE sql IMMUTABLE AS $$
	SELECT figure.series, figure.application_id, figure.at, delay_step(event.finished_at - event.created_at) FROM (VALUES
		('event_delivered', '', event.created_at, event.state = 'delivered' AND event.type <> 'test'),
		('event_dead', '', event.created_at, event.state = 'dead' AND event.type <> 'test'),
		('endpoint_dead', coalesce(event.endpoint_id, event.application_id), event.finished_at,
			event.state = 'dead' AND event.lane IN ('application:' || event.application_id, 'endpoint:' || event.endpoint_id))
	) AS figure (series, application_id, at, is_counted) WHERE is_counted
$$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION "attempt_figures"(attempt callback_attempts)
	RETURNS TABLE (series text, application_id text, at timestamptz, delay_step smallint) LANGUAGE sql STABLE AS $$
	SELECT CASE WHEN attempt.is_delivered THEN 'attempt_delivered' ELSE 'attempt_failed' END,
			coalesce(event.endpoint_id, event.application_id), attempt.started_at,
			CASE WHEN attempt.is_delivered
				THEN delay_step(attempt.started_at - event.created_at + attempt.duration_ms * interval '1 ms') ELSE 0::smallint END
		FROM callback_events AS event
		WHERE event.id = attempt.event_id AND event.lane IN ('application:' || event.application_id, 'endpoint:' || event.endpoint_id)
		-- Looks its event up by id, instead of a join with all events.
		OFFSET 0
$$;

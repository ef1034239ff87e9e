CREATE TABLE "gateway_devices" (
	"robot_id" text PRIMARY KEY NOT NULL,
	"connector_id" text NOT NULL,
	"app_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "gateway_events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"robot_id" text NOT NULL,
	"key" text NOT NULL,
	"body" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "gateway_refusals" (
	"connector_id" text NOT NULL,
	"reason" text NOT NULL,
	"count" integer DEFAULT 1 NOT NULL,
	"last_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "gateway_refusals_connector_id_reason_pk" PRIMARY KEY("connector_id","reason")
);
--> statement-breakpoint
CREATE TABLE "outgoing_files" (
	"id" text PRIMARY KEY NOT NULL,
	"robot_id" text NOT NULL,
	"content_type" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "gateway_devices" ADD CONSTRAINT "gateway_devices_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gateway_devices" ADD CONSTRAINT "gateway_devices_connector_id_connectors_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connectors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gateway_events" ADD CONSTRAINT "gateway_events_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outgoing_files" ADD CONSTRAINT "outgoing_files_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "gateway_devices_app" ON "gateway_devices" USING btree ("connector_id","app_id");--> statement-breakpoint
CREATE UNIQUE INDEX "gateway_events_key" ON "gateway_events" USING btree ("robot_id","key");--> statement-breakpoint
CREATE INDEX "gateway_events_waiting" ON "gateway_events" USING btree ("robot_id","id") WHERE body is not null;--> statement-breakpoint
CREATE INDEX "gateway_events_age" ON "gateway_events" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "outgoing_files_age" ON "outgoing_files" USING btree ("expires_at");
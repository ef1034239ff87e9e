CREATE TABLE "connector_applications" (
	"connector_id" text NOT NULL,
	"application_id" text NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connector_applications_connector_id_application_id_pk" PRIMARY KEY("connector_id","application_id")
);
--> statement-breakpoint
CREATE TABLE "connectors" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"name" text NOT NULL,
	"settings" jsonb NOT NULL,
	"secrets_sealed" text NOT NULL,
	"callback_key_hash" text NOT NULL,
	"callback_key_sealed" text NOT NULL,
	"is_assistant" boolean DEFAULT false NOT NULL,
	"risk_accepted_at" timestamp with time zone,
	"check_requested_at" timestamp with time zone,
	"checked_at" timestamp with time zone,
	"problems" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "robots" ADD COLUMN "connector_id" text;--> statement-breakpoint
ALTER TABLE "connector_applications" ADD CONSTRAINT "connector_applications_connector_id_connectors_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connectors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connector_applications" ADD CONSTRAINT "connector_applications_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "connector_applications_application" ON "connector_applications" USING btree ("application_id");--> statement-breakpoint
CREATE UNIQUE INDEX "connector_applications_default" ON "connector_applications" USING btree ("application_id") WHERE is_default;--> statement-breakpoint
CREATE UNIQUE INDEX "connectors_name" ON "connectors" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "connectors_callback" ON "connectors" USING btree ("callback_key_hash");--> statement-breakpoint
ALTER TABLE "robots" ADD CONSTRAINT "robots_connector_id_connectors_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connectors"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "robots_connector" ON "robots" USING btree ("connector_id");
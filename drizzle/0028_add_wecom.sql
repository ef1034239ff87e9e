CREATE TABLE "wecom_callbacks" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"connector_id" text NOT NULL,
	"nonce" text NOT NULL,
	"open_kfid" text NOT NULL,
	"sync_token" text NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wecom_companies" (
	"connector_id" text PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"credentials_hash" text,
	"access_token_sealed" text,
	"token_expires_at" timestamp with time zone,
	"renewing_until" timestamp with time zone,
	"refusal" jsonb,
	"refused_at" timestamp with time zone,
	"callback_hash" text,
	"callback_verified_at" timestamp with time zone,
	"callback_received_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "part_count" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "wecom_callbacks" ADD CONSTRAINT "wecom_callbacks_connector_id_connectors_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connectors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wecom_companies" ADD CONSTRAINT "wecom_companies_connector_id_connectors_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connectors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "wecom_callbacks_nonce" ON "wecom_callbacks" USING btree ("connector_id","nonce");--> statement-breakpoint
CREATE INDEX "wecom_callbacks_account" ON "wecom_callbacks" USING btree ("connector_id","open_kfid","id");--> statement-breakpoint
CREATE INDEX "wecom_callbacks_age" ON "wecom_callbacks" USING btree ("connector_id","received_at");
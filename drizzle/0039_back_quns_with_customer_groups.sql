ALTER TYPE "public"."identification" ADD VALUE 'join_qr';--> statement-breakpoint
CREATE TABLE "qun_join_ways" (
	"qun_id" text PRIMARY KEY NOT NULL,
	"chat_id" text NOT NULL,
	"config_id" text NOT NULL,
	"content_type" text,
	"bytes" "bytea",
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wecom_pool_groups" (
	"connector_id" text NOT NULL,
	"chat_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "wecom_pool_groups_connector_id_chat_id_pk" PRIMARY KEY("connector_id","chat_id")
);
--> statement-breakpoint
ALTER TABLE "wecom_callbacks" ADD COLUMN "chat_id" text;--> statement-breakpoint
ALTER TABLE "qun_join_ways" ADD CONSTRAINT "qun_join_ways_qun_id_quns_id_fk" FOREIGN KEY ("qun_id") REFERENCES "public"."quns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wecom_pool_groups" ADD CONSTRAINT "wecom_pool_groups_connector_id_connectors_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connectors"("id") ON DELETE cascade ON UPDATE no action;
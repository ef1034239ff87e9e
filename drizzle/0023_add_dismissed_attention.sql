CREATE TABLE "dismissed_attention" (
	"kind" text NOT NULL,
	"target_id" text NOT NULL,
	"state" text NOT NULL,
	"dismissed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dismissed_attention_kind_target_id_pk" PRIMARY KEY("kind","target_id")
);

-- Characters of a name in lower case, and its pairs of adjacent characters: the keys of a search for one character or more. As `text_bigrams`.
CREATE FUNCTION "name_keys"(name text) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
DECLARE
	keys bigint[] := '{}';
	code bigint;
	previous bigint;
	letter text;
BEGIN
	FOREACH letter IN ARRAY string_to_array(lower(name), NULL) LOOP
		code := ascii(letter);
		keys := keys || code;
		IF previous IS NOT NULL THEN
			keys := keys || (previous << 21 | code);
		END IF;
		previous := code;
	END LOOP;
	RETURN keys;
END $$;--> statement-breakpoint
CREATE TABLE "conversation_names" (
	"conversation_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL
);--> statement-breakpoint
CREATE TABLE "room_names" (
	"room_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL
);--> statement-breakpoint
-- Conversations and rooms are locked against writes only from the first foreign key on: the many names are copied and indexed before.
SET LOCAL maintenance_work_mem = '256MB';--> statement-breakpoint
INSERT INTO "conversation_names" ("conversation_id", "name") SELECT "id", "name" FROM "conversations" WHERE "name" <> '';--> statement-breakpoint
INSERT INTO "room_names" ("room_id", "name") SELECT "id", "name" FROM "rooms" WHERE "name" <> '';--> statement-breakpoint
CREATE INDEX "conversation_names_text" ON "conversation_names" USING gin (name_keys(name)) WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "room_names_text" ON "room_names" USING gin (name_keys(name)) WITH (fastupdate=false);--> statement-breakpoint
LOCK TABLE "conversations", "rooms" IN SHARE ROW EXCLUSIVE MODE;--> statement-breakpoint
-- What was written meanwhile.
DELETE FROM "conversation_names" WHERE NOT EXISTS (SELECT FROM "conversations" WHERE "id" = "conversation_id");--> statement-breakpoint
DELETE FROM "room_names" WHERE NOT EXISTS (SELECT FROM "rooms" WHERE "id" = "room_id");--> statement-breakpoint
INSERT INTO "conversation_names" ("conversation_id", "name")
	SELECT "id", "name" FROM "conversations" AS "source" WHERE "name" <> ''
		AND NOT EXISTS (SELECT FROM "conversation_names" AS "stored" WHERE "stored"."conversation_id" = "source"."id" AND "stored"."name" = "source"."name")
	ON CONFLICT ("conversation_id") DO UPDATE SET "name" = EXCLUDED."name";--> statement-breakpoint
INSERT INTO "room_names" ("room_id", "name")
	SELECT "id", "name" FROM "rooms" AS "source" WHERE "name" <> ''
		AND NOT EXISTS (SELECT FROM "room_names" AS "stored" WHERE "stored"."room_id" = "source"."id" AND "stored"."name" = "source"."name")
	ON CONFLICT ("room_id") DO UPDATE SET "name" = EXCLUDED."name";--> statement-breakpoint
ALTER TABLE "conversation_names" ADD CONSTRAINT "conversation_names_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_names" ADD CONSTRAINT "room_names_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE FUNCTION "store_conversation_name"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO "conversation_names" ("conversation_id", "name") VALUES (NEW."id", NEW."name")
		ON CONFLICT ("conversation_id") DO UPDATE SET "name" = EXCLUDED."name";
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "store_room_name"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO "room_names" ("room_id", "name") VALUES (NEW."id", NEW."name")
		ON CONFLICT ("room_id") DO UPDATE SET "name" = EXCLUDED."name";
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "conversations_named" AFTER INSERT ON "conversations" FOR EACH ROW
	WHEN (NEW."name" <> '') EXECUTE FUNCTION "store_conversation_name"();--> statement-breakpoint
CREATE TRIGGER "conversations_renamed" AFTER UPDATE OF "name" ON "conversations" FOR EACH ROW
	WHEN (OLD."name" <> NEW."name") EXECUTE FUNCTION "store_conversation_name"();--> statement-breakpoint
CREATE TRIGGER "rooms_named" AFTER INSERT ON "rooms" FOR EACH ROW
	WHEN (NEW."name" <> '') EXECUTE FUNCTION "store_room_name"();--> statement-breakpoint
CREATE TRIGGER "rooms_renamed" AFTER UPDATE OF "name" ON "rooms" FOR EACH ROW
	WHEN (OLD."name" <> NEW."name") EXECUTE FUNCTION "store_room_name"();

-- What searching looks at: one short normalised text per message of a user, in an index that holds it whole, so that
-- a search reads the user's own entries and nothing else (docs/decisions/0009).
ALTER TABLE "contents" ADD COLUMN "search" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "message_text" (
    "user_id" UUID NOT NULL,
    "sent_at" TIMESTAMPTZ NOT NULL,
    "message_id" BIGINT NOT NULL,
    "search" TEXT NOT NULL,

    CONSTRAINT "message_text_pkey" PRIMARY KEY ("message_id")
);

CREATE INDEX "message_text_search" ON "message_text"("user_id", "sent_at", "message_id") INCLUDE ("search");

-- The scan stays within the index only where pages are known to be visible to all: vacuum often.
ALTER TABLE "message_text" SET (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_insert_threshold = 5000);

-- Kept by triggers: messages are written, handed over and held in many places, and none of them can forget it.
-- Reads, stars and other acts touch none of these columns, so they cost nothing.
CREATE FUNCTION message_text_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO message_text (user_id, sent_at, message_id, search)
  SELECT n.user_id, n.sent_at, n.id, c.search FROM inserted n JOIN contents c ON c.id = n.content_id
  WHERE n.user_id IS NOT NULL;
  RETURN NULL;
END $$;

CREATE FUNCTION message_text_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.user_id IS NULL THEN
    DELETE FROM message_text WHERE message_id = NEW.id;
  ELSE
    INSERT INTO message_text (user_id, sent_at, message_id, search)
    SELECT NEW.user_id, NEW.sent_at, NEW.id, c.search FROM contents c WHERE c.id = NEW.content_id
    ON CONFLICT (message_id) DO UPDATE
      SET user_id = excluded.user_id, sent_at = excluded.sent_at, search = excluded.search;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION message_text_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM message_text t USING deleted d WHERE t.message_id = d.id;
  RETURN NULL;
END $$;

CREATE TRIGGER message_text_insert AFTER INSERT ON messages
  REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION message_text_insert();
CREATE TRIGGER message_text_update AFTER UPDATE OF user_id, sent_at, content_id ON messages
  FOR EACH ROW WHEN (OLD.user_id IS DISTINCT FROM NEW.user_id OR OLD.sent_at IS DISTINCT FROM NEW.sent_at
    OR OLD.content_id IS DISTINCT FROM NEW.content_id) EXECUTE FUNCTION message_text_update();
CREATE TRIGGER message_text_delete AFTER DELETE ON messages
  REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION message_text_delete();

-- Counting a user's messages without touching them (docs/decisions/0005).
CREATE INDEX "messages_counts" ON "messages"("user_id", "connection_id", "category")
  INCLUDE ("read_at", "done_at", "starred_at", "snoozed_until") WHERE (user_id is not null);

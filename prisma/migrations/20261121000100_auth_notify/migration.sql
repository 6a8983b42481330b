-- Tells every process at once when something it may have cached about who is signed in has changed. The payload is
-- `<table>:<operation>:<id>`: ids only, never a token.

CREATE FUNCTION "notify_auth"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('huixin_auth', TG_TABLE_NAME || ':' || TG_OP || ':' || OLD."id");
  RETURN NULL;
END
$$;

CREATE TRIGGER "sessions_ended" AFTER DELETE ON "sessions"
  FOR EACH ROW EXECUTE FUNCTION "notify_auth"();

CREATE TRIGGER "sessions_changed" AFTER UPDATE ON "sessions"
  FOR EACH ROW WHEN (
    (OLD."token", OLD."user_id", OLD."expires_at") IS DISTINCT FROM (NEW."token", NEW."user_id", NEW."expires_at")
  ) EXECUTE FUNCTION "notify_auth"();

CREATE TRIGGER "api_tokens_ended" AFTER DELETE ON "api_tokens"
  FOR EACH ROW EXECUTE FUNCTION "notify_auth"();

CREATE TRIGGER "api_tokens_changed" AFTER UPDATE ON "api_tokens"
  FOR EACH ROW WHEN (
    (OLD."hash", OLD."user_id", OLD."scopes", OLD."expires_at")
      IS DISTINCT FROM (NEW."hash", NEW."user_id", NEW."scopes", NEW."expires_at")
  ) EXECUTE FUNCTION "notify_auth"();

-- Not for last_seen_at, which changes once a minute.
CREATE TRIGGER "users_changed" AFTER UPDATE ON "users"
  FOR EACH ROW WHEN (
    (OLD."username", OLD."display_username", OLD."name", OLD."role", OLD."disabled_at", OLD."preferences")
      IS DISTINCT FROM
    (NEW."username", NEW."display_username", NEW."name", NEW."role", NEW."disabled_at", NEW."preferences")
  ) EXECUTE FUNCTION "notify_auth"();

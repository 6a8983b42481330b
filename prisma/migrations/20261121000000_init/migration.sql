-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "username" TEXT NOT NULL,
    "display_username" TEXT NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'employee',
    "disabled_at" TIMESTAMPTZ,
    "preferences" JSONB NOT NULL DEFAULT '{}',
    "last_seen_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "token" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ,
    "refresh_token_expires_at" TIMESTAMPTZ,
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verifications" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_tokens" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "expires_at" TIMESTAMPTZ,
    "last_used_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_failures" (
    "id" BIGSERIAL NOT NULL,
    "username" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_failures_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "installation" (
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "audit" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" UUID,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connections" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "connector" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "secrets" TEXT,
    "setup_until" TIMESTAMPTZ,
    "archived_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failing_since" TIMESTAMPTZ,
    "retry_at" TIMESTAMPTZ,
    "last_success_at" TIMESTAMPTZ,
    "last_error_at" TIMESTAMPTZ,
    "last_error" TEXT,

    CONSTRAINT "connections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setup_calls" (
    "id" BIGSERIAL NOT NULL,
    "connection_id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "headers" JSONB NOT NULL,
    "query" TEXT NOT NULL,
    "body" BYTEA NOT NULL,

    CONSTRAINT "setup_calls_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refusals" (
    "id" BIGSERIAL NOT NULL,
    "connection_id" UUID,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reason" TEXT NOT NULL,
    "address" TEXT,
    "sample" BYTEA NOT NULL,

    CONSTRAINT "refusals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refusal_counts" (
    "connection_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "count" BIGINT NOT NULL DEFAULT 0,
    "last_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "refusal_counts_pkey" PRIMARY KEY ("connection_id","reason")
);

-- CreateTable
CREATE TABLE "persons" (
    "id" BIGSERIAL NOT NULL,
    "connection_id" UUID NOT NULL,
    "external_id" TEXT,
    "login_name" TEXT,
    "name" TEXT,
    "user_id" UUID,
    "mapped_at" TIMESTAMPTZ,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "first_seen_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_poll_at" TIMESTAMPTZ,
    "lease_until" TIMESTAMPTZ,
    "lease_token" UUID,
    "backfilled_at" TIMESTAMPTZ,
    "polled_at" TIMESTAMPTZ,
    "poll_error" TEXT,

    CONSTRAINT "persons_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" BIGSERIAL NOT NULL,
    "connection_id" UUID NOT NULL,
    "received_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "verdict" TEXT NOT NULL,
    "reason" TEXT,
    "recipients" INTEGER NOT NULL,
    "duplicate_of" BIGINT,
    "deliver_id" TEXT,
    "body_hash" BYTEA NOT NULL,
    "deliver_key" TEXT,
    "hash_key" BYTEA,
    "op" TEXT,
    "sent_at" TIMESTAMPTZ,
    "skew_seconds" INTEGER,
    "query" TEXT NOT NULL,
    "headers" JSONB NOT NULL,
    "body" BYTEA,

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contents" (
    "id" BIGSERIAL NOT NULL,
    "connection_id" UUID NOT NULL,
    "delivery_id" BIGINT,
    "hash" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ NOT NULL,
    "category" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "action" TEXT,
    "title" TEXT NOT NULL,
    "plain_title" BOOLEAN NOT NULL DEFAULT false,
    "subtitle" TEXT,
    "text" TEXT,
    "fields" JSONB NOT NULL DEFAULT '[]',
    "changes" JSONB NOT NULL DEFAULT '[]',
    "sender" TEXT,
    "link" TEXT,
    "link_ref" JSONB,
    "has_link" BOOLEAN NOT NULL DEFAULT false,
    "open_type" TEXT,
    "count" INTEGER,
    "important" BOOLEAN NOT NULL DEFAULT false,
    "thread_key" TEXT,
    "slot" TEXT,
    "generation" TEXT,
    "reminder" TEXT,

    CONSTRAINT "contents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recipients" (
    "id" BIGSERIAL NOT NULL,
    "connection_id" UUID NOT NULL,
    "delivery_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "external_id" TEXT,
    "name" TEXT,
    "content_id" BIGINT,
    "person_id" BIGINT,
    "slot" TEXT,
    "message_id" BIGINT,

    CONSTRAINT "recipients_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pulled_items" (
    "person_id" BIGINT NOT NULL,
    "external_id" TEXT NOT NULL,
    "connection_id" UUID NOT NULL,
    "message_id" BIGINT,
    "vendor_read" BOOLEAN NOT NULL,
    "missed" INTEGER NOT NULL DEFAULT 0,
    "seen_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pulled_items_pkey" PRIMARY KEY ("person_id","external_id")
);

-- CreateTable
CREATE TABLE "inboxes" (
    "user_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "inboxes_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "messages" (
    "id" BIGSERIAL NOT NULL,
    "connection_id" UUID NOT NULL,
    "person_id" BIGINT NOT NULL,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "user_id" UUID,
    "held" BOOLEAN NOT NULL DEFAULT false,
    "key" TEXT NOT NULL,
    "slot" TEXT,
    "content_id" BIGINT NOT NULL,
    "thread_id" UUID NOT NULL,
    "category" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "urgent" BOOLEAN NOT NULL DEFAULT false,
    "marks" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "sent_at" TIMESTAMPTZ NOT NULL,
    "received_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ,
    "read_by" TEXT,
    "kept_unread" BOOLEAN NOT NULL DEFAULT false,
    "done_at" TIMESTAMPTZ,
    "done_by" TEXT,
    "reopened_at" TIMESTAMPTZ,
    "starred_at" TIMESTAMPTZ,
    "snoozed_until" TIMESTAMPTZ,
    "sync" TEXT NOT NULL DEFAULT 'none',
    "seq" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "events" (
    "user_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "ids" BIGINT[],
    "count" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "events_pkey" PRIMARY KEY ("user_id","seq")
);

-- CreateTable
CREATE TABLE "actions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undone_at" TIMESTAMPTZ,

    CONSTRAINT "actions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "action_items" (
    "action_id" UUID NOT NULL,
    "message_id" BIGINT NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,

    CONSTRAINT "action_items_pkey" PRIMARY KEY ("action_id","message_id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "connection_id" UUID NOT NULL,
    "person_id" BIGINT NOT NULL,
    "user_id" UUID NOT NULL,
    "message_id" BIGINT NOT NULL,
    "external_id" TEXT NOT NULL,
    "op" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "due_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "refusals" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "users_username_key" ON "users"("username");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_token_key" ON "sessions"("token");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "accounts_user_id_idx" ON "accounts"("user_id");

-- CreateIndex
CREATE INDEX "verifications_identifier_idx" ON "verifications"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "api_tokens_hash_key" ON "api_tokens"("hash");

-- CreateIndex
CREATE INDEX "api_tokens_user_id_idx" ON "api_tokens"("user_id");

-- CreateIndex
CREATE INDEX "sign_in_failures_address_at_idx" ON "sign_in_failures"("address", "at");

-- CreateIndex
CREATE INDEX "sign_in_failures_username_at_idx" ON "sign_in_failures"("username", "at");

-- CreateIndex
CREATE INDEX "audit_at_idx" ON "audit"("at");

-- CreateIndex
CREATE UNIQUE INDEX "connections_name_key" ON "connections"("name");

-- CreateIndex
CREATE INDEX "setup_calls_connection_id_id_idx" ON "setup_calls"("connection_id", "id");

-- CreateIndex
CREATE INDEX "refusals_connection_id_id_idx" ON "refusals"("connection_id", "id");

-- CreateIndex
CREATE INDEX "persons_user_id_idx" ON "persons"("user_id");

-- CreateIndex
CREATE INDEX "persons_connection_id_login_name_idx" ON "persons"("connection_id", "login_name");

-- CreateIndex
CREATE INDEX "persons_due" ON "persons"("connection_id", "next_poll_at") WHERE (next_poll_at is not null);

-- CreateIndex
CREATE UNIQUE INDEX "persons_connection_id_external_id_key" ON "persons"("connection_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "persons_connection_id_user_id_key" ON "persons"("connection_id", "user_id");

-- CreateIndex
CREATE INDEX "deliveries_connection_id_id_idx" ON "deliveries"("connection_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_connection_id_deliver_key_key" ON "deliveries"("connection_id", "deliver_key");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_connection_id_hash_key_key" ON "deliveries"("connection_id", "hash_key");

-- CreateIndex
CREATE INDEX "contents_delivery_id_idx" ON "contents"("delivery_id");

-- CreateIndex
CREATE INDEX "recipients_slot" ON "recipients"("person_id", "slot") WHERE (slot is not null);

-- CreateIndex
CREATE INDEX "recipients_message_id_idx" ON "recipients"("message_id");

-- CreateIndex
CREATE INDEX "recipients_connection_id_state_idx" ON "recipients"("connection_id", "state");

-- CreateIndex
CREATE INDEX "recipients_to_do" ON "recipients"("delivery_id") WHERE (state = 'accepted' and message_id is null);

-- CreateIndex
CREATE UNIQUE INDEX "recipients_delivery_id_position_key" ON "recipients"("delivery_id", "position");

-- CreateIndex
CREATE INDEX "pulled_items_unread" ON "pulled_items"("person_id") WHERE (not vendor_read);

-- CreateIndex
CREATE INDEX "pulled_items_connection_id_idx" ON "pulled_items"("connection_id");

-- CreateIndex
CREATE INDEX "pulled_items_message_id_idx" ON "pulled_items"("message_id");

-- CreateIndex
CREATE INDEX "messages_all" ON "messages"("user_id", "sent_at", "id");

-- CreateIndex
CREATE INDEX "messages_open" ON "messages"("user_id", "sent_at", "id", "connection_id", "category") WHERE (done_at is null);

-- CreateIndex
CREATE INDEX "messages_unread" ON "messages"("user_id", "sent_at", "id", "connection_id") WHERE (read_at is null and done_at is null);

-- CreateIndex
CREATE INDEX "messages_todo" ON "messages"("user_id", "sent_at", "id", "connection_id") WHERE (category = 'todo' and done_at is null);

-- CreateIndex
CREATE INDEX "messages_starred" ON "messages"("user_id", "sent_at", "id") WHERE (starred_at is not null);

-- CreateIndex
CREATE INDEX "messages_user_id_thread_id_idx" ON "messages"("user_id", "thread_id");

-- CreateIndex
CREATE INDEX "messages_slot" ON "messages"("person_id", "slot") WHERE (slot is not null);

-- CreateIndex
CREATE INDEX "messages_waiting" ON "messages"("person_id") WHERE (user_id is null);

-- CreateIndex
CREATE INDEX "messages_snoozed" ON "messages"("snoozed_until") WHERE (snoozed_until is not null);

-- CreateIndex
CREATE INDEX "messages_content_id_idx" ON "messages"("content_id");

-- CreateIndex
CREATE UNIQUE INDEX "messages_person_id_epoch_key_key" ON "messages"("person_id", "epoch", "key");

-- CreateIndex
CREATE INDEX "events_at_idx" ON "events"("at");

-- CreateIndex
CREATE INDEX "actions_user_id_at_idx" ON "actions"("user_id", "at");

-- CreateIndex
CREATE INDEX "action_items_message_id_idx" ON "action_items"("message_id");

-- CreateIndex
CREATE INDEX "outbox_due" ON "outbox"("connection_id", "due_at") WHERE (state in ('pending', 'sending'));

-- CreateIndex
CREATE INDEX "outbox_person" ON "outbox"("person_id") WHERE (state in ('pending', 'sending'));

-- CreateIndex
CREATE UNIQUE INDEX "outbox_message_id_op_key" ON "outbox"("message_id", "op");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "setup_calls" ADD CONSTRAINT "setup_calls_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "persons" ADD CONSTRAINT "persons_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "persons" ADD CONSTRAINT "persons_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inboxes" ADD CONSTRAINT "inboxes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "action_items" ADD CONSTRAINT "action_items_action_id_fkey" FOREIGN KEY ("action_id") REFERENCES "actions"("id") ON DELETE CASCADE ON UPDATE CASCADE;



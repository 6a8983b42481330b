-- To-dos compared with the vendor's, how deep lists are read, messages passed on, and single sign-on.

-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "over_at" TIMESTAMPTZ;

-- AlterTable
ALTER TABLE "persons" ADD COLUMN     "compared_at" TIMESTAMPTZ,
ADD COLUMN     "listed_at" TIMESTAMPTZ,
ADD COLUMN     "newest_first" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "pages" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "scanned_at" TIMESTAMPTZ;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "watched_until" TIMESTAMPTZ;

-- CreateTable
CREATE TABLE "forwards" (
    "id" BIGSERIAL NOT NULL,
    "message_id" BIGINT NOT NULL,
    "connection_id" UUID NOT NULL,
    "person_id" BIGINT NOT NULL,
    "user_id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "due_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ,

    CONSTRAINT "forwards_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "todo_misses" (
    "message_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "todo_misses_pkey" PRIMARY KEY ("message_id")
);

-- CreateTable
CREATE TABLE "sso_tickets" (
    "hash" BYTEA NOT NULL,
    "connection_id" UUID NOT NULL,
    "user_id" UUID,
    "kind" TEXT NOT NULL,
    "login_name" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_at" TIMESTAMPTZ,

    CONSTRAINT "sso_tickets_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "forwards_message_id_key" ON "forwards"("message_id");

-- CreateIndex
CREATE UNIQUE INDEX "forwards_token_key" ON "forwards"("token");

-- CreateIndex
CREATE INDEX "forwards_due" ON "forwards"("connection_id", "due_at") WHERE (state = ANY (ARRAY['pending'::text, 'sending'::text]));

-- CreateIndex
CREATE INDEX "forwards_person_id_idx" ON "forwards"("person_id");

-- CreateIndex
CREATE INDEX "sso_tickets_connection_id_idx" ON "sso_tickets"("connection_id");

-- CreateIndex
CREATE INDEX "sso_tickets_user_id_idx" ON "sso_tickets"("user_id");

-- CreateIndex
CREATE INDEX "sso_tickets_expires_at_idx" ON "sso_tickets"("expires_at");

-- AddForeignKey
ALTER TABLE "forwards" ADD CONSTRAINT "forwards_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "todo_misses" ADD CONSTRAINT "todo_misses_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sso_tickets" ADD CONSTRAINT "sso_tickets_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sso_tickets" ADD CONSTRAINT "sso_tickets_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

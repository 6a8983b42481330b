-- What an archived connection still gets is kept for a while only.

-- CreateIndex
CREATE INDEX "deliveries_archived" ON "deliveries"("received_at") WHERE (reason = 'archived'::text);

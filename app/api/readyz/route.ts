import { answerReady } from '@/lib/http/health'

export const dynamic = 'force-dynamic'

/** 200 once everything is up, 503 before and while the database is away. */
export const GET = () => answerReady()

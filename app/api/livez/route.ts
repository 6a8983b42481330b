import { answerLive } from '@/lib/http/health'

export const dynamic = 'force-dynamic'

/** 200 while the process lives. */
export const GET = () => answerLive()

export { sweepOldEvents as sweepEvents } from '@/lib/inbox/live/sweep-events'

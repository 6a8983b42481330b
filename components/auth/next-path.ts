export { nextPath } from '@/lib/shared/next-path'

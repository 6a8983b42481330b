export { parseInput } from '@/lib/shared/parse-input'

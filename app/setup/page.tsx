import type { Metadata } from 'next'
import { SetupForm } from '@/components/auth/setup-form'
import { pageTitle } from '../page-title'

export const generateMetadata = (): Promise<Metadata> => pageTitle((texts) => texts.auth.setup.title)

export default function SetupPage() {
  return <SetupForm />
}

import type { Metadata } from 'next'
import { WelcomeForm } from '@/components/auth/welcome-form'
import { pageTitle } from '../page-title'

export const generateMetadata = (): Promise<Metadata> => pageTitle((texts) => texts.welcome.title)

export default function WelcomePage() {
  return <WelcomeForm />
}

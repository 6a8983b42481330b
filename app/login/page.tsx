import type { Metadata } from 'next'
import { Suspense } from 'react'
import { LoginForm } from '@/components/auth/login-form'
import { pageTitle } from '../page-title'

export const generateMetadata = (): Promise<Metadata> => pageTitle((texts) => texts.auth.login.title)

export default function LoginPage() {
  return (
    <Suspense>
      <LoginForm />
    </Suspense>
  )
}

import type { Metadata } from 'next'
import { PreferencesPage } from '@/components/shell/preferences/preferences-page'
import { pageTitle } from '../../page-title'
import { forReaders } from '../guard'

export const generateMetadata = (): Promise<Metadata> => pageTitle((texts) => texts.shell.preferences.title)

export default async function Page() {
  await forReaders('/preferences')
  return <PreferencesPage />
}

import { ConnectionPage } from '@/components/settings/connections/connection-page'
import { pageTitle } from '../../../page-title'
import { forAdministrators } from '../../guard'

type Props = { params: Promise<{ id: string }> }

export const generateMetadata = () => pageTitle((texts) => texts.settings.connections.title)

export default async function OneConnectionPage({ params }: Props) {
  const { id } = await params
  return forAdministrators(`/settings/connections/${encodeURIComponent(id)}`, <ConnectionPage id={id} />)
}

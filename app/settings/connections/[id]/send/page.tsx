import { SendPage } from '@/components/settings/send/send-page'
import { pageTitle } from '../../../../page-title'
import { forAdministrators } from '../../../guard'

type Props = { params: Promise<{ id: string }> }

export const generateMetadata = () => pageTitle((texts) => texts.sending.title)

export default async function SendMessagePage({ params }: Props) {
  const { id } = await params
  return forAdministrators(`/settings/connections/${encodeURIComponent(id)}/send`, <SendPage id={id} />)
}

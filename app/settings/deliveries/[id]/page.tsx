import { DeliveryPage } from '@/components/settings/deliveries/delivery-page'
import { pageTitle } from '../../../page-title'
import { forAdministrators } from '../../guard'

type Props = { params: Promise<{ id: string }> }

export const generateMetadata = () => pageTitle((texts) => texts.deliveries.title)

export default async function OneDeliveryPage({ params }: Props) {
  const { id } = await params
  return forAdministrators(`/settings/deliveries/${encodeURIComponent(id)}`, <DeliveryPage id={id} />)
}

'use client'

import { useTranslations } from 'next-intl'
import { CopyField } from '@/components/ui/copy-field'
import type { ConnectionDetail, ConnectorCard } from '@/lib/contracts/connections'
import { Section } from '../section'

type Props = { urls: NonNullable<ConnectionDetail['ssoUrls']>; card: ConnectorCard }

/** The addresses that the vendor's system is given for single sign-on. */
export function SignOnAddresses({ urls, card }: Props) {
  const t = useTranslations('settings.signOn')
  return (
    <Section title={t('title')} text={t('text', { connector: card.name })}>
      <dl className="flex flex-col gap-4">
        {(['handshake', 'entry'] as const).map((name) => (
          <div key={name}>
            <dt className="font-medium">{t(name)}</dt>
            <dd>
              <p className="mt-0.5 mb-2 text-text-muted">{t(`${name}Text`, { connector: card.name })}</p>
              <CopyField value={urls[name]} label={t(name)} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

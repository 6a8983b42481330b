'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { AuditEntry } from '@/lib/contracts/activity'
import type { Connection, ConnectorCard } from '@/lib/contracts/connections'
import { useConnectionList, useConnectors } from '../../connections/use-connections'
import { detailOf, textOf, type AuditDetail } from './audit-detail'

/** What somebody did, to be read after their name; and what else is worth knowing, line by line. */
export type Sentence = { text: string; more: string[] }

/** Tells audit entries in sentences. An action that is not known here is told as it stands. */
export function useAuditSentence(): (entry: AuditEntry) => Sentence {
  const words = useWords()
  return (entry) => {
    const tell = SENTENCES.get(entry.action) ?? plainly
    const { text, more = [] } = tell(entry, detailOf(entry), words)
    return { text, more: more.filter((line): line is string => Boolean(line)) }
  }
}

function useWords() {
  const t = useTranslations('activity.did')
  const verdict = useTranslations('deliveries.verdict')
  const role = useTranslations('settings.people.role')
  const list = useFormatter().list
  const connections = useConnectionList().data?.items
  const cards = useConnectors().data
  return { t, verdict, role, list, connections, cards }
}

type Words = ReturnType<typeof useWords>
type Tell = (
  entry: AuditEntry,
  detail: AuditDetail,
  words: Words,
) => { text: string; more?: (string | null | false)[] }

const SENTENCES = new Map<string, Tell>(
  Object.entries<Tell>({
    'connection.create': (entry, detail, { t }) => ({
      text: t('connection.create', { name: detail.text('name') ?? nameOf(entry) }),
    }),
    'connection.change': (entry, detail, words) => {
      const { t, list } = words
      const [name, before] = [detail.text('name'), detail.text('before')]
      const settings = detail.texts('settings').map((one) => settingName(one, entry.subject, words))
      const renamed = name !== null && before !== null && name !== before
      return {
        text: t('connection.change', { name: name ?? nameOf(entry) }),
        more: [
          renamed && t('renamed', { before, name }),
          settings.length > 0 && t('settings', { names: list(settings, { style: 'narrow' }) }),
          detail.has('reopens') && t('reopened'),
        ],
      }
    },
    'connection.archive': (entry, detail, { t }) => ({
      text: t('connection.archive', { name: detail.text('name') ?? nameOf(entry) }),
    }),
    'connection.purge': (entry, detail, { t }) => ({
      text: t('connection.purge', { name: detail.text('name') ?? nameOf(entry) }),
    }),
    'connection.import_people': (entry, detail, { t }) => ({
      text: t('connection.importPeople', { name: nameOf(entry) }),
      more: [
        t('connection.importPeopleDid', { found: detail.number('found'), added: detail.number('added') }),
      ],
    }),
    'connection.send': (entry, detail, { t }) => ({
      text: t('connection.send', { name: nameOf(entry), count: detail.number('receivers') }),
      more: [detail.text('text')],
    }),
    'mapping.put': (entry, detail, words) => {
      const { t } = words
      const connection = connectionName(detail, words)
      const replaced = detail.texts('replaced').length
      const values = {
        person: entry.subjectName ?? detail.text('loginName') ?? detail.text('externalId') ?? entry.subject,
        user: detail.text('username') ?? '?',
      }
      return {
        text: connection ? t('mapping.putIn', { connection, ...values }) : t('mapping.put', values),
        more: [
          replaced > 0 && t('mapping.replaced'),
          detail.number('delivered') > 0 && t('mapping.delivered', { count: detail.number('delivered') }),
          detail.text('history') === 'all' && t('mapping.history'),
        ],
      }
    },
    'mapping.delete': (entry, detail, words) => {
      const connection = connectionName(detail, words)
      const person = nameOf(entry)
      const { t } = words
      return {
        text: connection ? t('mapping.deleteIn', { connection, person }) : t('mapping.delete', { person }),
      }
    },
    'mapping.import': (_entry, detail, { t }) => ({
      text: t('mapping.import', { rows: detail.number('rows') }),
      more: [
        t('mapping.importDid', {
          users: detail.number('usersCreated'),
          mapped: detail.number('mapped'),
          delivered: detail.number('delivered'),
        }),
      ],
    }),
    'user.create': (entry, detail, { t }) => ({
      text: t('user.create', { name: userName(entry, detail) }),
      more: [detail.text('role') === 'admin' && t('user.asAdmin')],
    }),
    'user.change': (entry, detail, words) => changedUser(entry, detail, words),
    'user.change_password': (_entry, _detail, { t }) => ({ text: t('user.changePassword') }),
    'user.invite': (entry, detail, { t }) => ({ text: t('user.invite', { name: userName(entry, detail) }) }),
    'user.accept_invitation': (_entry, _detail, { t }) => ({ text: t('user.acceptInvitation') }),
    'user.sign_on': (_entry, detail, words) => ({
      text: words.t('user.signOn', { connection: connectionName(detail, words) ?? '?' }),
    }),
    'delivery.replay': (entry, detail, { t, verdict }) => {
      const [before, after] = [detail.text('before'), detail.text('after')]
      const word = (text: string | null) => (isVerdict(text) ? verdict(text) : (text ?? '?'))
      return {
        text: t('delivery.replay', { id: entry.subject }),
        more: [before !== after && t('changed', { before: word(before), after: word(after) })],
      }
    },
    'token.create': (entry, detail, { t }) => ({
      text: t('token.create', { name: detail.text('name') ?? entry.subject }),
    }),
    'token.delete': (_entry, _detail, { t }) => ({ text: t('token.delete') }),
  }),
)

function changedUser(entry: AuditEntry, detail: AuditDetail, words: Words): ReturnType<Tell> {
  const { t, role } = words
  const name = nameOf(entry)
  const disabled = detail.change('disabled')
  const fields = (['name', 'username', 'email', 'role'] as const).filter((field) => detail.change(field))
  const password = detail.has('password')
  const shown = (field: string, value: unknown) =>
    field === 'role' && (value === 'admin' || value === 'employee')
      ? role(value)
      : (textOf(value) ?? t('user.nothing'))
  // One thing that was done has its own sentence; several stand below a common one.
  if (fields.length === 0 && disabled && !password) {
    return { text: disabled.to === true ? t('user.disable', { name }) : t('user.enable', { name }) }
  }
  if (fields.length === 0 && password && !disabled) return { text: t('user.setPassword', { name }) }
  return {
    text: t('user.change', { name }),
    more: [
      ...fields.map((field) => {
        const { from, to } = detail.change(field)!
        const values = { before: shown(field, from), after: shown(field, to) }
        return t('user.field', { field: t(`field.${field}`), ...values })
      }),
      disabled && (disabled.to === true ? t('user.disabled') : t('user.enabled')),
      password && t('user.passwordSet'),
    ],
  }
}

/** As it stands: an action that a newer server knows is not kept from the reader. */
const plainly: Tell = (entry) => ({
  text: `${entry.action} · ${nameOf(entry)}`,
  more: Object.keys(entry.detail).length > 0 ? [JSON.stringify(entry.detail)] : [],
})

const nameOf = (entry: AuditEntry) => entry.subjectName ?? entry.subject

function userName(entry: AuditEntry, detail: AuditDetail): string {
  const [name, username] = [detail.text('name'), detail.text('username') ?? entry.subjectName]
  if (name && username && name !== username) return `${name} (${username})`
  return username ?? name ?? entry.subject
}

function connectionName(detail: AuditDetail, { connections }: { connections?: Connection[] }): string | null {
  const id = detail.text('connectionId')
  return connections?.find((one) => one.id === id)?.name ?? null
}

/** A setting in the words of the connector's card. */
function settingName(
  setting: string,
  connectionId: string,
  { connections, cards }: { connections?: Connection[]; cards?: ConnectorCard[] },
): string {
  const connector = connections?.find(({ id }) => id === connectionId)?.connector
  const card = cards?.find((one) => one.connector === connector)
  return card?.fields.find(({ name }) => name === setting)?.label ?? setting
}

const VERDICTS = ['accepted', 'duplicate', 'dead', 'other'] as const
const isVerdict = (text: string | null): text is (typeof VERDICTS)[number] =>
  (VERDICTS as readonly (string | null)[]).includes(text)

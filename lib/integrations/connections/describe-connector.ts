import type { CardField as ShownField, ConnectorCard } from '@/lib/contracts/connections'
import type { CardField, CardTexts, Connector } from '@/lib/connectors/contract'
import { allConnectors } from '@/lib/connectors/registry'
import { environment } from '@/lib/platform/env'
import type { Locale } from '@/lib/shared/errors'

/** All connectors as pages show them, in the reader's language. */
export function describeConnectors(locale: Locale): ConnectorCard[] {
  return allConnectors().map((connector) => describe(connector, locale))
}

function describe(connector: Connector, locale: Locale): ConnectorCard {
  const { card } = connector
  const texts = connector.texts[locale]
  return {
    connector: connector.id,
    name: texts.name,
    about: texts.about,
    tile: { letter: texts.letter, hue: card.tile.hue },
    open: texts.open,
    tellsRead: card.tellsRead,
    sync: texts.sync,
    pushOff: texts.pushOff,
    pushes: connector.webhook !== undefined,
    pulls: connector.pull !== undefined,
    directory: connector.directory !== undefined,
    sends: connector.send !== undefined,
    fields: card.fields.map((field) => describeField(field, texts)),
    guide: card.guide.map(({ id, picture, check }) => ({
      id,
      title: texts.guide[id]?.title ?? id,
      text: texts.guide[id]?.text ?? '',
      picture,
      check,
    })),
    mappingKeys: card.mappingKeys.map((key) => ({
      key,
      label: texts.mappingKeys[key]?.label ?? key,
      help: texts.mappingKeys[key]?.help ?? '',
    })),
    types: texts.types,
    ops: texts.ops ?? {},
    actions: texts.actions ?? {},
    checks: texts.checks,
  }
}

function describeField(field: CardField, texts: CardTexts): ShownField {
  const words = texts.fields[field.name]
  return {
    name: field.name,
    kind: field.kind,
    label: words?.label ?? field.name,
    help: words?.help ?? '',
    placeholder: words?.placeholder,
    required: field.required ?? false,
    advanced: field.advanced ?? false,
    options: field.options?.map((value) => ({ value, label: words?.options?.[value] ?? value })),
    min: field.min,
    max: field.max,
    default: field.default,
    rotates: field.rotates ?? false,
    ...(field.kind === 'forward' && environment().baseUrl === null && { lacks: 'base_url' as const }),
  }
}

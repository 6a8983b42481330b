import { JSON_TYPE, TEXT_TYPE, type Answer } from '../../loopback-server'
import type { Call, Desk } from '../call'
import { LINK_TYPES, NEEDS_MONTH, type LinkType } from '../world/link-types'
import type { LinkForm } from '../options'

const NO_LINK: Answer = { status: 200, type: TEXT_TYPE, body: '' }

/**
 * `message/linkurl/{linkType}?ReferenceId=` (capital R): where a message leads, empty when there is none.
 * The call knows only the reference, so every other parameter of the template comes out empty.
 */
export function answerLink(desk: Desk, call: Call): Answer {
  const linkType = call.segments[2] ?? ''
  const referenceId = call.query.get('ReferenceId') ?? ''
  const known = LINK_TYPES[linkType]
  if (!known || !desk.world.references.has(referenceId)) return NO_LINK
  if (NEEDS_MONTH.includes(linkType) && !(call.query.get('year') && call.query.get('month'))) return NO_LINK
  const form = desk.options.linkForm ?? known.form
  return linkAnswer(form, filled(known, referenceId, call), desk.webUrl())
}

function filled(linkType: LinkType, referenceId: string, call: Call): string {
  const path = linkType.template.replace('{0}', referenceId).replaceAll(/\{\d\}/g, '')
  const month = call.query.get('month')
  return month ? `${path}&year=${call.query.get('year') ?? ''}&month=${month}` : path
}

function linkAnswer(form: LinkForm, template: string, webUrl: string): Answer {
  const isScript = template.startsWith('javascript:')
  const path = isScript ? '' : template.replace(/^\//, '')
  const plain = (body: string): Answer => ({ status: 200, type: TEXT_TYPE, body })
  switch (form) {
    case 'prefixed':
      return plain(`/seeyon/${path}`)
    case 'rooted':
      return plain(`/${path}`)
    case 'relative':
      return plain(path)
    case 'absolute':
      return plain(`${webUrl}/seeyon/${path}`)
    case 'escaped':
      return plain(`/seeyon/${path}`.replaceAll('&', '&amp;'))
    case 'quoted':
      return { status: 200, type: JSON_TYPE, body: JSON.stringify(`/seeyon/${path}`) }
    case 'empty':
      return NO_LINK
    case 'javascript':
      return plain(isScript ? template : `javascript:openWindow({url:'/seeyon/${path}'})`)
    case 'foreign':
      return plain(`http://other-host.example/seeyon/${path}`)
    case 'schemeless':
      return plain(`//other-host.example/seeyon/${path}`)
  }
}

import { describe, expect, it } from 'vitest'
import { field } from '../../testing/example-connection'
import { changedSettings, fieldOfError, formValues, newSettings, problemOf } from './card-values'

const fields = [
  field('address', 'url', { required: true }),
  field('password', 'secret', { required: true }),
  field('hosts', 'list', { default: ['a.example', '*.a.example'] }),
  field('seconds', 'number', { default: 60, min: 1, max: 3600 }),
  field('mode', 'choice', { default: 'service', options: [] }),
  field('strict', 'switch'),
  field('note', 'text'),
]

describe('formValues', () => {
  it('shows defaults where nothing is stored, and never a secret', () => {
    expect(formValues(fields, {})).toEqual({
      address: '',
      password: undefined,
      hosts: 'a.example\n*.a.example',
      seconds: '60',
      mode: 'service',
      strict: false,
      note: '',
    })
  })

  it('shows what is stored', () => {
    const stored = { address: 'https://oa.example', hosts: [], seconds: 5, strict: true, note: '备注' }
    expect(formValues(fields, stored)).toMatchObject({ hosts: '', seconds: '5', strict: true, note: '备注' })
  })
})

describe('newSettings', () => {
  it('sends what was filled in, in its own kind, and leaves the rest to the defaults', () => {
    const values = {
      ...formValues(fields, {}),
      address: ' https://oa.example ',
      password: 'p w ',
      hosts: 'b.example\n\n c.example，d.example',
      seconds: '',
    }
    expect(newSettings(fields, values)).toEqual({
      address: 'https://oa.example',
      // A secret is taken as it is; the server says if blanks at its ends are wrong.
      password: 'p w ',
      hosts: ['b.example', 'c.example', 'd.example'],
      mode: 'service',
      strict: false,
    })
  })
})

describe('changedSettings', () => {
  const before = formValues(fields, { address: 'https://oa.example', note: '备注', strict: true })

  it('sends nothing where nothing was changed', () => {
    expect(changedSettings(fields, before, { ...before })).toEqual({})
  })

  it('sends what was changed, and null for what was emptied', () => {
    const values = { ...before, note: '', hosts: '', seconds: '30', strict: false, password: 'new' }
    expect(changedSettings(fields, before, values)).toEqual({
      note: null,
      hosts: null,
      seconds: 30,
      strict: false,
      password: 'new',
    })
  })

  it('keeps a secret whose field was opened and left empty, and clears one on demand', () => {
    expect(changedSettings(fields, before, { ...before, password: '' })).toEqual({})
    expect(changedSettings(fields, before, { ...before, password: null })).toEqual({ password: null })
  })
})

describe('problemOf', () => {
  const [address, password, , seconds] = fields as [never, never, never, never]

  it('misses what is required', () => {
    expect(problemOf(address, '  ')).toEqual({ is: 'required' })
    expect(problemOf(address, 'https://oa.example')).toBeNull()
  })

  it('takes a stored secret for filled in until it is replaced by nothing', () => {
    expect(problemOf(password, undefined, true)).toBeNull()
    expect(problemOf(password, undefined, false)).toEqual({ is: 'required' })
    expect(problemOf(password, '', true)).toEqual({ is: 'required' })
  })

  it('wants whole addresses', () => {
    expect(problemOf(address, 'oa.example')).toEqual({ is: 'url' })
    expect(problemOf(address, 'ftp://oa.example')).toEqual({ is: 'url' })
    expect(problemOf(address, ' HTTP://10.0.0.5:8088/oa ')).toBeNull()
  })

  it('wants whole numbers within their limits', () => {
    expect(problemOf(seconds, '1.5')).toEqual({ is: 'number' })
    expect(problemOf(seconds, '一')).toEqual({ is: 'number' })
    expect(problemOf(seconds, '0')).toEqual({ is: 'range', min: 1, max: 3600 })
    expect(problemOf(seconds, '3600')).toBeNull()
    // Empty goes back to the default.
    expect(problemOf(seconds, '')).toBeNull()
  })
})

describe('fieldOfError', () => {
  it('finds the field, also for an entry of a list', () => {
    expect(fieldOfError('settings.hosts.2', ['hosts'])).toBe('hosts')
    expect(fieldOfError('settings.other', ['hosts'])).toBeNull()
    expect(fieldOfError('hosts', ['hosts'])).toBeNull()
  })
})

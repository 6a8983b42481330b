import { render } from '@testing-library/react'
import { expect, it } from 'vitest'
import { Marked, SearchMarks } from './marked'

const markup = (text: string, q: string | null) =>
  render(
    <SearchMarks q={q}>
      <p>
        <Marked text={text} />
      </p>
    </SearchMarks>,
  ).container

it('marks what is searched for, and leaves markup the text it is', () => {
  const found = markup('<img src=x onerror=alert(1)> 采购 <b>采购</b>', '采购 <b>')
  expect(found.querySelectorAll('img, b')).toHaveLength(0)
  expect([...found.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['采购', '<b>采购'])
  expect(found).toHaveTextContent('<img src=x onerror=alert(1)> 采购 <b>采购</b>')
})

it('marks nothing without a search', () => {
  expect(markup('采购', null).querySelector('mark')).toBeNull()
})

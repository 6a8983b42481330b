import { Marked } from '../search/marked'

/** The fields the message came with, one under the other. */
export function Fields({ fields }: { fields: { label: string; value: string }[] }) {
  if (fields.length === 0) return null
  return (
    <dl className="grid grid-cols-[minmax(5rem,auto)_1fr] border-t border-border text-lg max-sm:text-base">
      {fields.map(({ label, value }, index) => (
        <div
          key={index}
          className="col-span-2 grid grid-cols-subgrid gap-x-6 border-b border-border py-2.5 sm:gap-x-8"
        >
          <dt className="max-w-44 break-words text-text-muted">
            <Marked text={label} />
          </dt>
          <dd className="min-w-0 break-words whitespace-pre-wrap">
            <Marked text={value || '–'} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

const TITLE_LENGTH = 200
const SUBTITLE_LENGTH = 80

/** What a forwarded message says over there, in one line: `[where from] title · subtitle`. Plain text. */
export function forwardText({
  sourceName,
  title,
  subtitle,
}: {
  sourceName: string
  title: string
  subtitle: string | null
}): string {
  const [said, about] = [oneLine(title, TITLE_LENGTH), oneLine(subtitle ?? '', SUBTITLE_LENGTH)]
  const repeats = about === '' || said.includes(about)
  return `[${sourceName}] ${repeats ? said : `${said} · ${about}`}`
}

function oneLine(text: string, limit: number): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()]
  return characters.length <= limit ? characters.join('') : `${characters.slice(0, limit - 1).join('')}…`
}

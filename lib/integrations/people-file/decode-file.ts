import iconv from 'iconv-lite'
import { AppError } from '@/lib/shared/errors'

export type Encoding = 'utf-8' | 'utf-16' | 'gb18030'

const startsWith = (bytes: Uint8Array, ...start: number[]) => start.every((byte, at) => bytes[at] === byte)

/**
 * The text of a CSV file. Excel writes UTF-8 with a byte order mark, UTF-16 ("Unicode text") or, in Chinese, GB18030;
 * scripts write UTF-8 without a mark. Throws `invalid_input` for workbooks and for what is none of these.
 */
export function decodeFile(bytes: Uint8Array): { text: string; encoding: Encoding } {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw unreadable(
      '这是 Excel 工作簿，请先另存为“CSV UTF-8（逗号分隔）”再导入',
      'This is an Excel workbook. Save it as "CSV UTF-8 (comma delimited)" first.',
    )
  }
  const { text, encoding } = decode(bytes)
  if (text.trim() === '') throw unreadable('文件是空的', 'The file is empty')
  // PostgreSQL cannot hold this character, and a file that has it is something else.
  if (text.includes('\0')) throw notText()
  return { text, encoding }
}

function decode(bytes: Uint8Array): { text: string; encoding: Encoding } {
  if (startsWith(bytes, 0xff, 0xfe)) return { text: strictly(bytes, 'utf-16le'), encoding: 'utf-16' }
  if (startsWith(bytes, 0xfe, 0xff)) return { text: strictly(bytes, 'utf-16be'), encoding: 'utf-16' }
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return { text: strictly(bytes, 'utf-8'), encoding: 'utf-8' }
  try {
    return { text: strictly(bytes, 'utf-8'), encoding: 'utf-8' }
  } catch {
    const text = iconv.decode(Buffer.from(bytes), 'gb18030')
    if (text.includes('\ufffd')) throw notText()
    return { text, encoding: 'gb18030' }
  }
}

/** Without the mark; throws for bytes that are not of that encoding. */
function strictly(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw notText()
  }
}

const notText = () =>
  unreadable(
    '无法识别文件的编码，请另存为“CSV UTF-8（逗号分隔）”再导入',
    'The encoding of the file is not known. Save it as "CSV UTF-8 (comma delimited)".',
  )

function unreadable(zh: string, en: string): AppError {
  return new AppError('invalid_input', { message: { 'zh-CN': zh, en } })
}

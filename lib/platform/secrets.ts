import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { AppError } from '@/lib/shared/errors'
import { deriveKey } from './app-secret'

/** Encryption of what vendors entrust to us (passwords, secrets): AES-256-GCM, `v1.<iv>.<tag>.<data>` in base64url. */
const VERSION = 'v1'
const IV_BYTES = 12
const TAG_BYTES = 16

const key = () => deriveKey(`secrets.${VERSION}`)

/**
 * The text, unreadable without APP_SECRET.
 * @param boundTo says where it belongs (`connection:<id>:restPassword`); it opens only there, so that a value copied
 * to another row is of no use
 */
export function encrypt(plain: string, boundTo: string): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key(), iv).setAAD(Buffer.from(boundTo))
  const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return [VERSION, ...[iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url'))].join('.')
}

/** The text that `encrypt` was given. Throws `internal` when it was changed, belongs elsewhere or needs another key. */
export function decrypt(text: string, boundTo: string): string {
  const [version, ...parts] = text.split('.')
  if (version !== VERSION || parts.length !== 3) throw unreadable(`unknown format ${version?.slice(0, 8)}`)
  const [iv, tag, data] = parts.map((part) => Buffer.from(part, 'base64url')) as [Buffer, Buffer, Buffer]
  if (iv.length !== IV_BYTES || tag.length !== TAG_BYTES) throw unreadable('wrong length')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key(), iv).setAAD(Buffer.from(boundTo)).setAuthTag(tag)
    return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw unreadable('not authentic', cause)
  }
}

const unreadable = (why: string, cause?: unknown) =>
  new AppError('internal', { cause: new Error(`A stored secret cannot be read: ${why}`, { cause }) })

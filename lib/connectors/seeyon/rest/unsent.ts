import { ConnectorError, isConnectorError } from '../../contract'

/**
 * Waits for what must be there before a call is made, such as its token: if that fails, the call itself certainly had
 * no effect, and the error says so.
 */
export async function beforeSending<T>(preparation: Promise<T>): Promise<T> {
  try {
    return await preparation
  } catch (error) {
    if (!isConnectorError(error) || error.unsent) throw error
    const { kind, detail, cause, retryAfterSeconds } = error
    throw new ConnectorError(kind, detail, { cause, retryAfterSeconds, unsent: true })
  }
}

import { CuroError } from '@curo/crypto/errors'
import { createTransport } from 'nodemailer'
import type { Adapter } from './delivery.ts'

const TIMEOUT_MS = 20_000

/** Sends by SMTP; `smtps://` or STARTTLS where the server offers it. The id makes a repeated delivery recognisable. */
export function smtpAdapter({ url, from, origin }: { url: string; from: string; origin: string }): Adapter {
  const timeouts = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS }
  return async ({ id, to, subject, text }) => {
    const transport = createTransport({ url, ...timeouts, disableFileAccess: true, disableUrlAccess: true })
    try {
      await transport.sendMail({
        from,
        // An object is never parsed as a list of addresses.
        to: { name: '', address: to },
        subject,
        text,
        messageId: `<${id}@${origin.split('/')[0]}>`,
      })
    } catch (cause) {
      throw new CuroError('unavailable', 'The mail server did not take a message.', { cause })
    } finally {
      transport.close()
    }
  }
}

import { isIP } from 'node:net'
import { createTransport } from 'nodemailer'
import type { AlertMessage } from '@/lib/alert/compose-message'
import type { OpenChannel } from '@/lib/alert/find-channel'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { HostUnresolvedError } from '@/lib/egress/open-guarded-agent'
import { resolveTarget } from '@/lib/egress/resolve-target'
import { type Sentence, sentenceOf } from '@/lib/sentence'

type MailChannel = Extract<OpenChannel, { type: 'email' }>

/**
 * Sends a message by the channel's mail server; null: the server accepted it for every recipient. Connects only to an address that the
 * policy allows, and to no other server. @throws Error when the connection fails
 */
export async function sendMail(
  { policy, timeoutMs }: { policy: EgressPolicy; timeoutMs: number },
  { settings, secrets }: MailChannel,
  message: AlertMessage,
  id: string,
): Promise<Sentence | null> {
  const { host, port, security, from, to } = settings
  const target = await resolveTarget(policy, { hostname: host, port })
  if (target.outcome === 'unresolved') throw new HostUnresolvedError(host)
  if (target.outcome === 'refused') return target.reason.sentence
  const transport = createTransport({
    host: target.addresses[0],
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    // The certificate is for the name, the connection to the address that was checked.
    ...(!isIP(host) && { tls: { servername: host } }),
    ...(secrets.user && { auth: { user: secrets.user, pass: secrets.password } }),
    name: 'wxbot',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    const text = [message.title, message.text].filter(Boolean).join('\n\n')
    const domain = from.split('@').at(-1)
    const { rejected } = await transport.sendMail({
      from,
      to,
      subject: message.title,
      text,
      messageId: `<${id}@${domain}>`,
    })
    return rejected.length > 0 ? sentenceOf('alert_mail_rejected', { count: rejected.length }) : null
  } finally {
    transport.close()
  }
}

/** Returns what a mail server or the connection to it reported, without the text that it sent. */
export function describeMailFailure(error: unknown): Sentence | null {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  if (code === 'EAUTH')
    return sentenceOf('alert_mail_auth', { code: typeof responseCode === 'number' ? responseCode : '' })
  if (typeof responseCode === 'number') return sentenceOf('alert_mail_refused', { code: String(responseCode) })
  return typeof code === 'string' ? sentenceOf('alert_mail_failed', { code }) : null
}

import type { CallbackRequest } from '@/lib/callback/compose-request'

/** Writes a callback as a shell line; token and signature come from variables, so that they stay out of the shell's history. */
export function writeCurl({ method, url, headers, body }: CallbackRequest): string {
  const lines = [
    `curl -sS -X ${method} ${quote(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body ? [`--data-binary ${quote(body)}`] : []),
  ]
  return lines.join(' \\\n  ')
}

/** A word of the shell; of all variables only ours stays open, which comes before any foreign text. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`).replace(/\$(?:TOKEN|SIGNATURE|ALERT_WEBHOOK_URL)/, (name) => `'"${name}"'`)}'`
}

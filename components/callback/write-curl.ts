import type { CallbackRequest } from '@/lib/callback/delivery/request'

/** Writes a callback as a curl command; token and signature are in variables, so they stay out of the shell history. */
export function writeCurl({ method, url, headers, body }: CallbackRequest): string {
  const lines = [
    `curl -sS -X ${method} ${quote(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body ? [`--data-binary ${quote(body)}`] : []),
  ]
  return lines.join(' \\\n  ')
}

/** Quotes a shell word. Only our own variables are expanded; they precede any foreign text. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`).replace(/\$(?:TOKEN|SIGNATURE|ALERT_WEBHOOK_URL)/, (name) => `'"${name}"'`)}'`
}

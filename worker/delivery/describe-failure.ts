import type { ErrorReason } from '@/lib/error-reasons'
import { type Sentence, sentenceOf } from '@/lib/sentence'
import { EgressRefusedError, HostUnresolvedError } from '@/lib/egress/open-guarded-agent'

const reasons = {
  ECONNREFUSED: 'refused_connection',
  ECONNRESET: 'broken_connection',
  EPIPE: 'broken_connection',
  ETIMEDOUT: 'connect_timeout',
  EHOSTUNREACH: 'no_route',
  ENETUNREACH: 'no_route',
  CERT_HAS_EXPIRED: 'certificate_expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate_name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate_self_signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate_chain_self_signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate_chain',
  HPE_HEADER_OVERFLOW: 'header_too_large',
  Z_DATA_ERROR: 'not_decompressed',
  Z_BUF_ERROR: 'compressed_cut',
} as const satisfies Record<string, ErrorReason>

/** The defects of a response that even a lenient parser rejects. */
const invalidHttp: Record<string, ErrorReason> = {
  HPE_INVALID_CONSTANT: 'http_start',
  HPE_INVALID_VERSION: 'http_version',
  HPE_INVALID_STATUS: 'http_status_line',
  HPE_UNEXPECTED_CONTENT_LENGTH: 'http_length_twice',
  HPE_INVALID_CONTENT_LENGTH: 'http_length',
  HPE_INVALID_HEADER_TOKEN: 'http_header',
  HPE_INVALID_CHUNK_SIZE: 'http_chunk',
  HPE_INVALID_TRANSFER_ENCODING: 'http_transfer',
  HPE_INVALID_EOF_STATE: 'http_cut',
  HPE_CR_EXPECTED: 'http_crlf',
  HPE_LF_EXPECTED: 'http_cr',
  HPE_STRICT: 'http_crlf',
}

/** Returns why a request failed. */
export function describeFailure(error: unknown): Sentence {
  if (error instanceof EgressRefusedError || error instanceof HostUnresolvedError) return error.sentence
  if (!(error instanceof Error)) return sentenceOf('request_failed', { cause: String(error) })
  // After several addresses, the error of the last one stands for all.
  const last = error instanceof AggregateError ? (error.errors.at(-1) as Error) : error
  const { code = '' } = last as NodeJS.ErrnoException
  if (isKnown(code)) return sentenceOf(reasons[code], { code })
  if (!code.startsWith('HPE_')) return sentenceOf('request_failed', { cause: code || last.message })
  const cause: Sentence = { reason: invalidHttp[code] ?? 'http_unrecognized' }
  return sentenceOf('invalid_http', { cause, code })
}

function isKnown(code: string): code is keyof typeof reasons {
  return Object.hasOwn(reasons, code)
}

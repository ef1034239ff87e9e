import { type Sentence, sentenceOf } from '@/lib/sentence'
import { isCallbackVerified } from '@/lib/wecom/record-callback'
import type { ConnectorCheck } from '@/worker/connectors/connector-checks'
import { AccessTokens } from '@/worker/wecom/client/access-tokens'
import { WecomClient } from '@/worker/wecom/client/wecom-client'
import {
  describeRefusal,
  ipRefusedCode,
  isApiOff,
  isDead,
  refusedAddressOf,
  WecomError,
} from '@/worker/wecom/client/wecom-error'
import { listAccounts } from '@/worker/wecom/session/find-account'

/**
 * Walks the preconditions of a company: token, trusted address, access to 客服 accounts, callback URL. A later one is not tried while an
 * earlier one fails, except the callback, which needs none of them. Spec: E2 (connector).
 */
export const checkCompany: ConnectorCheck<'wecom'> = async (company, { db, sealer, env, signal }) => {
  const tokens = new AccessTokens({ db, sealer, wecomOrigin: env.WECOM_ORIGIN })
  const options = { connectorId: company.id, tokens, wecomOrigin: env.WECOM_ORIGIN, isLeaseValid: () => true, signal }
  const isVerified = await isCallbackVerified(db, { connectorId: company.id, secrets: company.secrets })
  const problems = await findAccessProblems(new WecomClient(options))
  return isVerified ? problems : [...problems, sentenceOf('wecom_check_callback')]
}

async function findAccessProblems(client: WecomClient): Promise<Sentence[]> {
  try {
    const accounts = await listAccounts(client)
    if (accounts.length === 0) return [sentenceOf('wecom_check_no_account')]
    const readOnly = accounts.filter(({ canSend }) => !canSend).map(({ name }) => name)
    return readOnly.length === 0
      ? []
      : [sentenceOf('wecom_check_cannot_send', { names: readOnly.slice(0, 5).join('、') })]
  } catch (error) {
    if (error instanceof WecomError) return [describeProblem(error)]
    throw error
  }
}

function describeProblem(error: WecomError): Sentence {
  if (error.errcode === null) return sentenceOf('wecom_check_unreachable', { detail: error.detail })
  const code = error.errcode
  if (isDead(error)) return sentenceOf('wecom_check_secret', { code })
  if (code === ipRefusedCode) {
    const address = refusedAddressOf(error.detail)
    return address ? sentenceOf('wecom_check_ip', { address }) : sentenceOf('wecom_check_unknown_ip')
  }
  if (isApiOff(error)) return sentenceOf('wecom_check_permission', { code })
  return describeRefusal(code, { windowCount: 0 }).sentence
}

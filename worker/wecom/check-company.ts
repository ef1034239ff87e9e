import { openGatewayPolicy } from '@/lib/egress/create-egress-policy'
import { openGuardedAgent } from '@/lib/egress/open-guarded-agent'
import { checkWarning } from '@/lib/connector/is-check-passed'
import { type Sentence, sentenceOf } from '@/lib/sentence'
import { ownersOf } from '@/lib/wecom/get-group-owners'
import { isPublicUrl } from '@/lib/wecom/is-public-url'
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
  tooManyOwnersCode,
  WecomError,
} from '@/worker/wecom/client/wecom-error'
import { filterOf } from '@/worker/wecom/groups/read-groups'
import { listAccounts } from '@/worker/wecom/session/find-account'

const groupCallMs = 10_000

/**
 * Walks the preconditions of a company: token, trusted address, access to customer groups if they are used, access to 客服 accounts, callback URL, public address. A later one is not tried while an
 * earlier one fails, except the callback, which needs none of them. Spec: E2 (connector).
 */
export const checkCompany: ConnectorCheck<'wecom'> = async (company, { db, sealer, env, signal }) => {
  const agent = openGuardedAgent(openGatewayPolicy(env))
  const { id: connectorId, secrets } = company
  const wire = { agent, wecomOrigin: env.WECOM_ORIGIN }
  const tokens = new AccessTokens({ db, sealer, ...wire })
  const client = new WecomClient({ connectorId, tokens, ...wire, isLeaseValid: () => true, signal })
  const isVerified = await isCallbackVerified(db, { connectorId, secrets })
  const { isAssistant, settings } = company
  const problems = await findAccessProblems(client, { isAssistant, owners: ownersOf(settings) }).finally(
    () => void agent.destroy(),
  )
  const found = isVerified ? problems : [...problems, sentenceOf('wecom_check_callback')]
  // The simulator calls any address.
  if (env.WECHAT === 'simulator' || isPublicUrl(env.PUBLIC_URL)) return found
  return [...found, sentenceOf(checkWarning, { url: env.PUBLIC_URL })]
}

type Asked = { isAssistant: boolean; owners: string[] }

async function findAccessProblems(client: WecomClient, { isAssistant, owners }: Asked): Promise<Sentence[]> {
  try {
    // A company whose groups serve merchants may have no customer service.
    const groups = isAssistant ? await findGroupProblems(client, owners) : []
    const accounts = await listAccounts(client).catch((error: unknown) => {
      if (isAssistant && isApiOff(error)) return []
      throw error
    })
    if (accounts.length === 0) return isAssistant ? groups : [sentenceOf('wecom_check_no_account')]
    const readOnly = accounts.filter(({ canSend }) => !canSend).map(({ name }) => name)
    if (readOnly.length === 0) return groups
    return [...groups, sentenceOf('wecom_check_cannot_send', { names: readOnly.slice(0, 5).join('、') })]
  } catch (error) {
    if (error instanceof WecomError) return [describeProblem(error)]
    throw error
  }
}

/** Returns what keeps the app from reading customer groups. @throws WecomError for what concerns every call */
async function findGroupProblems(client: WecomClient, owners: string[]): Promise<Sentence[]> {
  try {
    await client.post(
      'externalcontact/groupchat/list',
      { status_filter: 0, ...filterOf(owners), limit: 1 },
      groupCallMs,
    )
    return []
  } catch (error) {
    if (!(error instanceof WecomError) || error.errcode === null || isDead(error) || error.errcode === ipRefusedCode)
      throw error
    if (error.errcode === tooManyOwnersCode) return [sentenceOf('wecom_check_owners')]
    return [sentenceOf('wecom_check_groups', { code: error.errcode })]
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

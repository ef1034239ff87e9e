import { z } from 'zod'
import type { ConnectorType, RobotConnection } from '@/lib/db/types'
import { findUrlProblem, urlProblems } from '@/lib/egress/find-url-problem'
import { plainText, visibleName } from '@/lib/plain-text'

/** Name of a connector: 1 to 64 characters, trimmed. */
export const connectorName = visibleName(64)

const secret = z
  .string()
  .trim()
  .regex(/^[\x21-\x7E]{1,256}$/)

const webUrl = z
  .string()
  .trim()
  .superRefine((text, context) => {
    const problem = findUrlProblem(text)
    if (problem) context.addIssue({ code: 'custom', message: urlProblems[problem].zh, params: { rule: problem } })
  })
  .transform((text) => text.replace(/\/+$/, ''))

/** Settings of each type that are not secret. */
export const connectorSettings = {
  wecom: z.object({
    /** 企业ID. */
    corpId: z
      .string()
      .trim()
      .regex(/^[\w-]{1,64}$/),
    /** Customer groups whose name begins with it are free for merchant groups; "": only those that an operator names. */
    groupPrefix: plainText({ maxLength: 40, isTrimmed: true, mayBeEmpty: true }).default(''),
    /** Userids of the owners whose customer groups are read, separated by spaces; "": those of everyone in the app's visible range. */
    groupOwners: z
      .string()
      .trim()
      .regex(/^(?:[\w.@-]{1,64}(?:[\s,，、;；]+|$)){0,100}$/)
      .transform((text) => text.split(/[\s,，、;；]+/).join(' '))
      .default(''),
  }),
  gateway: z.object({
    baseUrl: webUrl,
    /** Name of the header that carries the token. */
    tokenHeader: z
      .string()
      .trim()
      .regex(/^[A-Za-z][\w-]{0,63}$/)
      .default('X-GEWE-TOKEN'),
    /** Path before each call, without a trailing slash. */
    pathPrefix: z
      .string()
      .trim()
      .regex(/^(\/[\w.-]+){0,8}\/?$/)
      .transform((path) => path.replace(/\/$/, ''))
      .default('/gewe/v2/api'),
  }),
} satisfies Record<ConnectorType, z.ZodType>

/** Secrets of each type, which are sealed and never shown. */
export const connectorSecrets = {
  wecom: z.object({
    agentSecret: secret,
    /** Token of the receive-message URL. */
    callbackToken: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9]{1,32}$/),
    /** EncodingAESKey. */
    callbackAesKey: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9]{43}$/),
  }),
  gateway: z.object({ token: secret }),
} satisfies Record<ConnectorType, z.ZodType>

/** A new connector of either type; the form of the dashboard and the command line parse it. Spec: E2 (connector). */
export const newConnector = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('wecom'),
    name: connectorName,
    settings: connectorSettings.wecom,
    secrets: connectorSecrets.wecom,
  }),
  z.object({
    type: z.literal('gateway'),
    name: connectorName,
    settings: connectorSettings.gateway,
    secrets: connectorSecrets.gateway,
    /** The operator accepts that Tencent may limit or close the accounts. */
    isRiskAccepted: z.boolean().default(false),
  }),
])
export type NewConnector = z.output<typeof newConnector>

export type ConnectorSettings<Type extends ConnectorType> = z.output<(typeof connectorSettings)[Type]>
export type ConnectorSecrets<Type extends ConnectorType> = z.output<(typeof connectorSecrets)[Type]>

/** A connector with its secrets opened, discriminated by `type`. Only for calls to its service and for its callback. */
export type ConnectorOf<Type extends ConnectorType> = {
  id: string
  type: Type
  name: string
  settings: ConnectorSettings<Type>
  secrets: ConnectorSecrets<Type>
  /** The secret segment of its callback path. */
  callbackKey: string
  isAssistant: boolean
}
export type Connector = { [Type in ConnectorType]: ConnectorOf<Type> }[ConnectorType]

/** The type of connector that each connection needs; null: none. Spec: E1 (choice of connection), E2 (connector). */
export const connectorTypeOf: Record<RobotConnection, ConnectorType | null> = {
  web: null,
  ilink: null,
  wecom_kf: 'wecom',
  wecom_group: 'wecom',
  gateway: 'gateway',
}

/** Path of the callback URL of a connector; `key` is its secret segment. */
export function callbackPath(type: ConnectorType, key: string): string {
  return `/v1/${type}/${key}/callback`
}

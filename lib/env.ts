import { z } from 'zod'
import type { EncryptionKey } from './secret'

const sampleSecret = /change.?me|sample|example|secret|password|^(.)\1*$/i
const port = (fallback: number) => z.coerce.number().int().min(1).max(65535).default(fallback)
const days = (fallback: number) => z.coerce.number().int().min(1).max(3650).default(fallback)
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  )
const url = (...protocols: string[]) =>
  z
    .url({ protocol: new RegExp(`^(${protocols.join('|')})$`), error: `must be a ${protocols.join(':// or ')}:// URL` })
    .transform((text) => text.replace(/\/+$/, ''))

const keys = z.string().transform((text, context): EncryptionKey[] =>
  text.split(',').map((entry) => {
    const [id = '', encoded = ''] = entry.trim().split(/:(.*)/s)
    const key = Buffer.from(encoded, 'base64')
    if (!/^\w+$/.test(id) || key.length !== 32)
      context.addIssue('must be id:key[,id:key], each key 32 bytes in base64 (openssl rand -base64 32)')
    if (new Set(key).size < 8) context.addIssue('looks like a sample, make a random one: openssl rand -base64 32')
    return { id, key }
  }),
)

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  HOST: z.string().default('0.0.0.0'),
  PORT: port(3000),
  PUBLIC_URL: url('http', 'https'),
  DATA_DIR: z.string().default('./.data'),
  DATABASE_URL: url('postgres', 'postgresql'),
  REDIS_URL: url('redis', 'rediss').optional(),
  WECHAT: z.enum(['simulator', 'real']).default('real'),
  WECHAT_ORIGIN: url('http', 'https').optional(),
  WORKER_PORT: port(3001),
  ENCRYPTION_KEY: keys,
  AUTH_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters (openssl rand -base64 32)')
    .refine((text) => !sampleSecret.test(text), 'looks like a sample, make a random one: openssl rand -base64 32'),
  ADMIN_EMAIL: z.email().optional(),
  ADMIN_PASSWORD: z.string().min(10, 'must have at least 10 characters').optional(),
  EGRESS_ALLOW: list,
  QUN_ALLOW: list,
  /** Demanded of /wxbot as a Bearer token beside the network. */
  QUN_TOKEN: z.string().min(20, 'must have at least 20 characters').optional(),
  /** How many WeChat takes into a room directly, the assistant included; beyond it sends cards. */
  QUN_DIRECT_LIMIT: z.coerce.number().int().min(3).max(500).default(40),
  QUN_MEMBER_LIMIT: z.coerce.number().int().min(3).max(10_000).default(500),
  QUN_ROOM_NAME: z
    .string()
    .max(60)
    .refine((text) => text.includes('{number}'), 'must hold {number}, which tells rooms apart')
    .default('{owner}的群 {number}'),
  /** Said in a new room. */
  QUN_GREETING: z.string().max(500).default('群已建好，欢迎大家。'),
  TRUSTED_PROXIES: list,
  /** Our own ports on this machine, never reachable by callbacks or image links. */
  OWN_PORTS: list.transform((items) => items.map(Number)),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  STOP_TIMEOUT_MS: z.coerce.number().int().min(1000).max(120_000).default(25_000),
  /** How long a silent worker keeps its robots. */
  LEASE_SECONDS: z.coerce.number().int().min(3).max(300).default(15),
  /** When a callback is tried again: seconds after the try before; a first 0 is the first try itself. */
  CALLBACK_SCHEDULE_SECONDS: list
    .transform((items) => (items.length ? items.map(Number) : [0, 5, 300, 1800, 7200, 18_000, 36_000, 36_000]))
    .refine((seconds) => seconds.every((value) => value >= 0), 'must be seconds, separated by commas'),
  /** Is told by POST when a callback endpoint is paused. */
  ALERT_WEBHOOK_URL: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' }).optional(),
  /** How long endpoints' answers, callbacks, files that arrived, and what sessions went through are kept. */
  CALLBACK_ANSWER_DAYS: days(7),
  CALLBACK_EVENT_DAYS: days(30),
  MEDIA_DAYS: days(30),
  SESSION_CHANGE_DAYS: days(90),
})

export type Env = z.output<typeof schema>

/** Reads the environment, or throws one error that lists every problem. An empty variable counts as unset, but for lists. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  return parse(schema, source)
}

/** Reads this process's environment; at a problem prints all of them and exits with 1. */
export function loadEnv(): Env {
  return orExit(() => parse(schema, process.env))
}

/** Reads only the variables that a short-lived process needs; at a problem prints all of them and exits with 1. */
export function loadEnvPart<Name extends keyof Env>(...names: Name[]): Pick<Env, Name> {
  const part = schema.pick(Object.fromEntries(names.map((name) => [name, true])) as never)
  return orExit(() => parse(part, process.env) as unknown as Pick<Env, Name>)
}

/** Sets what libraries insist on reading from the environment themselves; call it before they are loaded. */
export function shareWithLibraries(env: Env): void {
  Object.assign(process.env, {
    NODE_ENV: env.NODE_ENV,
    NEXTAUTH_URL: env.PUBLIC_URL,
    NEXTAUTH_SECRET: env.AUTH_SECRET,
    NEXT_TELEMETRY_DISABLED: '1',
  })
}

function parse<Part extends z.ZodType>(part: Part, source: Record<string, string | undefined>): z.output<Part> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = part.safeParse(given)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => {
    const name = issue.path.join('.')
    return `  ${name}: ${given[name] === undefined ? 'is required' : issue.message}`
  })
  throw new Error(`These environment variables need a hand:\n${problems.join('\n')}`)
}

function orExit<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}

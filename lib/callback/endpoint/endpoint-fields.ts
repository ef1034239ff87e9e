import { z } from 'zod'
import { isHeaderNameFree } from '@/lib/callback/endpoint/headers'
import { callbackEventTypes, roomScopes } from '@/lib/db/types'
import { findUrlProblem, urlProblems } from '@/lib/egress/find-url-problem'
import { visibleName } from '@/lib/plain-text'

/** Maximum robots that an endpoint names; the same number of rooms. */
const maxFiltered = 200
/** Maximum request headers of an endpoint. */
export const maxHeaders = 10

const url = z
  .string()
  .trim()
  .superRefine((text, context) => {
    const rule = findUrlProblem(text)
    if (rule) context.addIssue({ code: 'custom', message: urlProblems[rule].zh, params: { rule } })
  })

/** A rule with its text for the API; pages say it by its name. */
const rule = (name: string, message: string) => ({ message, params: { rule: name } })
const headerName = /^[\w!#$%&'*+.^`|~-]{1,64}$/

const header = z.object({
  name: z
    .string()
    .trim()
    .refine((name) => headerName.test(name), rule('headerName', '只能是 1 到 64 个字母、数字、- 或 _'))
    .refine(isHeaderNameFree, rule('headerReserved', '不能设置这个请求头')),
  /** "": keeps the stored value of that name. */
  value: z
    .string()
    .trim()
    .refine((value) => /^[\x20-\x7E]{0,1024}$/.test(value), rule('headerValue', '最多 1024 个可见 ASCII 字符')),
})

const headers = z
  .array(header)
  .max(maxHeaders)
  .refine(
    (list) => new Set(list.map(({ name }) => name.toLowerCase())).size === list.length,
    rule('headerRepeated', '有重复的请求头'),
  )

const ids = (prefix: string) => z.array(z.string().regex(new RegExp(`^${prefix}_\\w{1,60}$`))).max(maxFiltered)

/** The settings of an additional endpoint. Spec: A14 (several endpoints). */
export const endpointFields = z.object({
  name: visibleName(64),
  url,
  eventTypes: z.array(z.enum(callbackEventTypes)).min(1, 'chooseEvent').max(callbackEventTypes.length),
  roomScope: z.enum(roomScopes).default('bound'),
  /** Empty: all robots. */
  robotIds: ids('rbt').default([]),
  /** Empty: not limited to rooms. */
  roomIds: ids('room').default([]),
  headers: headers.default([]),
})
export type EndpointFields = z.output<typeof endpointFields>

/** Fields that change; undefined: unchanged. Headers that are not named are removed. */
export const endpointChange = z.object({
  name: endpointFields.shape.name.optional(),
  url: url.optional(),
  eventTypes: endpointFields.shape.eventTypes.optional(),
  roomScope: z.enum(roomScopes).optional(),
  robotIds: ids('rbt').optional(),
  roomIds: ids('room').optional(),
  headers: headers.optional(),
})
export type EndpointChange = z.output<typeof endpointChange>

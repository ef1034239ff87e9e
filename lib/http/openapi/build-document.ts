import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { allContracts } from '@/lib/http/contract/all-contracts'
import type { Contract } from '@/lib/http/contract/contract'
import { idempotencyKey } from '@/lib/http/read-idempotency-key'
import { responsesOf } from '@/lib/http/openapi/responses'
import { loginCallback, webhooks } from '@/lib/http/openapi/callbacks'
import { scopeOf } from '@/lib/http/require-permission'
import { curlSample } from '@/lib/http/openapi/curl-sample'
import { introduction } from '@/lib/http/openapi/introduction'
import { qunOperations } from '@/lib/http/openapi/qun-operations'

/** Builds the OpenAPI 3.1 document from the contracts that validate and type the calls. */
export function buildDocument({ publicUrl }: { publicUrl: string }) {
  const paths: ZodOpenApiPathsObject = {}
  for (const contract of allContracts)
    paths[contract.path] = { ...paths[contract.path], [contract.method.toLowerCase()]: describe(contract, publicUrl) }
  return createDocument(
    {
      openapi: '3.1.1',
      info: { title: 'wxbot 微信机器人接口', version: '1', description: introduction },
      servers: [{ url: publicUrl }, { url: '/', description: '本站' }],
      tags: [
        { name: '机器人' },
        { name: '联系人' },
        { name: '微信群' },
        { name: '消息' },
        { name: '会话' },
        { name: '自动回复' },
        { name: '告警' },
        { name: '回调' },
        { name: '群' },
      ],
      paths: { ...paths, '/v1/media/{id}': { get: mediaOperation }, ...qunOperations },
      webhooks,
      components: {
        securitySchemes: {
          token: { type: 'apiKey', in: 'query', name: 'token', description: '访问令牌，由平台分配' },
          bearer: { type: 'http', scheme: 'bearer', description: '访问令牌，由平台分配' },
        },
      },
    },
    // Future versions may add fields to responses (A1), so their schemas allow additional properties.
    { override: ({ jsonSchema, io }) => void (io === 'output' && delete jsonSchema.additionalProperties) },
  )
}

function describe(contract: Contract, publicUrl: string): ZodOpenApiOperationObject {
  const isPost = contract.method === 'POST'
  return {
    operationId: contract.name,
    tags: [contract.tag],
    summary: contract.summary,
    description: `${contract.description}\n\n令牌权限：\`${scopeOf(contract)}\`\n\n${curlSample(contract, publicUrl)}`,
    security: isPost ? [{}, { bearer: [] }] : [{ token: [] }, { bearer: [] }],
    requestParams: {
      path: pathParameters(contract),
      ...(isPost ? {} : { query: contract.parameters }),
      ...(contract.takesIdempotencyKey
        ? { header: z.object({ 'Idempotency-Key': idempotencyKey.optional().meta(idempotencyKey.meta() ?? {}) }) }
        : {}),
    },
    ...(isPost
      ? { requestBody: { required: true, content: { 'application/json': { schema: bodyOf(contract) } } } }
      : {}),
    responses: responsesOf(contract),
    ...(contract.announces ? { callbacks: { login: { '{$request.body#/callback_url}': loginCallback } } } : {}),
  }
}

const pathShapes: Record<string, z.ZodType> = {
  robot_id: z.string().meta({ description: '机器人唯一标识', examples: ['rbt_3vJ8kQ2mXb7RwT5yZc1NpA'] }),
  message_id: z.string().meta({ description: '消息唯一标识', examples: ['msg_5uG1nRk8Wj3BfQx7TzLpY0'] }),
  conversation_id: z.string().meta({ description: '会话唯一标识', examples: ['cnv_5hTq2LmVx8RcYp0WbKzD3E'] }),
  qun_id: z.string().meta({
    description: '群的标识、15 位群号，或入群链接的最后一段',
    examples: ['qun_6wRb0TnEe9KyDs4VhUpLq1'],
  }),
  membership_id: z.string().meta({ description: '群里一个人的标识', examples: ['mbr_1pYc7JgXo5ZtMf3SaWkHd8'] }),
  id: z.string().meta({ description: '文件标识', examples: ['med_2kTq7YwB4nZx0VcR9LsGhE'] }),
}

function pathParameters({ path }: { path: string }) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, pathShapes[name] ?? z.string()])
  return z.object(Object.fromEntries(names) as Record<string, z.ZodType>)
}

function bodyOf(contract: Contract) {
  const token = z.string().min(1).optional()
  const described = token.meta({
    description: '访问令牌，由平台分配；也可以放在 Authorization: Bearer',
    examples: ['wxbot_…'],
  })
  return z.object({ token: described, ...contract.parameters.shape })
}

const mediaOperation: ZodOpenApiOperationObject = {
  operationId: 'getMedia',
  tags: ['消息'],
  summary: '收到的图片和文件',
  description: '通知里的链接指向这里；不需要访问令牌，知道链接即可读取，保留 30 天。',
  security: [{}],
  requestParams: { path: pathParameters({ path: '/v1/media/{id}' }) },
  responses: {
    200: { description: '文件内容', content: { '*/*': {} } },
    404: {
      description: '不存在或已过期',
      content: {
        'application/json': {
          schema: z.object({ retCode: z.literal(-1005), errorMsg: z.string().min(1) }),
        },
      },
    },
  },
}

import { Ajv2020 } from 'ajv/dist/2020'
import { buildDocument } from '@/lib/http/openapi/build-document'

type Operation = { method: string; path: string }

const document = buildDocument({ publicUrl: 'http://wxbot.test' })
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
ajv.addSchema(closeObjects(document) as object, 'document')

/** Returns how a response differs from the published document, including undocumented fields; null: it matches. */
export function findMismatch(operation: Operation, status: number, body: unknown): string | null {
  const path = ['responses', String(status), 'content', 'application/json', 'schema']
  const validate = schemaAt(operation, path)
  if (!validate) return `${operation.method} ${operation.path} documents no ${status}`
  return validate(body) ? null : `${JSON.stringify(body)}: ${ajv.errorsText(validate.errors)}`
}

/** Returns whether the published document accepts a request body. */
export function isDocumentedBody(operation: Operation, body: unknown): boolean {
  return schemaAt(operation, ['requestBody', 'content', 'application/json', 'schema'])?.(body) === true
}

function schemaAt({ method, path }: Operation, place: string[]) {
  const pointer = ['paths', path, method.toLowerCase(), ...place]
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/')
  return ajv.getSchema(`document#/${pointer}`)
}

/** Closes the objects of responses, whose undocumented fields fail here although the document allows them; requests ignore them. */
function closeObjects(node: unknown, isRequest = false): unknown {
  if (Array.isArray(node)) return node.map((item) => closeObjects(item, isRequest))
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node).map(([key, value]) => [
    key,
    closeObjects(value, isRequest || key === 'requestBody'),
  ])
  const closed = Object.fromEntries(entries) as Record<string, unknown>
  return !isRequest && closed['properties'] ? { ...closed, additionalProperties: false } : closed
}

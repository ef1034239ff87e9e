import { Ajv2020 } from 'ajv/dist/2020'
import { buildDocument } from '../http/openapi/build-document'

type Operation = { method: string; path: string }

const document = buildDocument({ publicUrl: 'http://wxbot.test' })
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
ajv.addSchema(closeObjects(document) as object, 'document')

/** Says how an answer departs from the published document, fields that it does not name included; null = it does not. */
export function findDeparture(operation: Operation, status: number, answer: unknown): string | null {
  const place = ['responses', String(status), 'content', 'application/json', 'schema']
  const validate = schemaAt(operation, place)
  if (!validate) return `${operation.method} ${operation.path} documents no ${status}`
  return validate(answer) ? null : `${JSON.stringify(answer)}: ${ajv.errorsText(validate.errors)}`
}

/** Tells whether the published document lets a body through. */
export function isDocumentedBody(operation: Operation, body: unknown): boolean {
  return schemaAt(operation, ['requestBody', 'content', 'application/json', 'schema'])?.(body) === true
}

function schemaAt({ method, path }: Operation, place: string[]) {
  const pointer = ['paths', path, method.toLowerCase(), ...place]
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/')
  return ajv.getSchema(`document#/${pointer}`)
}

/** Unknown fields of answers fail here, although the document leaves room for them; those of requests are ignored. */
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

import { allContracts } from './all-contracts'

const patterns = allContracts.map(({ path, method }) => ({
  pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
  methods: method === 'GET' ? ['GET', 'HEAD'] : [method],
}))
const media = { pattern: /^\/v1\/media\/[^/]+$/, methods: ['GET', 'HEAD'] }

/** The methods that a path of the robots API has; none when there is no such path. */
export function methodsOf(path: string): string[] {
  return [...patterns, media].flatMap(({ pattern, methods }) => (pattern.test(path) ? methods : []))
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { validate } from 'dockerfile-utils'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { maxUploadBodyBytes } from '@/lib/http/read-parameters'
import manifest from '@/package.json'

const read = (path: string) => readFileSync(path, 'utf8')
/** Names of all settings, from the file that `npm run check:env` keeps in step with lib/env.ts. */
const settings = new Set(read('.env.example').match(/(?<=^(?:# )?)[A-Z][A-Z_]+(?==)/gm))
/** Returns the command that package.json runs for a program, as a list. */
const commandOf = (script: keyof typeof manifest.scripts) => manifest.scripts[script].split(' ')

type Service = { command?: string[]; environment?: Record<string, string> }
const compose: { services: Record<string, Service> } = parse(read('compose.yaml'), { merge: true })

const folder = 'deploy/kubernetes'
const manifests = readdirSync(folder)
  .flatMap((name) => parseAllDocuments(read(`${folder}/${name}`)))
  .map((document) => document.toJS())
const podsOf = (kind: string) => manifests.filter((entry) => entry.kind === kind).map((entry) => entry.spec.template)

describe('the image', () => {
  const dockerfile = read('Dockerfile')

  it('the image has no findings of the Dockerfile validator', () => expect(validate(dockerfile)).toEqual([]))

  it('copies only files that exist, and everything that a production machine needs', () => {
    const runtime = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '))
    const copied = [...runtime.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths]) => paths!.split(' '))
    expect(copied.filter((path) => !existsSync(path))).toEqual([])
    const built = [...runtime.matchAll(/^COPY --from=\S+ \/app\/(\S+)/gm)].map(([, path]) => path)
    const needed = ['.next', 'dist', 'drizzle', 'next.config.mjs', 'node_modules', 'package-lock.json', 'package.json']
    expect(new Set([...copied, ...built])).toEqual(new Set([...needed, 'scripts']))
  })

  it('runs as a user without rights', () => expect(dockerfile).toMatch(/^USER node$/m))
})

describe('compose.yaml', () => {
  it('runs the programs with the commands of package.json', () => {
    const { migrate, web, worker } = compose.services
    expect([migrate?.command, web?.command, worker?.command]).toEqual([
      commandOf('migrate'),
      [...commandOf('start:web')],
      commandOf('start:worker'),
    ])
  })

  it('sets only known settings', () => {
    const names = ['migrate', 'web', 'worker'].flatMap((name) => Object.keys(compose.services[name]?.environment ?? {}))
    expect(names.filter((name) => !settings.has(name))).toEqual([])
    expect(names).toContain('DATABASE_URL')
  })

  it('passes the networks that may call /wxbot to web', () => {
    expect(compose.services['web']?.environment?.['QUN_ALLOW']).toBe('${QUN_ALLOW:-}')
  })
})

describe('the Kubernetes manifests', () => {
  it('run the programs with the commands of package.json', () => {
    const commands = [...podsOf('Job'), ...podsOf('Deployment')].map((pod) => pod.spec.containers[0].args)
    expect(commands).toEqual([commandOf('migrate'), commandOf('start:web'), commandOf('start:worker')])
  })

  it('set only known settings', () => {
    const data = manifests.filter(({ kind }) => kind === 'ConfigMap' || kind === 'Secret')
    const names = data.flatMap((entry) => Object.keys(entry.data ?? entry.stringData))
    expect(names.filter((name) => !settings.has(name))).toEqual([])
    expect(names).toContain('QUN_ALLOW')
  })

  it('keep two web and two worker pods, one of them during a disruption, with a read-only root file system', () => {
    const deployments = manifests.filter(({ kind }) => kind === 'Deployment')
    expect(deployments.map(({ spec }) => spec.replicas)).toEqual([2, 2])
    const budgets = manifests.filter(({ kind }) => kind === 'PodDisruptionBudget')
    expect(budgets.map(({ spec }) => [spec.minAvailable, spec.selector])).toEqual(
      deployments.map(({ spec }) => [1, spec.selector]),
    )
    for (const pod of [...podsOf('Job'), ...podsOf('Deployment')]) {
      expect(pod.spec.securityContext).toMatchObject({ runAsNonRoot: true })
      expect(pod.spec.containers[0].securityContext).toMatchObject({ readOnlyRootFilesystem: true })
    }
  })
})

describe('the samples of proxies', () => {
  const bytesOf = (size: string) => Number.parseInt(size) * 1024 ** ['', 'k', 'm', 'g'].indexOf(size.slice(-1))

  it.each([
    ['nginx in docs/configuration.md', 'docs/configuration.md', /client_max_body_size (\S+);/],
    ['nginx in docs/configuration.zh-CN.md', 'docs/configuration.zh-CN.md', /client_max_body_size (\S+);/],
    ['the ingress', 'deploy/kubernetes/web.yaml', /proxy-body-size: (\S+)/],
  ])('%s lets the largest upload pass', (_case, path, pattern) => {
    const [, size = ''] = pattern.exec(read(path)) ?? []
    expect(size).toMatch(/^\d+[kmg]$/)
    expect(bytesOf(size)).toBeGreaterThanOrEqual(maxUploadBodyBytes)
  })

  it('Caddy limits no body, which is its default', () => {
    expect(read('deploy/compose/Caddyfile')).not.toMatch(/request_body|max_size/)
  })
})

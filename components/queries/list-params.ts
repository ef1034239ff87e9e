/** What an address asks of a list: its filters, `q`, `sort` and `page`, those that are given. */
export type ListParams = Readonly<Record<string, string>>

type Source = URLSearchParams | { [name: string]: string | string[] | undefined }

/** Picks a list's own parameters from an address, so that server and browser ask the same question. */
export function pickListParams(source: Source, names: readonly string[]): ListParams {
  const given = source instanceof URLSearchParams ? Object.fromEntries(source) : source
  const picked = [...names, 'q', 'sort', 'page'].map((name) => [name, given[name]] as const)
  return Object.fromEntries(
    picked.filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== ''),
  )
}

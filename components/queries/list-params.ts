/** The parameters of a list in a URL: its filters, `q`, `sort` and `page`, without empty ones. */
export type ListParams = Readonly<Record<string, string>>

type Source = URLSearchParams | { [name: string]: string | string[] | undefined }

/** Picks the parameters of a list from a URL, so that server and browser run the same query. */
export function pickListParams(source: Source, names: readonly string[]): ListParams {
  const params = source instanceof URLSearchParams ? Object.fromEntries(source) : source
  const picked = [...names, 'q', 'sort', 'page'].map((name) => [name, params[name]] as const)
  return Object.fromEntries(
    picked.filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== ''),
  )
}

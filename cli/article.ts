import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { Command } from 'commander'
import { importArticles, listArticles, removeArticle } from '@/lib/article/articles'
import { parseArticles } from '@/lib/article/parse-articles'
import { recordAudit } from '@/lib/audit/record-audit'
import { readLimit } from '@/cli/read-option'
import { requireApplication } from '@/cli/resolve'
import { type Action, withAction, withExamples } from '@/cli/run-command'

const columns = { articles: ['id', 'title', 'source', 'changedAt'] }

/** `article list`, `import` and `remove`. Spec: F5 (API and command line). */
export function articleCommand(): Command {
  const of = (name: string, description: string) =>
    new Command(name).description(description).requiredOption('--application <id>', 'application id')
  const list = of('list', 'list knowledge articles, latest first')
    .option('--search <text>', 'only articles that contain this text')
    .option('--limit <n>', 'maximum number of articles', readLimit, 50)
  const importing = of('import', 'import a Markdown or CSV file; replaces the articles of the same file').argument(
    '<file>',
    'Markdown, split at its headings, or .csv with questions and answers',
  )
  const remove = of('remove', 'remove an article').requiredOption('--article <id>', 'article id')
  const article = new Command('article')
    .description('manage the knowledge articles that the model uses')
    .addCommand(withAction(list, runList, columns))
    .addCommand(withAction(importing, runImport))
    .addCommand(withAction(remove, runRemove))
  return withExamples(article, 'article import faq.csv --application app_…', 'article list --application app_…')
}

type OfApplication = { application: string }

const runList: Action<OfApplication & { search?: string; limit: number }> = async (
  tx,
  { application: applicationId, search, limit },
) => {
  await requireApplication(tx, applicationId)
  const { rows } = await listArticles(tx, { applicationId, ...(search && { search }), offset: 0, limit })
  return { articles: rows.map(({ id, title, source, changedAt }) => ({ id, title, source, changedAt })) }
}

const runImport: Action<OfApplication & { argument: string }> = async (
  tx,
  { application: applicationId, argument: path },
) => {
  await requireApplication(tx, applicationId)
  const fileName = basename(path)
  const parsed = parseArticles({ fileName, text: await readFile(path, 'utf8') })
  const imported = await importArticles(tx, { applicationId, fileName, parsed })
  const detail = { fileName, ...imported }
  await recordAudit(tx, { actor: 'cli', action: 'article.import', targetId: applicationId, detail })
  return imported
}

const runRemove: Action<OfApplication & { article: string }> = async (
  tx,
  { application: applicationId, article: articleId },
) => {
  await removeArticle(tx, { applicationId, articleId })
  await recordAudit(tx, { actor: 'cli', action: 'article.delete', targetId: articleId, detail: { applicationId } })
  return { articleId }
}

import { importArticles } from '@/lib/article/articles'
import { parseArticles } from '@/lib/article/parse-articles'
import { recordAudit } from '@/lib/audit/record-audit'
import { apiRoute, operation } from '@/lib/http/api-route'
import { importArticles as contract } from '@/lib/http/contract/article-contracts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, ({ ctx, caller: { applicationId }, who, parameters: { file_name: fileName, content } }) => {
    const parsed = parseArticles({ fileName, text: content })
    return ctx.db.transaction(async (tx) => {
      const imported = await importArticles(tx, { applicationId, fileName, parsed })
      const detail = { fileName, ...imported }
      await recordAudit(tx, { ...who, action: 'article.import', targetId: applicationId, detail })
      return { count: imported.count, removed_count: imported.removedCount }
    })
  }),
])

import { recordAudit } from '@/lib/audit/record-audit'
import { apiRoute, operation } from '@/lib/http/api-route'
import { importQuns as contract } from '@/lib/http/contract/qun-member-contracts'
import { checkImportRows } from '@/lib/qun/check-import-rows'
import { importQuns } from '@/lib/qun/import-quns'
import { contractText } from '@/lib/sentence'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, caller, who, parameters: { rows, dry_run: isPreview } }) => {
    const outcome = await importQuns(ctx.db, {
      checked: checkImportRows(rows.map((row, line) => ({ line, ...row }))),
      scope: caller,
      isPreview,
      nameTemplate: ctx.env.QUN_ROOM_NAME,
      sealer: ctx.sealer,
      record: (tx, { qunId, ...detail }) => recordAudit(tx, { ...who, action: 'qun.create', targetId: qunId, detail }),
    })
    return {
      imported: outcome.isImported,
      rows: outcome.rows.map(({ line, outcome: result }) => ({ index: line, created: result === 'new' })),
      problems: outcome.problems.map(({ line, column, sentence }) => {
        return { index: line, parameter: column, error_msg: contractText(sentence) }
      }),
    }
  }),
])

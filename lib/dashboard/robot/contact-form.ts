import { z } from 'zod'
import { remarkText } from '@/lib/address-book/remark'
import { searchText } from '@/lib/dashboard/list-query'

/** A page of contacts or members; `cursor`: `nextCursor` of the previous page. */
export const addressBookQuery = z.object({ q: searchText, cursor: z.string().max(100).optional() })

export const friendRequestQuery = z.object({
  state: z.enum(['pending', 'accepted', 'refused', 'expired']).optional(),
  cursor: z.coerce.number().int().positive().optional(),
})

export const remarkForm = z.object({ username: z.string().min(1).max(200), remark: remarkText })

export const friendDecisionForm = z.object({ isAccepted: z.boolean() })

/** `isForced`: ask WeChat even if the members were read in the last minutes. */
export const membersForm = z.object({ isForced: z.boolean().default(false) })

import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { addressBook } from '@/lib/db/schema/address-book'
import { parseRemark } from '@/lib/membership/contact-tag'
import { recordAcceptedElsewhere } from '@/lib/address-book/friend-request'

type ListedPerson = { username: string; nickname: string; remark: string }

/** Rows per statement, so that a large address book stays below the maximum of parameters. */
const rowsPerStatement = 5_000

/** Replaces a robot's address book by the complete list of WeChat; writes only what changed. */
export async function storeAddressBook(
  tx: Tx,
  { robotId, listed }: { robotId: string; listed: readonly ListedPerson[] },
): Promise<void> {
  const usernames = listed.map(({ username }) => username)
  await tx.execute(sql`
    delete from ${addressBook} where robot_id = ${robotId}
      and username <> all (select jsonb_array_elements_text(${JSON.stringify(usernames)}::jsonb))`)
  await putContacts(tx, { robotId, people: listed })
}

/** Adds people to a robot's address book, or changes their names; their pending friend requests are accepted. */
export async function putContacts(
  tx: Tx,
  { robotId, people }: { robotId: string; people: readonly ListedPerson[] },
): Promise<void> {
  const unique = [...new Map(people.map((person) => [person.username, person])).values()]
  for (let start = 0; start < unique.length; start += rowsPerStatement) {
    const rows = unique.slice(start, start + rowsPerStatement).map(({ username, nickname, remark }) => ({
      username,
      nickname,
      remark,
      shown_name: parseRemark(remark).name || nickname,
    }))
    await tx.execute(sql`
      insert into ${addressBook} as known (robot_id, username, nickname, remark, shown_name)
        select ${robotId}, username, nickname, remark, shown_name
          from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
            as listed(username text, nickname text, remark text, shown_name text)
      on conflict (robot_id, username) do update
        set nickname = excluded.nickname, remark = excluded.remark, shown_name = excluded.shown_name
        where (known.nickname, known.remark) is distinct from (excluded.nickname, excluded.remark)`)
  }
  await recordAcceptedElsewhere(tx, { robotId })
}

/** Removes people who are no longer friends of a robot. */
export async function removeContacts(
  tx: Tx,
  { robotId, usernames }: { robotId: string; usernames: readonly string[] },
): Promise<void> {
  await tx
    .delete(addressBook)
    .where(and(eq(addressBook.robotId, robotId), inArray(addressBook.username, [...usernames])))
}

'use client'

import Pencil from 'lucide-react/icons/pencil'
import clsx from 'clsx'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ContactRow } from '@/lib/address-book/list-contacts'
import { useCanChange } from '@/components/shell/role-context'
import { Button } from '@/components/ui/button'
import { Sheet } from '@/components/ui/sheet'
import { lastingId } from '@/components/contact/lasting-id'
import { RemarkForm } from '@/components/contact/remark-form'

type Props = { robotId: string; isOnline: boolean; contacts: ContactRow[]; isBusy: boolean }

/** The rows of an address book; a remark is edited in a sheet. */
export function ContactRows({ robotId, isOnline, contacts, isBusy }: Props) {
  const t = useTranslations('contact')
  const canChange = useCanChange()
  const [edited, setEdited] = useState<ContactRow | null>(null)
  const nameOf = ({ remark, nickname }: ContactRow) => remark || nickname || t('unnamed')
  const counts = new Map<string, number>()
  for (const contact of contacts) counts.set(nameOf(contact), (counts.get(nameOf(contact)) ?? 0) + 1)
  // Only namesakes need the end of an id that the next login changes.
  const idOf = (contact: ContactRow) =>
    lastingId(contact.username) ?? (counts.get(nameOf(contact)) === 1 ? null : `…${contact.username.slice(-8)}`)
  if (contacts.length === 0) return null
  return (
    <>
      <ul
        aria-label={t('title')}
        aria-busy={isBusy}
        className={clsx('rounded-lg border border-subtle bg-surface shadow-card', isBusy && 'opacity-60')}
      >
        {contacts.map((contact) => (
          <li
            key={contact.username}
            className="flex items-center gap-3 border-b border-subtle px-4 py-2.5 last:border-b-0"
          >
            <div className="min-w-0 flex-1">
              <p className="wrap-anywhere">{nameOf(contact)}</p>
              <p className="flex flex-wrap gap-x-3 text-sm text-muted">
                {contact.remark && contact.remark !== contact.nickname && (
                  <span className="wrap-anywhere">{t('nicknameIs', { name: contact.nickname })}</span>
                )}
                <span className="max-w-full truncate font-mono text-xs leading-5">{idOf(contact)}</span>
              </p>
            </div>
            {canChange && (
              <Button
                variant="quiet"
                disabled={!isOnline}
                title={isOnline ? undefined : t('needsOnline')}
                aria-label={t('editRemarkOf', { name: nameOf(contact) })}
                onClick={() => setEdited(contact)}
              >
                <Pencil size={15} aria-hidden />
                <span className="max-sm:hidden">{t('editRemark')}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {edited && (
        <Sheet
          isOpen
          onOpenChange={() => setEdited(null)}
          title={t('editRemarkOf', { name: nameOf(edited) })}
          description={t('remarkIntro')}
        >
          <RemarkForm robotId={robotId} contact={edited} onDone={() => setEdited(null)} />
        </Sheet>
      )}
    </>
  )
}

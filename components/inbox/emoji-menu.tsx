'use client'

import Smile from 'lucide-react/icons/smile'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'

const emoji = `
😀 😄 😂 😊 🙂 😉 😍 😘 🤔 😅 😭 😢 😮 😴 😎 🥳
👍 👌 👏 🙏 🤝 💪 👋 ✌️ ❤️ 🌹 🎉 🎁 ✅ ❌ ⚠️ ⏰
☕ 🍵 🚚 📦 💰 📷 📍 📞 🔥 ✨ 💯 🙌 🌞 🌙 🎂 🧧`
  .trim()
  .split(/\s+/)

/** A palette of common emoji; choosing one keeps it open. */
export function EmojiMenu({ onChoose }: { onChoose: (emoji: string) => void }) {
  const t = useTranslations('inbox.composer')
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger
        aria-label={t('emoji')}
        title={t('emoji')}
        className="grid size-control place-items-center rounded text-muted hover:bg-hover hover:text-ink"
      >
        <Smile size={18} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="start"
          sideOffset={6}
          aria-label={t('emoji')}
          className="animate-appear z-50 grid grid-cols-8 gap-0.5 rounded-lg border border-subtle bg-surface p-2 shadow-raised"
        >
          {emoji.map((each) => (
            <button
              key={each}
              type="button"
              className="grid size-9 place-items-center rounded text-lg pointer-coarse:h-10 hover:bg-hover"
              onClick={() => onChoose(each)}
            >
              {each}
            </button>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

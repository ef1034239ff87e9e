import { Command as Cmdk } from 'cmdk'
import { Kbd } from '@/components/ui/kbd'
import type { Command } from '@/components/shell/use-commands'

type Props = { command: Command & { detail?: string }; value: string; onSelect: () => void }

/** One entry of the command menu, with its keyboard shortcut. */
export function CommandItem({ command: { text, detail, Icon, keys }, value, onSelect }: Props) {
  return (
    <Cmdk.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-10 cursor-pointer items-center gap-2.5 rounded px-2.5 data-[selected=true]:bg-hover"
    >
      <Icon size={16} aria-hidden className="shrink-0 text-muted" />
      <span className="truncate">{text}</span>
      {detail && detail !== text && <span className="min-w-0 truncate text-sm text-muted">{detail}</span>}
      <span aria-hidden className="ml-auto flex shrink-0 gap-1 max-sm:hidden">
        {keys?.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </span>
    </Cmdk.Item>
  )
}

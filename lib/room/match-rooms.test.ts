import { describe, expect, it } from 'vitest'
import { matchRooms } from '@/lib/room/match-rooms'
import type { KnownRoom, SeenRoom } from '@/lib/room/room-evidence'

type Evidence = Partial<Pick<SeenRoom, 'wechatId' | 'headSeq' | 'isOwn'>> & {
  who?: string
}
const evidence = ({ who, wechatId = null, headSeq = null, isOwn = null }: Evidence) => ({
  isOwn,
  wechatId,
  headSeq,
  members: who ? [...who].map((letter) => [letter]) : null,
})
/** A room known from an earlier login. */
const stale = (id: string, name: string, more: Evidence & { isAmbiguous?: boolean } = {}): KnownRoom => ({
  id,
  name,
  username: null,
  isAmbiguous: more.isAmbiguous ?? false,
  ...evidence(more),
})
/** A room known by its current `@@…`. */
const current = (
  id: string,
  name: string,
  username: string,
  more: Evidence & { isAmbiguous?: boolean } = {},
): KnownRoom => ({ ...stale(id, name, more), username })
const seen = (username: string, name: string, more: Evidence = {}): SeenRoom => ({ username, name, ...evidence(more) })

const team = 'abcdefgh'
const others = 'stuvwxyz'
const raw = { wechatId: '7@chatroom' }

/** `@@1` → the known id, `new`, `a?b` for an ambiguous match (`p:` its placeholder), and `p→a` for a placeholder to be merged into `a`. */
type Expected = Record<string, string>
type Case = [guarantee: string, known: KnownRoom[], seen: SeenRoom[], expected: Expected]

const complete: Record<string, Case[]> = {
  'current @@…': [
    ['without known rooms all are new', [], [seen('@@1', '甲')], { '@@1': 'new' }],
    ['a rename while online keeps the id', [current('a', '旧', '@@1')], [seen('@@1', '新')], { '@@1': 'a' }],
    [
      'another room with the name of a current room is new',
      [current('a', '甲', '@@1')],
      [seen('@@1', '甲'), seen('@@2', '甲')],
      { '@@1': 'a', '@@2': 'new' },
    ],
    [
      'a different raw id disproves the current @@…',
      [current('a', '甲', '@@1', raw)],
      [seen('@@1', '甲', { wechatId: '8@chatroom' })],
      { '@@1': 'new' },
    ],
  ],
  'raw WeChat id': [
    ['a rename offline', [stale('a', '旧', raw)], [seen('@@9', '新', raw)], { '@@9': 'a' }],
    [
      'two rooms that swapped names are reidentified',
      [stale('a', '甲', raw), stale('b', '乙', { wechatId: '8@chatroom' })],
      [seen('@@8', '甲', { wechatId: '8@chatroom' }), seen('@@9', '乙', raw)],
      { '@@8': 'b', '@@9': 'a' },
    ],
    [
      'two rooms with the same name are reidentified',
      [stale('a', '同名', raw), stale('b', '同名', { wechatId: '8@chatroom' })],
      [seen('@@8', '同名', { wechatId: '8@chatroom' }), seen('@@9', '同名', raw)],
      { '@@8': 'b', '@@9': 'a' },
    ],
    [
      'a different raw id is a different room, even with the same name and members',
      [stale('a', '甲', { ...raw, who: team })],
      [seen('@@9', '甲', { wechatId: '8@chatroom', who: team })],
      { '@@9': 'new' },
    ],
    [
      'a raw id that arrives later resolves an ambiguous match',
      [stale('a', '甲', { ...raw, who: team }), current('p', '甲', '@@9', { who: others, isAmbiguous: true })],
      [seen('@@9', '甲', { ...raw, who: others })],
      { '@@9': 'p→a' },
    ],
    [
      'a raw id that arrives later corrects an id assigned without it',
      [stale('a', '旧', raw), current('k', '新', '@@9')],
      [seen('@@9', '新', raw)],
      { '@@9': 'k→a' },
    ],
  ],
  picture: [
    ['a rename offline', [stale('a', '旧', { headSeq: '5' })], [seen('@@9', '新', { headSeq: '5' })], { '@@9': 'a' }],
    [
      'a picture shared by two rooms is not evidence',
      [stale('a', '甲', { headSeq: '5' }), stale('b', '乙', { headSeq: '5' })],
      [seen('@@9', '丙', { headSeq: '5' })],
      { '@@9': 'a?b' },
    ],
    [
      'entirely different members contradict the picture',
      [stale('a', '旧', { headSeq: '5', who: team })],
      [seen('@@9', '新', { headSeq: '5', who: others })],
      { '@@9': 'a?' },
    ],
    [
      'a different picture contradicts nothing',
      [stale('a', '甲', { headSeq: '5' })],
      [seen('@@9', '甲', { headSeq: '6' })],
      { '@@9': 'a' },
    ],
  ],
  owner: [
    [
      'a room with the same name and members but another owner is ambiguous, unless its raw id is known',
      [stale('a', '甲', { isOwn: true, who: team }), stale('b', '乙', { isOwn: true, ...raw })],
      [seen('@@9', '甲', { isOwn: false, who: team }), seen('@@8', '乙', { isOwn: false, ...raw })],
      { '@@9': 'a?', '@@8': 'b' },
    ],
    [
      'an unreported owner contradicts nothing',
      [stale('a', '甲', { isOwn: true }), stale('b', '乙')],
      [seen('@@8', '甲'), seen('@@9', '乙', { isOwn: false })],
      { '@@8': 'a', '@@9': 'b' },
    ],
  ],
  name: [
    [
      'a name that is unique on both sides identifies the room',
      [stale('a', '甲'), stale('b', '乙')],
      [seen('@@8', '乙'), seen('@@9', '甲')],
      { '@@8': 'b', '@@9': 'a' },
    ],
    [
      'a room that grew tenfold is reidentified',
      [stale('a', '甲', { who: 'abc' })],
      [seen('@@9', '甲', { who: 'abcdefghijklmnopqrstuvwxyz' })],
      { '@@9': 'a' },
    ],
    [
      'two rooms with the same name and no other evidence are ambiguous',
      [stale('a', '同名'), stale('b', '同名')],
      [seen('@@8', '同名'), seen('@@9', '同名')],
      { '@@8': 'a?b', '@@9': 'a?b' },
    ],
    ['one of two namesakes left', [stale('a', '同名'), stale('b', '同名')], [seen('@@9', '同名')], { '@@9': 'a?b' }],
    [
      'a second room with the same name makes both ambiguous',
      [stale('a', '同名')],
      [seen('@@8', '同名'), seen('@@9', '同名')],
      { '@@8': 'a?', '@@9': 'a?' },
    ],
    [
      'a room with a known name and other members is ambiguous',
      [stale('a', '老同学', { who: team })],
      [seen('@@9', '老同学', { who: others })],
      { '@@9': 'a?' },
    ],
    [
      'a room renamed to the name of a room that is gone is ambiguous',
      [stale('a', '甲', { who: team }), stale('b', '乙', { who: others })],
      [seen('@@9', '乙', { who: team })],
      { '@@9': 'a?b' },
    ],
    [
      'two rooms that swapped names by members alone are ambiguous',
      [stale('a', '甲', { who: team }), stale('b', '乙', { who: others })],
      [seen('@@8', '甲', { who: others }), seen('@@9', '乙', { who: team })],
      { '@@8': 'a?b', '@@9': 'a?b' },
    ],
    ['an empty name is not evidence', [stale('a', '')], [seen('@@9', '')], { '@@9': '?' }],
    ['members without a name: new', [stale('a', '')], [seen('@@9', '', { who: team })], { '@@9': 'new' }],
  ],
  members: [
    [
      'two rooms with the same name are reidentified',
      [stale('a', '同名', { who: team }), stale('b', '同名', { who: others })],
      [seen('@@8', '同名', { who: `${others}ab` }), seen('@@9', '同名', { who: team })],
      { '@@8': 'b', '@@9': 'a' },
    ],
    [
      'two rooms with the same name and members are ambiguous',
      [stale('a', '同名', { who: team }), stale('b', '同名', { who: team })],
      [seen('@@8', '同名', { who: team }), seen('@@9', '同名', { who: team })],
      { '@@8': 'a?b', '@@9': 'a?b' },
    ],
    ['a rename offline', [stale('a', '旧', { who: team })], [seen('@@9', '新', { who: `${team}x` })], { '@@9': 'a' }],
    [
      'a room renamed while offline with half of the members replaced is ambiguous',
      [stale('a', '旧', { who: team })],
      [seen('@@9', '新', { who: 'abcdefxy' })],
      { '@@9': 'a?' },
    ],
    [
      'three members are too few to identify a room',
      [stale('a', '旧', { who: 'abc' })],
      [seen('@@9', '新', { who: 'abc' })],
      { '@@9': 'a?' },
    ],
    [
      'two renamed rooms with nearly the same members are ambiguous',
      [stale('a', '甲', { who: team }), stale('b', '乙', { who: `${team}x` })],
      [seen('@@8', '丙', { who: team }), seen('@@9', '丁', { who: `${team}x` })],
      { '@@8': 'a?b', '@@9': 'a?b' },
    ],
    [
      'a second group of the same members next to the first is new',
      [stale('a', '甲', { who: team })],
      [seen('@@8', '甲', { who: team }), seen('@@9', '甲二群', { who: team })],
      { '@@8': 'a', '@@9': 'new' },
    ],
    ['no shared evidence', [stale('a', '甲', { who: team })], [seen('@@9', '乙', { who: others })], { '@@9': 'new' }],
    [
      'a complete list resolves an ambiguous match',
      [stale('a', '旧', { who: team }), current('p', '新', '@@9', { isAmbiguous: true })],
      [seen('@@9', '新', { who: team })],
      { '@@9': 'p→a' },
    ],
    [
      'a decided or never ambiguous room is not offered again',
      [stale('a', '甲', { who: team }), current('k', '甲', '@@9')],
      [seen('@@9', '甲', { who: team })],
      { '@@9': 'k' },
    ],
    [
      'an undecided placeholder is reidentified itself',
      [stale('a', '甲', { who: team }), stale('p', '甲', { who: others, isAmbiguous: true })],
      [seen('@@9', '甲', { who: others })],
      { '@@9': 'p:a?' },
    ],
    [
      'a placeholder is merged into the room it was held for',
      [stale('a', '旧', { who: team }), stale('p', '新', { who: team, isAmbiguous: true })],
      [seen('@@9', '新', { who: team })],
      { '@@9': 'p→a' },
    ],
  ],
}

/** A partial list, as from one message or one change: other rooms were not reported. */
const partial: Case[] = [
  ['the raw id is sufficient', [stale('a', '旧', raw)], [seen('@@9', '新', raw)], { '@@9': 'a' }],
  [
    'name and members identify a room that is not saved to the contacts',
    [stale('a', '甲', { who: team })],
    [seen('@@9', '甲', { who: `${team}x` })],
    { '@@9': 'a' },
  ],
  ['a name alone is ambiguous', [stale('a', '甲')], [seen('@@9', '甲')], { '@@9': 'a?' }],
  [
    'members alone are ambiguous: it may be a second group of the same members',
    [stale('a', '甲', { who: team })],
    [seen('@@9', '乙', { who: team })],
    { '@@9': 'a?' },
  ],
  ['an undescribed room is ambiguous', [stale('a', '甲')], [seen('@@9', '乙')], { '@@9': '?' }],
  ['no shared evidence', [stale('a', '甲')], [seen('@@9', '乙', { who: team })], { '@@9': 'new' }],
  ['a room with a current @@… is not a candidate', [current('a', '甲', '@@1')], [seen('@@9', '甲')], { '@@9': 'new' }],
]

function outcome(known: KnownRoom[], rooms: SeenRoom[], isComplete: boolean): Expected {
  const matches = matchRooms(known, rooms, { isComplete })
  return Object.fromEntries(
    matches.map((match) => {
      const candidates = match.candidates?.map((room) => room.id).toSorted()
      const [first, ...rest] = candidates ?? []
      const holder = match.known ? `${match.known.id}:` : ''
      if (candidates) return [match.seen.username, `${holder}${first ?? ''}?${rest.join('?')}`]
      if (match.placeholder) return [match.seen.username, `${match.placeholder.id}→${match.known?.id}`]
      return [match.seen.username, match.known?.id ?? 'new']
    }),
  )
}

describe('A9: matching a complete list', () => {
  for (const [kind, cases] of Object.entries(complete))
    it.each(cases)(`A9: a room of a complete list is matched by ${kind}: %s`, (_guarantee, known, rooms, expected) => {
      expect(outcome(known, rooms, true)).toEqual(expected)
      const reversed = outcome(known.toReversed(), rooms.toReversed(), true)
      expect(reversed).toEqual(expected)
    })
})

describe('A9: matching a partial list', () => {
  it.each(partial)('%s', (_guarantee, known, rooms, expected) => {
    expect(outcome(known, rooms, false)).toEqual(expected)
  })
})

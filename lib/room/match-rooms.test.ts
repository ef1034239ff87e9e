import { describe, expect, it } from 'vitest'
import { matchRooms, type KnownRoom, type SeenRoom } from './match-rooms'

const known = (id: string, name: string, username: string | null, wechatId: string | null = null): KnownRoom => ({
  id,
  name,
  username,
  wechatId,
})
const seen = (name: string, username: string, wechatId: string | null = null): SeenRoom => ({
  name,
  username,
  wechatId,
})

const cases: [string, KnownRoom[], SeenRoom[], { matched: [string, string][]; fresh: string[]; doubtful: string[] }][] =
  [
    ['nothing known: all are fresh', [], [seen('甲', '@@1')], { matched: [], fresh: ['@@1'], doubtful: [] }],
    [
      'a renamed room within one login keeps its id',
      [known('a', '旧名', '@@1')],
      [seen('新名', '@@1')],
      { matched: [['a', '@@1']], fresh: [], doubtful: [] },
    ],
    [
      'a raw id beats a changed name after a new login',
      [known('a', '旧名', null, '7@chatroom')],
      [seen('新名', '@@9', '7@chatroom')],
      { matched: [['a', '@@9']], fresh: [], doubtful: [] },
    ],
    [
      'one room of a name matches after a new login',
      [known('a', '甲', null), known('b', '乙', null)],
      [seen('乙', '@@8'), seen('甲', '@@9')],
      {
        matched: [
          ['b', '@@8'],
          ['a', '@@9'],
        ],
        fresh: [],
        doubtful: [],
      },
    ],
    [
      'two rooms of one name are doubtful, not guessed',
      [known('a', '同名', null), known('b', '同名', null)],
      [seen('同名', '@@8'), seen('同名', '@@9')],
      { matched: [], fresh: [], doubtful: ['@@8', '@@9'] },
    ],
    [
      'a room with another raw id is another room, whatever its name',
      [known('a', '甲', null, '7@chatroom')],
      [seen('甲', '@@9', '8@chatroom')],
      { matched: [], fresh: ['@@9'], doubtful: [] },
    ],
    [
      'a room that is still current is not taken over by a namesake',
      [known('a', '甲', '@@1')],
      [seen('甲', '@@1'), seen('甲', '@@2')],
      { matched: [['a', '@@1']], fresh: ['@@2'], doubtful: [] },
    ],
    [
      'a room without a name is no evidence',
      [known('a', '', null)],
      [seen('', '@@1')],
      { matched: [], fresh: [], doubtful: ['@@1'] },
    ],
  ]

describe('matchRooms', () => {
  it.each(cases)('%s', (_title, knownRooms, seenRooms, expected) => {
    const { matched, fresh, doubtful } = matchRooms(knownRooms, seenRooms)
    expect({
      matched: matched.map((pair) => [pair.known.id, pair.seen.username]),
      fresh: fresh.map((room) => room.username),
      doubtful: doubtful.map((room) => room.username),
    }).toEqual(expected)
  })
})

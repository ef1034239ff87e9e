import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readXml } from '@/lib/wecom/read-xml'

describe('readXml', () => {
  it('reads text and CDATA of the direct children, and skips what is deeper', () => {
    const text = `<xml>
      <ToUserName><![CDATA[ww1]]></ToUserName><CreateTime>1700000000</CreateTime>
      <MemChangeList><Item><![CDATA[wm1]]></Item><Item>wm2</Item></MemChangeList>
      <Odd><![CDATA[<a>&lt;]]></Odd><Empty></Empty>
    </xml>`
    expect(Object.fromEntries(readXml(text) ?? [])).toEqual({
      ToUserName: 'ww1',
      CreateTime: '1700000000',
      MemChangeList: '',
      Odd: '<a>&lt;',
      Empty: '',
    })
  })

  it.each([
    ['', 'nothing'],
    ['<xml>', 'an open element'],
    ['<xml><a>1</b></xml>', 'a wrong end'],
    ['<xml><a>1</a></xml><xml></xml>', 'two roots'],
    ['<other></other>', 'another root'],
    ['<!DOCTYPE xml [<!ENTITY e "x">]><xml><a>&e;</a></xml>', 'a declaration with an entity'],
    ['<xml><a>&e;</a></xml>', 'an entity'],
    ['<xml><a>&#65;</a></xml>', 'a character code'],
    ['<xml><a b="1">x</a></xml>', 'an attribute'],
    ['<xml><!-- x --></xml>', 'a comment'],
    ['<?xml version="1.0"?><xml></xml>', 'a processing instruction'],
    [`<xml>${'<a>'.repeat(100)}${'</a>'.repeat(100)}</xml>`, 'deep nesting'],
    [`<xml><a>${'x'.repeat(70_000)}</a></xml>`, 'a long document'],
  ])('refuses %.40s: %s', (text) => {
    expect(readXml(text)).toBeNull()
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void readXml(`<xml><a>${text}</a></xml>`)))
    fc.assert(fc.property(fc.string(), (text) => void readXml(text)))
  })
})

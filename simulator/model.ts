import { Hono } from 'hono'
import * as z from 'zod'

const request = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })).min(1),
  max_tokens: z.number().optional(),
})
const embeddingRequest = z.object({ model: z.string(), input: z.union([z.string(), z.array(z.string()).min(1)]) })
const articleList = z.array(z.object({ id: z.string(), title: z.string(), content: z.string() }))

/**
 * Serves chat completions like an OpenAI-compatible service, without a model: it returns the first article that the prompt contains
 * between `<articles>` tags, and asks for a person if there is none. Its embeddings compare the characters of texts, of which some mean the same. The
 * same request always gets the same response.
 */
export function createModel(): Hono {
  const app = new Hono()
  app.post('/model/v1/chat/completions', async (c) => {
    const parsed = request.safeParse(await c.req.json().catch(() => null))
    if (!parsed.success) return c.json({ error: { message: 'invalid request', type: 'invalid_request_error' } }, 400)
    const { model, messages, max_tokens: maxTokens = 800 } = parsed.data
    const [article] = readArticles(messages.find(({ role }) => role === 'system')?.content ?? '')
    const content = JSON.stringify(
      article
        ? { answer: [...article.content].slice(0, maxTokens).join(''), handover: false, article_ids: [article.id] }
        : { answer: '', handover: true, article_ids: [] },
    )
    const promptTokens = messages.reduce((sum, message) => sum + message.content.length, 0)
    const usage = { prompt_tokens: promptTokens, completion_tokens: content.length }
    return c.json({
      id: 'chatcmpl-simulator',
      object: 'chat.completion',
      created: 0,
      model,
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      usage: { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens },
    })
  })
  app.post('/model/v1/embeddings', async (c) => {
    const parsed = embeddingRequest.safeParse(await c.req.json().catch(() => null))
    if (!parsed.success) return c.json({ error: { message: 'invalid request', type: 'invalid_request_error' } }, 400)
    const texts = [parsed.data.input].flat()
    const data = texts.map((text, index) => ({ object: 'embedding', index, embedding: embed(text) }))
    const tokens = texts.reduce((sum, text) => sum + text.length, 0)
    const usage = { prompt_tokens: tokens, total_tokens: tokens }
    return c.json({ object: 'list', model: parsed.data.model, data, usage })
  })
  return app
}

function readArticles(prompt: string): z.output<typeof articleList> {
  const [, json = '[]'] = /<articles>([\s\S]*?)<\/articles>/.exec(prompt) ?? []
  try {
    return articleList.parse(JSON.parse(json))
  } catch {
    return []
  }
}

const dimensions = 256
/** Characters of one group mean the same. */
const groups = ['退还返', '货品', '钱款价费', '送寄发']
/** Characters that questions of any kind contain. */
const fillers = new Set('这那个不就也的了吗呢啊我你您是有可以能怎么样什么请问多少')

/** A bag of characters: texts with the same ones are close, in whatever order. */
function embed(text: string): number[] {
  const vector = Array.from({ length: dimensions }, () => 0)
  const characters = new Set([...text.normalize('NFKC').toLowerCase()].filter((each) => /[\p{L}\p{N}]/u.test(each)))
  for (const character of characters) {
    if (fillers.has(character)) continue
    const [meaning = character] = groups.find((group) => group.includes(character)) ?? character
    const index = (meaning.codePointAt(0) ?? 0) % dimensions
    vector[index] = 1
  }
  // A text of fillers only is close to none.
  if (!vector.some((value) => value > 0)) vector[0] = 1
  return vector
}

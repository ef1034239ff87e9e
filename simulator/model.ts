import { Hono } from 'hono'
import * as z from 'zod'

const request = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })).min(1),
  max_tokens: z.number().optional(),
})
const articleList = z.array(z.object({ id: z.string(), title: z.string(), content: z.string() }))

/**
 * Serves chat completions like an OpenAI-compatible service, without a model: it answers with the first article that the prompt contains
 * between `<articles>` tags, and asks for a person if there is none. The same request always gets the same response.
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

import { z } from 'zod'
import { maxContentLength, maxFileBytes, maxTitleLength } from '@/lib/article/article-limits'
import { defineContract } from '@/lib/http/contract/contract'
import { noParameters } from '@/lib/http/contract/robot-contracts'
import { plainText, visibleName } from '@/lib/plain-text'

const articleShape = z
  .object({
    id: z.string().meta({ description: '文章唯一标识', examples: ['art_2hTq2LmVx8RcYp0WbKzD3E'] }),
    source: z.string().meta({ description: '导入的文件名；空：不是导入的', examples: ['faq.csv'] }),
    title: z.string().meta({ description: '标题或问题', examples: ['怎么退货'] }),
    content: z.string().meta({ description: '内容', examples: ['七天内可以退货。'] }),
    changed_at: z.iso.datetime().meta({ description: '修改时间', examples: ['2026-11-21T08:00:00.000Z'] }),
  })
  .meta({ id: 'Article', title: '知识文章' })

/** Spec: F5 (API and command line). */
export const listArticles = defineContract({
  name: 'listArticles',
  dialect: 'v1',
  tag: '自动回复',
  method: 'GET',
  path: '/v1/articles',
  summary: '列出文章',
  description: '本应用的知识文章，最近修改的在前，每页 50 篇。',
  parameters: z.object({
    page: z.coerce
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(1)
      .meta({ description: '第几页，从 1 起', examples: [1] }),
  }),
  data: z.object({
    articles: z.array(articleShape),
    total: z
      .number()
      .int()
      .meta({ description: '总数', examples: [1] }),
  }),
  errors: [],
})

const articleParameters = z.object({
  title: visibleName(maxTitleLength).meta({
    description: '标题或问题',
    examples: ['怎么退货'],
  }),
  content: plainText({ maxLength: maxContentLength, isMultiline: true }).meta({
    description: '内容',
    examples: ['七天内可以退货。'],
  }),
})

export const createArticle = defineContract({
  name: 'createArticle',
  dialect: 'v1',
  tag: '自动回复',
  method: 'POST',
  path: '/v1/articles',
  summary: '新建文章',
  description: '新建一篇文章。每个应用最多 5000 篇。',
  parameters: articleParameters,
  data: z.object({ article: articleShape }),
  errors: ['ILLEGAL_ACTION'],
})

export const importArticles = defineContract({
  name: 'importArticles',
  dialect: 'v1',
  tag: '自动回复',
  method: 'POST',
  path: '/v1/articles/import',
  summary: '导入文章',
  description:
    '导入一个文件：`.csv` 每行一个问题和答案，其他按 Markdown 的标题分段。再次导入同名文件会替换它的文章。每个应用最多 5000 篇。',
  parameters: z.object({
    file_name: plainText({ maxLength: 200, isTrimmed: true }).meta({ description: '文件名', examples: ['faq.csv'] }),
    content: z
      .string()
      .min(1)
      .max(maxFileBytes)
      .meta({ description: '文件内容，UTF-8，最多 0.9 MB', examples: ['问题,答案\n怎么退货,七天内可以退货。'] }),
  }),
  data: z.object({
    count: z
      .number()
      .int()
      .meta({ description: '导入了多少篇', examples: [1] }),
    removed_count: z
      .number()
      .int()
      .meta({ description: '替换掉多少篇', examples: [0] }),
  }),
  errors: ['ILLEGAL_ACTION'],
})

export const saveArticle = defineContract({
  name: 'updateArticle',
  dialect: 'v1',
  tag: '自动回复',
  method: 'POST',
  path: '/v1/articles/{article_id}',
  summary: '修改文章',
  description: '替换标题和内容。',
  parameters: articleParameters,
  data: z.object({ article: articleShape }),
  errors: ['NOT_FOUND'],
})

export const removeArticle = defineContract({
  name: 'deleteArticle',
  dialect: 'v1',
  tag: '自动回复',
  method: 'DELETE',
  path: '/v1/articles/{article_id}',
  summary: '删除文章',
  description: '返回删除的文章。',
  parameters: noParameters,
  data: z.object({ article: articleShape }),
  errors: ['NOT_FOUND'],
})

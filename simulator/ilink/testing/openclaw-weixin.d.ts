/** Tencent's client ships no types; `vendor-client.test.ts` checks its output. */
declare module '@tencent-weixin/openclaw-weixin/*'

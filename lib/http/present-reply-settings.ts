import type { ReplySettingsParameters, ReplySettingsResponse } from '@/lib/http/contract/reply-settings-contracts'
import type { ModelSpending } from '@/lib/model/read-model-spending'
import type { ReplySettingsChange } from '@/lib/reply/reply-fields'
import type { ReplySettingsView } from '@/lib/reply/reply-settings'

export function presentReplySettings(settings: ReplySettingsView): ReplySettingsResponse {
  return {
    uses_rules: settings.usesRules,
    uses_callback: settings.usesCallback,
    uses_model: settings.usesModel,
    uses_handover: settings.usesHandover,
    handover_keywords: settings.handoverKeywords,
    hands_over_unanswered: settings.handsOverUnanswered,
    handover_text: settings.handoverText,
    robot_ids: settings.robotIds,
    qun_ids: settings.qunIds,
    person_cooldown_seconds: settings.personCooldownSeconds,
    room_replies_per_minute: settings.roomRepliesPerMinute,
    model_url: settings.modelUrl,
    has_model_key: settings.hasModelKey,
    model_name: settings.modelName,
    embedding_model: settings.embeddingModel,
    model_instructions: settings.modelInstructions,
    model_temperature: settings.modelTemperature,
    model_max_tokens: settings.modelMaxTokens,
    model_timeout_seconds: settings.modelTimeoutSeconds,
    model_monthly_tokens: settings.modelMonthlyTokens,
    model_input_price: settings.modelInputPrice,
    model_output_price: settings.modelOutputPrice,
    model_currency: settings.modelCurrency,
    model_room_mode: settings.modelRoomMode,
  }
}

export function presentModelSpending(spending: ModelSpending) {
  return {
    request_count: spending.requestCount,
    token_count: spending.tokenCount,
    cost: spending.cost,
    budget_cost: spending.budgetCost,
    currency: spending.currency,
  }
}

/** Returns the parameters of a change in our names; undefined: unchanged. */
export function readReplySettings(parameters: ReplySettingsParameters): ReplySettingsChange {
  return {
    usesRules: parameters.uses_rules,
    usesCallback: parameters.uses_callback,
    usesModel: parameters.uses_model,
    usesHandover: parameters.uses_handover,
    handoverKeywords: parameters.handover_keywords,
    handsOverUnanswered: parameters.hands_over_unanswered,
    handoverText: parameters.handover_text,
    robotIds: parameters.robot_ids,
    qunIds: parameters.qun_ids,
    personCooldownSeconds: parameters.person_cooldown_seconds,
    roomRepliesPerMinute: parameters.room_replies_per_minute,
    modelUrl: parameters.model_url,
    modelKey: parameters.model_key,
    modelName: parameters.model_name,
    embeddingModel: parameters.embedding_model,
    modelInstructions: parameters.model_instructions,
    modelTemperature: parameters.model_temperature,
    modelMaxTokens: parameters.model_max_tokens,
    modelTimeoutSeconds: parameters.model_timeout_seconds,
    modelMonthlyTokens: parameters.model_monthly_tokens,
    modelInputPrice: parameters.model_input_price,
    modelOutputPrice: parameters.model_output_price,
    modelCurrency: parameters.model_currency,
    modelRoomMode: parameters.model_room_mode,
  }
}

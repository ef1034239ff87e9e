import { AppError } from '@/lib/errors'
import { describeIssue } from '@/lib/http/describe-issue'
import type { RuleParameters } from '@/lib/http/contract/rule-contracts'
import type { UploadedImage } from '@/lib/media/read-upload'
import { completeRule, type RuleFields } from '@/lib/rule/rule-fields'
import { readRuleImage } from '@/lib/rule/rule-image'

/**
 * Returns the parameters of a rule in our names, with its uploaded image. @throws INVALID_PARAMETER if its fields do not fit together,
 * IMAGE_UNUSABLE
 */
export async function readRule(
  parameters: RuleParameters,
): Promise<{ fields: RuleFields; image: UploadedImage | null }> {
  const { robot_id, qun_id, enabled, opening_hours, cooldown_seconds, image_base64: imageBase64, ...same } = parameters
  const hasLink = same.content.trim() !== ''
  if (imageBase64 !== '' && same.answer !== 'image') {
    const parameter = 'image_base64'
    throw new AppError('INVALID_PARAMETER', { reason: 'upload_of_text', parameter, params: { name: parameter } })
  }
  if (imageBase64 !== '' && hasLink)
    throw new AppError('INVALID_PARAMETER', { reason: 'upload_and_link', parameter: 'content' })
  const parsed = completeRule.safeParse({
    ...same,
    hasImage: same.answer === 'image' && !hasLink,
    robotId: robot_id,
    qunId: qun_id,
    isEnabled: enabled,
    openingHours: opening_hours && {
      timeZone: opening_hours.time_zone,
      days: opening_hours.days,
      from: opening_hours.from,
      to: opening_hours.to,
      isOutside: opening_hours.is_outside,
    },
    cooldownSeconds: cooldown_seconds,
  })
  if (!parsed.success) throw describeIssue(parsed.error)
  return { fields: parsed.data, image: await readRuleImage(imageBase64) }
}

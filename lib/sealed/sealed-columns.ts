/** A column with sealed secrets. Its context is `prefix:id`, where `id` is the value of the column `idColumn` of the same row. */
export type SealedColumn = { table: string; column: string; idColumn: string; prefix: string }

/**
 * All columns with sealed secrets that live longer than minutes. Left out: access tokens of WeCom, stored responses of dashboard
 * requests and links of alerts, which expire by themselves.
 */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'applications', column: 'signing_secret_sealed', idColumn: 'id', prefix: 'application.signing' },
  { table: 'applications', column: 'previous_signing_secret_sealed', idColumn: 'id', prefix: 'application.signing' },
  { table: 'applications', column: 'callback_token_sealed', idColumn: 'id', prefix: 'application.callback' },
  { table: 'applications', column: 'next_callback_token_sealed', idColumn: 'id', prefix: 'application.callback' },
  { table: 'sessions', column: 'credentials_sealed', idColumn: 'id', prefix: 'session' },
  { table: 'quns', column: 'owner_key', idColumn: 'id', prefix: 'qun-owner' },
  { table: 'connectors', column: 'secrets_sealed', idColumn: 'id', prefix: 'connector.secrets' },
  { table: 'connectors', column: 'callback_key_sealed', idColumn: 'id', prefix: 'connector.callback' },
  { table: 'reply_settings', column: 'model_key_sealed', idColumn: 'application_id', prefix: 'application.model' },
  { table: 'application_endpoints', column: 'headers_sealed', idColumn: 'id', prefix: 'endpoint.headers' },
  { table: 'application_endpoints', column: 'signing_secret_sealed', idColumn: 'id', prefix: 'endpoint.signing' },
  {
    table: 'application_endpoints',
    column: 'previous_signing_secret_sealed',
    idColumn: 'id',
    prefix: 'endpoint.signing',
  },
  { table: 'alert_channels', column: 'secrets_sealed', idColumn: 'id', prefix: 'alert-channel' },
]

/** Columns with sealed values that expire within a day, so that they need no new key. */
export const expiringSealedColumns: readonly { table: string; column: string }[] = [
  { table: 'login_links', column: 'key_sealed' },
  { table: 'operator_requests', column: 'response_sealed' },
  { table: 'wecom_companies', column: 'access_token_sealed' },
]

/**
 * Migrations that were written before the rule, with the number of their statements that it refuses. None is added.
 * @type {Readonly<Record<string, number>>}
 */
export const olderMigrations = {
  // Indexes of large tables, built with a lock.
  '0001_callback_lanes.sql': 3,
  '0005_callback_endpoints.sql': 4,
  '0007_overview_and_sign_ins.sql': 2,
  '0009_session_changes.sql': 1,
  '0010_figures.sql': 3,
  '0011_callback_replays.sql': 4,
  '0013_latest_first.sql': 4,
  '0015_audit_target.sql': 1,
  '0019_retention_and_limits.sql': 2,
  '0020_operator_sessions.sql': 1,
  '0026_add_conversations.sql': 1,
  '0036_search_texts.sql': 3,
  // Renames.
  '0037_use_standard_column_names.sql': 6,
}

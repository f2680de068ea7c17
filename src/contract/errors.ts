import { z } from 'zod';

/**
 * Every expected failure a client can meet, with the HTTP status the programs' door gives it.
 * Adding one is one line here; the renderer's `Record<ErrorCode, ...>` then fails to build until it has words.
 */
export const errorStatus = {
  source_not_found: 404,
  source_path_missing: 400,
  source_path_denied: 403,
  source_already_added: 409,
  source_overlaps: 409,
  document_not_found: 404,
  document_missing: 410,
  document_unreadable: 422,
  index_unavailable: 503,
  model_not_found: 404,
  model_file_missing: 410,
  model_file_invalid: 422,
  model_role_mismatch: 409,
  model_load_failed: 422,
  engine_unavailable: 503,
  context_too_small: 422,
  conversation_not_found: 404,
  message_not_found: 404,
  conversation_busy: 409,
  invalid_input: 400,
  not_supported_here: 501,
  disk_full: 507,
  data_folder_in_use: 409,
  data_folder_newer: 409,
  data_folder_denied: 403,
  data_damaged: 500,
  index_damaged: 503,
  child_crashed: 503,
  child_unavailable: 503,
  timeout: 504,
  internal: 500,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof errorStatus;

/** What an error carries beside its message; `path` names the file or folder it is about. */
export const errorData = z.object({ path: z.string().optional(), detail: z.string().optional() });
export type ErrorData = z.infer<typeof errorData>;

/** The error map every procedure of the contract declares. */
export const contractErrors = Object.fromEntries(
  Object.entries(errorStatus).map(([code, status]) => [code, { status, data: errorData }]),
) as { [Code in ErrorCode]: { status: number; data: typeof errorData } };
